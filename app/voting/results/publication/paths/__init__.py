"""Paths: with which options ballots stood in a runoff, one after the other, rare ones merged."""
