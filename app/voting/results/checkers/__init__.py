"""Checkers: who may count a vote again that does not publish its rankings, and who was given them."""
