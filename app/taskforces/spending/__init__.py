"""Spending: the ledger of a project's money, in entries that are never edited."""
