"""Counts told on a terminal: side by side, round by round, and why one project ended as it did."""
