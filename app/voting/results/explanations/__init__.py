"""Explanations: what counting a closed set again, with one thing changed, tells about its result."""
