"""Web pages of meetings and tasks."""
