"""Web pages of the desk: home and boards."""
