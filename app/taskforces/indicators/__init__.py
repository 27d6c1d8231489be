"""Indicators: what a neighborhood watches of its safety, how each is defined, and what it was in each period."""
