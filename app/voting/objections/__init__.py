"""Objections to a certified result: raised within the days on the rule card, answered by two members of the board."""
