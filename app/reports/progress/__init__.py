"""R7, the progress report of a task force: every quarter, signed by both co-chairs or published without them."""
