"""Web pages of a whole bloc's scores."""
