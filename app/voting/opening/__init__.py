"""Opening: the envelopes of a closed vote become the closed ballot set."""
