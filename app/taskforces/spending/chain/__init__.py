"""The chain: each entry carries the hash of the one before it, and anybody can check the whole ledger."""
