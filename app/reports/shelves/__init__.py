"""The public shelves: a year's reports of a neighborhood or of a task force, what is due, and a feed of what is new."""
