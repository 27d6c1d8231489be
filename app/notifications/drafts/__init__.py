"""Drafts: followers hear that a report lies open for comments, and who commented what came of it."""
