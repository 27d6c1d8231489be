"""Results: opening the envelopes, counting, certifying and showing what was decided and why."""
