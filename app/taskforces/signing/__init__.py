"""Signing: what both sides of a task force must agree on, to the byte, before it happens (domain rules 1 to 8)."""
