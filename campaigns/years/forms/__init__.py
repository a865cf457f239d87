"""Forms of years, phases and members."""
