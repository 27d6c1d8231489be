"""The whole numbers in which the proportional rules reckon: what a ballot carries, and what an option needs of it."""

from app.voting.counting.state import CountInProgress

UNIT = 2**96  # what one vote is divided into
COARSE = 48  # bits left out where two supports or prices are compared: closer than this is a tie


def need_of(state: CountInProgress, option: int) -> int:
    """The units the supporters of the option must give together, rounded down; 0 without cost or beyond the pot."""
    cost, pot = state.costs[option], state.vote.pot_cents
    return len(state.rows) * UNIT * cost // pot if 0 < cost <= pot else 0


def cents_of(state: CountInProgress, units: int) -> int:
    """What so many units are worth in whole cents, rounded down."""
    return units * state.vote.pot_cents // (len(state.rows) * UNIT)
