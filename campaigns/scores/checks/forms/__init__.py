"""Forms of checks."""
