"""Long work and the timer."""
