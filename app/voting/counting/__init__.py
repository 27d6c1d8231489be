"""Counting: ranked ballots and a pot in, an allocation and the log of every decision out; pure and repeatable."""
