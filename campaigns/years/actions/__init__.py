"""Acts on years: opening, phases, members, elections, closing."""
