"""Setbacks: what went wrong, why, and what is done about it."""
