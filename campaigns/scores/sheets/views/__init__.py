"""Web pages of one unit's scores."""
