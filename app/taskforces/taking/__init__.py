"""Which task force would take a proposal on if it is funded: named before the vote, by default by category or area."""
