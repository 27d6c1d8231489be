"""What the sheets about one project share: its facts, its money, its milestones, its vote and its pictures."""
