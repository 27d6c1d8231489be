"""Nominations: clerks hear that somebody was nominated for a seat, and who nominated them of the answer."""
