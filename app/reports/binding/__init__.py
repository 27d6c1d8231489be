"""Folded booklets: where the middle of an edition stands in each language, and its sheets to print."""
