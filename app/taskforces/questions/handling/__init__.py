"""Handling: a question is accepted, declined with its reason, merged, given to somebody, or has words taken out."""
