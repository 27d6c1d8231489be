"""Follows: somebody wants to hear what becomes of a proposal."""
