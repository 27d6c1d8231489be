"""Telling: whoever asked hears by mail, or from the desk, what became of their question."""
