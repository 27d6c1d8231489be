"""Limits: what a cycle lets a proposal cost, and how many one person may have in it."""
