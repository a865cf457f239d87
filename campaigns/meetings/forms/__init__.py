"""Forms of meetings and of the screens that record one from paper."""
