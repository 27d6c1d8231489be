"""The verbs of hiding: report a part, hide it with a public reason, leave it, show it again, look at it on record."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.proposals.attachments.models import Attachment
from app.proposals.coauthors import queries as coauthors
from app.proposals.discussion.moderation.rules import Concern, why_not_report
from app.proposals.discussion.moderation.words import WHY_NOT_REPORT_PART
from app.proposals.hiding import policies, queries, words
from app.proposals.hiding.events import HiddenPartRead, PartHidden, PartLeft, PartReported, PartShownAgain
from app.proposals.hiding.models import Hiding, PartReport
from app.proposals.hiding.rules import REPORTABLE, Ending, Part, why_not_hide
from app.proposals.models import Proposal
from app.proposals.revisions.queries import newest
from app.proposals.services import opened

MIN_REASON = 10


@dataclass(frozen=True, kw_only=True)
class Which:
    """A part of a proposal: the id of a file, the number of a text, 0 for the whole."""

    proposal_id: int
    part: Part
    part_id: int


@dataclass(frozen=True, kw_only=True)
class ReportPart:
    """What is wrong with it."""

    concern: Concern
    note: str = ""


def report(which: Which, command: ReportPart, *, by: Actor) -> int:
    """Ask the office to look at a proposal, a file or an older text; each person once. Returns the report's id."""
    with transaction():
        proposal, _cycle = opened(which.proposal_id, by)
        _ensure_there(which, proposal)
        reason = why_not_report(
            is_hidden=which.part_id in queries.hidden(which.proposal_id, which.part),
            is_own=proposal.author_id == by.id,
            has_reported=queries.has_reported(which.proposal_id, which.part, which.part_id, by.id),
        )
        if reason is not None:
            raise DomainError(reason.value, str(WHY_NOT_REPORT_PART[reason]), field="concern")
        told: dict[str, Any] = {"concern": command.concern, "note": command.note}
        made = PartReport(**_named(which), **told, person_id=by.id, reported_at=now())
        db.session.add(made)
        db.session.flush()
        publish(PartReported(actor_id=by.id, **_named(which), report_id=made.id, **told))
    return made.id


def hide(which: Which, reason: str, *, by: Actor) -> int:
    """Hide a file or an older text. Everybody reads who did it and why; it is kept for those who watch the office."""
    with transaction():
        proposal = _opened(which, by)
        hidden = which.part_id in queries.hidden(which.proposal_id, which.part)
        why = why_not_hide(which.part, which.part_id, is_hidden=hidden, newest=newest(proposal.id))
        if why is not None:
            raise DomainError(why.value, str(words.WHY_NOT_HIDE[why]), field="reason")
        said = _said(reason)
        row = Hiding(**_named(which), reason=said, hidden_by_id=by.id, hidden_at=now())
        db.session.add(row)
        db.session.flush()
        settled = _settle(which, Ending.HIDDEN, by)
        told: dict[str, Any] = {"hiding_id": row.id, "report_ids": settled, "author_id": proposal.author_id}
        publish(PartHidden(actor_id=by.id, **_named(which), **told, reason=said))
    return row.id


def leave(which: Which, *, by: Actor) -> None:
    """Settle what was reported so far: it stays, or what had to be done was done otherwise."""
    with transaction():
        _opened(which, by)
        settled = _settle(which, Ending.LEFT, by)
        ensure(bool(settled), "nothing_waits", _("No report of this waits for the office."))
        publish(PartLeft(actor_id=by.id, **_named(which), report_ids=settled))


def show_again(hiding_id: int, reason: str, *, by: Actor) -> int:
    """Show again what was hidden by mistake, with a public reason."""
    with transaction():
        found = db.session.get(Hiding, hiding_id)
        if found is None:
            raise NotFound
        which = Which(proposal_id=found.proposal_id, part=found.part, part_id=found.part_id)
        _opened(which, by)
        row = locked(Hiding, hiding_id)
        assert row is not None
        ensure(row.shown_at is None, "shown", _("This is shown again already."))
        row.shown_reason, row.shown_by_id, row.shown_at = _said(reason), by.id, now()
        publish(PartShownAgain(actor_id=by.id, **_named(which), hiding_id=hiding_id, reason=row.shown_reason))
    return hiding_id


def look(hiding_id: int, purpose: str, *, by: Actor) -> queries.Trace:
    """Look at what is hidden, on record; what was looked at."""
    with transaction():
        row = db.session.get(Hiding, hiding_id)
        if row is None:
            raise NotFound
        _proposal, cycle = opened(row.proposal_id, by)
        allowed = policies.may_look(by, cycle.neighborhood_id)
        ensure_standing(allowed, _("Only observers and overseers of this neighborhood look at what is hidden."))
        said = purpose.strip()
        ensure(len(said) >= MIN_REASON, "no_purpose", _("Say what you look at it for."), field="purpose")
        seen = queries.trace(hiding_id)
        which = _named(Which(proposal_id=row.proposal_id, part=row.part, part_id=row.part_id))
        publish(HiddenPartRead(actor_id=by.id, **which, hiding_id=hiding_id, purpose=said))
    return seen


def _opened(which: Which, by: Actor) -> Proposal:
    proposal, cycle = opened(which.proposal_id, by)
    allowed = policies.may_hide(by, writers=coauthors.writers_of(proposal), neighborhood_id=cycle.neighborhood_id)
    ensure_standing(allowed, _("Officers and clerks of this neighborhood decide this, and nobody about their own."))
    _ensure_there(which, proposal)
    return proposal


def _ensure_there(which: Which, proposal: Proposal) -> None:
    """NotFound for a draft, and for a part that this proposal does not have."""
    there = which.part in REPORTABLE and proposal.number is not None
    if which.part is Part.ATTACHMENT:
        row = db.session.get(Attachment, which.part_id)
        there = there and row is not None and row.proposal_id == proposal.id
    elif which.part is Part.REVISION:
        there = there and 1 <= which.part_id <= newest(proposal.id)
    if not there or (which.part is Part.PROPOSAL and which.part_id != 0):
        raise NotFound


def _said(reason: str) -> str:
    said = reason.strip()
    short = _("Everybody will read the reason. Write at least a sentence.")
    ensure(len(said) >= MIN_REASON, "no_reason", short, field="reason")
    return said


def _settle(which: Which, ending: Ending, by: Actor) -> tuple[int, ...]:
    query = sa.select(PartReport).where(*queries.about(which.proposal_id, which.part, which.part_id))
    rows = list(db.session.scalars(query.order_by(PartReport.id)))
    for each in rows:
        each.ending, each.settled_at, each.settled_by_id = ending, now(), by.id
    return tuple(each.id for each in rows)


def _named(which: Which) -> dict[str, Any]:
    return {"proposal_id": which.proposal_id, "part": which.part, "part_id": which.part_id}
