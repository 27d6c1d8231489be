"""What mail about a nomination says; None where it is overtaken."""

from collections.abc import Mapping
from typing import Any

from app.core.clock import today
from app.taskforces import queries as bodies
from app.taskforces.seats.nominations import queries as nominations
from app.taskforces.seats.nominations.queries import NominationFacts
from app.taskforces.seats.nominations.rules import Ending
from app.taskforces.seats.offers.rules import Ending as OfferEnding
from app.taskforces.seats.words import KINDS, SIDES

Facts = Mapping[str, Any]


def letter(facts: Facts) -> dict[str, Any] | None:
    """For a clerk while it waits, without who was named: that stands on its page. For whoever made it, the answer."""
    row = nominations.nomination(facts["nomination_id"])
    told = {"kind_name": KINDS[row.kind], "side_name": SIDES[row.side], "task_force": row.task_force}
    told |= {"slug": row.task_force_slug, "told": _told(row), "offer_id": row.offer_id}
    if not facts["is_answered"]:
        return None if row.ending else {**facts, **told, "nominated_by": row.nominated_by}
    if row.offer_ending is OfferEnding.TAKEN_BACK:
        return None
    return {**facts, **told, "who": row.name, "reads": _reads(row, facts["reader"])}


def _told(row: NominationFacts) -> str:
    """Which of the mails it is."""
    if row.ending is None:
        return "nominated"
    return "closed" if row.ended_with_body else "followed" if row.ending is Ending.OFFERED else "refused"


def _reads(row: NominationFacts, person_id: int) -> bool:
    """Whether whoever made it still leads its side, and so can read the answer on its page."""
    body = bodies.task_force(row.task_force_slug)
    return nominations.side_chaired(body.id, person_id, today(body.time_zone)) is row.side
