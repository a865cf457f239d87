"""Checks of what units gave themselves: who checks whom, sittings, points across units."""
