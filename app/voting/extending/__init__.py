"""A later end for a vote that is open, by two members of its board and with a reason that everybody reads."""
