"""Minutes: drafted from the outcomes, amended in the open, approved once."""
