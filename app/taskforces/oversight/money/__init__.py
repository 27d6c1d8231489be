"""All the money that somebody watches, on one page: every ledger, its chain, its months and its task forces."""
