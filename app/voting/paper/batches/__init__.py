"""Batches: the mixed slips of a box in bundles, counted by two people and given random numbers."""
