"""Fixing: feasible proposals become a ballot that nobody can change any more."""
