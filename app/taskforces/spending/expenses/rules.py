"""Which payments count together against what a clerk may pay alone, so that none is paid in parts (decision 52)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WINDOW_DAYS = 28
"""Payments on one commitment count together within so many days: two monthly bills never do."""


@dataclass(frozen=True, kw_only=True)
class Alone:
    """A payment that a clerk entered alone: how much, the day it is of, and the day it was entered."""

    amount_cents: int
    on: date
    entered_on: date


def together_cents(alone: Iterable[Alone], *, on: date, today: date) -> int:
    """What counts together with a payment of the day `on` that is entered `today`.

    Near is what is of a day near that day, and what was entered lately whatever day it is said to be of: a day can be
    typed, the clock cannot.
    """
    window = timedelta(days=WINDOW_DAYS)
    return sum(each.amount_cents for each in alone if abs(each.on - on) < window or today - each.entered_on < window)


def left_alone_cents(alone_cents: int, together: int) -> int:
    """How much a clerk may still enter alone, given the cycle's threshold and what counts together with it."""
    return max(0, alone_cents - together)
