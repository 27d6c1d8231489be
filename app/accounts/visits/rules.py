"""How long a visit lasts: shorter for staff, whose accounts can do more harm."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class VisitLimits:
    """A visit ends after `idle` without a page, and after `whole` in any case."""

    idle: timedelta
    whole: timedelta


STAFF = VisitLimits(idle=timedelta(hours=1), whole=timedelta(hours=8))
RESIDENT = VisitLimits(idle=timedelta(hours=24), whole=timedelta(days=7))
NOTED_EVERY = timedelta(minutes=5)
"""How exact the last page of a visit is known: a write for every page would be too many."""

FRESH = timedelta(minutes=10)
"""How long after proving who they are somebody may take a grave step (security.md, ASVS 7.5.3)."""


def is_fresh(confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether whoever acts has proved who they are within the last ten minutes."""
    return confirmed_at is not None and now - confirmed_at < FRESH


def limits(*, is_staff: bool) -> VisitLimits:
    """The limits for this kind of account."""
    return STAFF if is_staff else RESIDENT
