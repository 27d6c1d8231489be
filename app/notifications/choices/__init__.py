"""Choices: which mail somebody wants, and the link in each mail that ends it."""
