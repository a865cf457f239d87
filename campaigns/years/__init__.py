"""Years: opened, with their phases, the blocs' years and who sits in them."""
