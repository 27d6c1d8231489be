"""Moderation: comments that somebody reports, and what the office does about them in the open."""
