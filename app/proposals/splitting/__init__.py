"""Splitting: parts of a proposal become proposals of their own because its author wants it; nothing else moves."""
