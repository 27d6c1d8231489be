"""R14, the register of setbacks of a neighborhood for a quarter: what went wrong, whose it is, what has been put right."""
