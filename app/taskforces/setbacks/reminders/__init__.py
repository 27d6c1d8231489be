"""Reminders: what the clocks do about dates that pass without a word (domain rules 19 to 22)."""
