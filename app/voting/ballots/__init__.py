"""Ballots: picking, ordering, sealing and casting a ranking."""
