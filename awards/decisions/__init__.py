"""Decisions: what comes of what was proposed, and the exemplars that are honoured."""
