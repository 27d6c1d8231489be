"""Baselines: the promise as both sides signed it, each new one beside the old."""
