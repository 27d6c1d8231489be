"""Merging: one proposal joins another because both authors want it, and both pages say so for good."""
