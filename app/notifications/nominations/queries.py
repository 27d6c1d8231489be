"""What mail about a nomination says; None where it is overtaken."""

from collections.abc import Mapping
from typing import Any

from app.core.clock import today
from app.taskforces import queries as bodies
from app.taskforces.seats.nominations import queries as nominations
from app.taskforces.seats.nominations.queries import NominationFacts
from app.taskforces.seats.offers.rules import Ending as OfferEnding
from app.taskforces.seats.words import KINDS, SIDES

Facts = Mapping[str, Any]


def made(facts: Facts) -> dict[str, Any] | None:
    """For a clerk while it waits, without who was named: that stands on its page."""
    row = nominations.nomination(facts["nomination_id"])
    return None if row.ending else {**facts, **_seat(row), "nominated_by": row.nominated_by}


def answered(facts: Facts) -> dict[str, Any] | None:
    """For whoever made it: what became of it, unless the offer that followed was taken back."""
    row = nominations.nomination(facts["nomination_id"])
    if row.offer_ending is OfferEnding.TAKEN_BACK:
        return None
    return {**facts, **_seat(row), "ending": row.ending, "who": row.name, "reads": _reads(row, facts["reader"])}


def _seat(row: NominationFacts) -> dict[str, Any]:
    named = {"kind_name": KINDS[row.kind], "side_name": SIDES[row.side]}
    return named | {"task_force": row.task_force, "slug": row.task_force_slug}


def _reads(row: NominationFacts, person_id: int) -> bool:
    """Whether whoever made it still leads its side, and so can read the answer on its page."""
    body = bodies.task_force(row.task_force_slug)
    return nominations.side_chaired(body.id, person_id, today(body.time_zone)) is row.side
