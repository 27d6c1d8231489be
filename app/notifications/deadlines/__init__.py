"""Deadlines: whoever waits for a date, or should do something before it, hears of it three days before."""
