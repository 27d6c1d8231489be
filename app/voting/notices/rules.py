"""How long voters wait for their mail, drawn by chance, so that its time tells a stretch of minutes and no more."""

from datetime import timedelta

SHORTEST = timedelta(minutes=4)
LONGEST = timedelta(minutes=14)
"""With the minute at which the worker looks, nobody waits longer than fifteen minutes (voting.md 4, "Time policy")."""
CHANCES = 1 << 32


def pause(drawn: int) -> timedelta:
    """How long until the next round, from a number drawn out of `CHANCES`: evenly between shortest and longest."""
    return SHORTEST + (LONGEST - SHORTEST) * (drawn / CHANCES)
