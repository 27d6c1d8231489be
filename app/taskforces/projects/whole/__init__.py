"""Whole: everything a project's own rooms know of it, asked once for its page."""
