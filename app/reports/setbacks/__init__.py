"""R14, the register of setbacks of a quarter: what went wrong, whose it is, what has been put right."""
