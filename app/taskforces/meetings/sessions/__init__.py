"""A meeting in session: who is there, and whether that is enough to decide."""
