"""Rankings: made from what counts, ties settled, released, known from the past."""
