"""Fifteen measures of who takes part and what comes of it, of the year and of the one before."""
