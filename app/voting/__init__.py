"""Voting: the roll, sealed ballots, counts and results."""
