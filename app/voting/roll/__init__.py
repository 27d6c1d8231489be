"""The roll before and after it is frozen: who may vote, where they come from, and what changed later."""
