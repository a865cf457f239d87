"""Forms of the year's work."""
