"""Closing: a project is completed by both sides with a dated list of snags, and looked at again after a year."""
