"""What a task force promises for a quarter in its report of the one before, and what became of it (domain rule 25)."""
