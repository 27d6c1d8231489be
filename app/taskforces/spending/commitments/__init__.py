"""Commitments: what is promised to whom, how that changes, and how it ends."""
