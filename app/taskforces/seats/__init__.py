"""Seats: who sits in a task force, for which side, from when until when."""
