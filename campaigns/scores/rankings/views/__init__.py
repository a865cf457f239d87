"""Web pages of rankings."""
