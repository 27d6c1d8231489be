"""Delivery: what the co-chairs of a task force are told by mail about setbacks and about dates that passed."""
