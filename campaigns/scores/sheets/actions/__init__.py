"""Acts on score sheets."""
