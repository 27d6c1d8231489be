"""Equal shares: every ballot carries an equal share of the pot and pays for what it ranks, so much for each point."""
