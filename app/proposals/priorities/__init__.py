"""Priorities that proposals serve: each names one of its cycle, or none."""
