"""Revisions: every public text of a proposal is kept, and what changed can be read word by word."""
