"""Outlooks: when a proposal would be built if it is funded, and who would lead it; officers say so before the vote."""
