"""Spending: the ledger of a cycle in a chain of hashes, and the sums kept with it. Entries are never edited."""
