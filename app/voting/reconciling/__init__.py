"""Reconciling: voters against envelopes, voters on paper against slips; where they agree, the count set is fixed."""
