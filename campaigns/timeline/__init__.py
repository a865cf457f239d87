"""The timeline of a bloc's year: its steps, how far they are, when they are due."""
