"""Agenda: what waits for a co-chair, and what fits into the next twenty minutes."""
