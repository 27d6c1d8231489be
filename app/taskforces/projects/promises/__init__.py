"""Promises: milestones with the day promised, the day now expected and the day done, and why a day moved."""
