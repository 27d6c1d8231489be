"""Escalating: a side that has agreed asks the council to stand in for the one that has not (domain rule 5)."""
