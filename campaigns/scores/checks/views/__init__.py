"""Web pages of checks."""
