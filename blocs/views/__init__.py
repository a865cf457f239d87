"""Web pages of this app."""
