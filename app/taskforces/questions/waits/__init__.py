"""Waits: how long answers took, as a picture with its table, and how many came in time."""
