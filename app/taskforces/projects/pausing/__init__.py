"""Pausing: a project rests, goes on, or is given up, each by the word of both sides and with its reason."""
