"""Tie-outs: the ledger held against the export of the council's finance system, month by month."""
