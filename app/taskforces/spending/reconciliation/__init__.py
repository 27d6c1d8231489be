"""Reconciliation: the money of a cycle on one page, added up again and held against everything it must agree with."""
