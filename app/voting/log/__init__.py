"""The public log of a vote: leaves of envelopes in batches, signed heads, witnesses, and pages that prove a leaf."""
