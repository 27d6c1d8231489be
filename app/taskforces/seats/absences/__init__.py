"""Absences of whoever holds a seat: the days on which a deputy signs for a co-chair (rule 1)."""
