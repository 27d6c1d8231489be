"""Turnout: how many have voted, by the hour and by channel, in cells that are never small."""
