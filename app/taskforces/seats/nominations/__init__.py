"""Nominations: a co-chair names somebody for a seat of their side, and a clerk offers the seat or says why not."""
