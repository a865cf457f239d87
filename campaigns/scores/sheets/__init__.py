"""Score sheets of units: filled in, sent, returned, released, explained."""
