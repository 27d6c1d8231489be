"""Where a residence is, and whether a grant holds on a day."""

from datetime import date
from enum import StrEnum


class ResidenceStage(StrEnum):
    """Where a claim of residence is."""

    REGISTERED = "registered"
    VERIFIED = "verified"
    REFUSED = "refused"


def holds_on(day: date, *, starts_on: date, ends_on: date | None) -> bool:
    """Whether something dated holds on `day`; both ends count, and no end means until further notice."""
    return starts_on <= day and (ends_on is None or day <= ends_on)
