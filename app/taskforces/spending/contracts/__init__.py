"""Contracts: the id under which the council has published the contract behind a commitment, where it does."""
