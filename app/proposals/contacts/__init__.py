"""A private contact: how officers of the neighborhood reach the author of a proposal, and nobody else."""
