"""The hand-over of a bloc from one leader's unit to the next."""
