"""How points are worked out: plans of criteria, figures in, points and their working out; no database."""
