"""The lot: the order that settles ties, from its printed values, and the same worked out by anybody."""
