"""Forms of score sheets."""
