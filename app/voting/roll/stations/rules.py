"""How long a station's screens wait for somebody, and what is told of its casts."""

IDLE_SECONDS = 150
"""A ballot nobody touches goes away after this; a little before the visit behind it ends."""
THANKS_SECONDS = 60
SMALLEST_CELL = 10


def shown_casts(casts: int) -> int:
    """How many have cast at a station, as clerks read it: full tens only."""
    return casts - casts % SMALLEST_CELL
