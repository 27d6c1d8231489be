"""Oversight: overseers read everything, edit nothing, and say in public what they found (features, practice 29)."""
