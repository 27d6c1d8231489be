"""Whether this site can be trusted with a vote: its database and its clocks, asked before a vote opens."""
