"""Audit: every event once, append-only, each entry carrying the hash of the last."""
