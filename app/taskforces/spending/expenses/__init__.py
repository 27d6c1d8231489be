"""Expenses: what is paid on a commitment, alone or with both signatures, and what of it is taken back."""
