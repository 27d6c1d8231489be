"""Lists: the public list with its filters, what somebody asked, and what waits for whom."""
