"""Reading who can have signed on paper, and the sheet itself."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.access import Actor
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.core.hung import content
from app.taskforces.seats import queries as seats
from app.taskforces.seats.queries import Signer
from app.taskforces.signing import queries as signing
from app.taskforces.signing.models import SignOff
from app.taskforces.signing.paper import policies
from app.taskforces.signing.queries import AgreementRow


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet to send: its bytes and what it is saved as."""

    content: bytes
    is_pdf: bool
    name: str


def candidates(row: AgreementRow) -> list[Signer]:
    """Who can have signed where nobody has: whoever may sign today, or might on the day it was proposed."""
    days = {today(row.time_zone), row.proposed_on}
    found = {each.person_id: each for day in sorted(days) for each in signing.still_asked(row, day)}
    return sorted(found.values(), key=lambda each: (each.task_force_id, each.side, each.as_deputy, each.person_id))


def sits(row: AgreementRow, person_id: int) -> bool:
    """Whether somebody has a seat today in a task force that signs this agreement."""
    on = today(row.time_zone)
    return any(seats.sits_in(body, person_id, on) for body in row.task_force_ids)


def may_see_sheets(row: AgreementRow, viewer: Actor) -> bool:
    """Whether somebody may look at the sheets that were signed by hand."""
    signers = {each.person_id for each in row.signed}
    return policies.may_see_sheet(viewer, row.neighborhood_id, signers)


def sheet(agreement_id: int, sign_off_id: int, viewer: Actor) -> Sheet:
    """The sheet behind a signature on paper; NotFound where there is none, or none for this viewer."""
    row = signing.agreement(agreement_id)
    found = db.session.scalar(sa.select(SignOff).where(SignOff.id == sign_off_id, SignOff.agreement_id == agreement_id))
    if found is None or found.sheet_digest is None or not may_see_sheets(row, viewer):
        raise NotFound
    name = f"agreement-{agreement_id}-{found.side.value}.{'pdf' if found.sheet_is_pdf else 'jpg'}"
    return Sheet(content=content(found.sheet_digest), is_pdf=bool(found.sheet_is_pdf), name=name)
