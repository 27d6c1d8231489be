"""The dated parts of a year's cycles, and who took part in them."""
