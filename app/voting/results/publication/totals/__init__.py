"""Totals: an outcome without what would tell of two choices of one ballot together."""
