"""Forms in which a set of criteria is edited."""
