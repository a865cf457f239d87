"""Meetings of a bloc: plan, guests, what came of them, also recorded from paper; tasks that follow."""
