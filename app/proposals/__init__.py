"""Proposals: what residents suggest, from the first draft until the count."""
