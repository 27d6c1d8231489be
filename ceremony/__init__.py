"""The key holder's own page: make a key, check it, open a vote's envelopes, on one machine and without a network."""
