"""The prices phase: costed proposals are published, residents object to a price, an officer answers in public."""
