"""Cycles: a year's budget of a neighborhood, its dated phases, its pot and its rule card."""
