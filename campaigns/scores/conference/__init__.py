"""The points that a year-end conference agrees."""
