"""Checklists: what officers answer about each proposal of a kind, as clerks have put it."""
