"""A plausible desk made from a seed, to learn the program on and to show it."""
