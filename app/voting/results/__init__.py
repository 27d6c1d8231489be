"""Results: opening the envelopes, counting them twice, certifying, and everything told about the outcome."""
