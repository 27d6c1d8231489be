"""Changing the board of a vote under way: who leaves, who comes in their place, and why."""
