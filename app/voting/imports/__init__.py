"""Imports: a vote that was held elsewhere, from its file to a certified result."""
