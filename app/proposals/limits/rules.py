"""Whether an estimate and a number of proposals stay within the limits of a cycle."""

from enum import StrEnum


class WhyNotThisMuch(StrEnum):
    """Why what a proposer thinks it costs cannot stand."""

    TOO_LITTLE = "too_little"
    TOO_MUCH = "too_much"
    OVER_THE_POT = "over_the_pot"


def why_not_this_much(
    cents: int, *, least_cents: int | None, most_cents: int | None, spendable_cents: int
) -> WhyNotThisMuch | None:
    """Why an estimate of that sum cannot stand in a cycle with these limits, or None."""
    if cents > spendable_cents:
        return WhyNotThisMuch.OVER_THE_POT
    if most_cents is not None and cents > most_cents:
        return WhyNotThisMuch.TOO_MUCH
    return WhyNotThisMuch.TOO_LITTLE if cents < (least_cents or 0) else None


def has_room(sent: int, most: int | None) -> bool:
    """Whether somebody with that many proposals in a cycle may send another."""
    return most is None or sent < most
