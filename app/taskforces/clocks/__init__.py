"""Clocks: what happens by itself because a day has come, once a day in each neighborhood."""
