"""Naming: a clerk settles who runs a vote and who observes it."""
