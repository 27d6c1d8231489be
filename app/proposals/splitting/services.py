"""The verbs of splitting: ask, agree, decline, take back. No proposal is split without its author."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.once import once
from app.cycles.queries import CycleFacts
from app.proposals.merging.rules import Ending
from app.proposals.models import Proposal
from app.proposals.priorities.services import served
from app.proposals.services import WriteProposal, add_part, opened
from app.proposals.splitting import policies, queries, words
from app.proposals.splitting.events import ProposalSplit, SplitDeclined, SplitRequested, SplitTakenBack
from app.proposals.splitting.models import SplitPart, SplitRequest
from app.proposals.splitting.rules import why_not_split


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one part would be called, and what should happen."""

    title: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class AskToSplit:
    """The parts, and what its author should know."""

    parts: tuple[Part, ...]
    message: str


def ask(proposal_id: int, command: AskToSplit, *, key: str, by: Actor) -> int:
    """Ask an author to make several proposals out of one; where it is one's own, it is done at once."""
    return once(key, lambda: _asked(proposal_id, command, by))


def agree(request_id: int, *, by: Actor) -> None:
    """Make a proposal of each part: public at once, with a number, and reviewed like any other."""
    with transaction():
        row, cycle = _waiting(request_id, by)
        _ensure_answerer(row, by)
        _split(row, cycle, by)


def decline(request_id: int, reason: str, *, by: Actor) -> None:
    """Say no, and why; whoever asked reads it."""
    with transaction():
        row, _cycle = _waiting(request_id, by)
        _ensure_answerer(row, by)
        ensure(bool(reason.strip()), "no_reason", _("Please say why, so that they understand."), field="reason")
        _end(row, Ending.DECLINED, by, reason)
        publish(SplitDeclined(**_told(row, by), asker_id=row.asker_id, answer=reason))


def take_back(request_id: int, *, by: Actor) -> None:
    """Stop asking, while nobody has answered."""
    with transaction():
        row, _cycle = _waiting(request_id, by)
        allowed = policies.may_take_back(by, asker_id=row.asker_id)
        ensure_standing(allowed, _("Only who has asked can take the request back."))
        _end(row, Ending.TAKEN_BACK, by, None)
        publish(SplitTakenBack(**_told(row, by)))


def _asked(proposal_id: int, command: AskToSplit, by: Actor) -> int:
    proposal, cycle = opened(proposal_id, by)
    allowed = policies.may_ask(by, author_id=proposal.author_id, neighborhood_id=cycle.neighborhood_id)
    ensure_standing(allowed, _("Verified residents, officers and clerks of this neighborhood ask this."))
    _ensure_possible(proposal, cycle, len(command.parts))
    waits = queries.is_waiting(proposal_id)
    ensure(not waits, "already_asked", _("Somebody has asked this already, and its author has not answered yet."))
    row = SplitRequest(proposal_id=proposal_id, asker_id=by.id, message=command.message, asked_at=now())
    row.parts = [
        SplitPart(position=position, title=part.title, summary=part.summary)
        for position, part in enumerate(command.parts, start=1)
    ]
    db.session.add(row)
    db.session.flush()
    if policies.may_answer(by, author_id=proposal.author_id):
        _split(row, cycle, by)
    else:
        publish(SplitRequested(**_told(row, by), author_id=proposal.author_id, message=command.message))
    return row.id


def _waiting(request_id: int, by: Actor) -> tuple[SplitRequest, CycleFacts]:
    """The request with its proposal and their cycle locked; refused where it has ended already."""
    found = db.session.get(SplitRequest, request_id)
    if found is None:
        raise NotFound
    _proposal, cycle = opened(found.proposal_id, by)
    row = locked(SplitRequest, request_id)
    assert row is not None
    ensure(row.ending is None, "ended", _("This request has been answered or taken back already."))
    return row, cycle


def _split(row: SplitRequest, cycle: CycleFacts, by: Actor) -> None:
    whole = row.proposal
    _ensure_possible(whole, cycle, len(row.parts))
    for part in row.parts:
        command = WriteProposal(
            title=part.title,
            summary=part.summary,
            need=whole.need,
            place=whole.place,
            gains=whole.gains,
            category_id=whole.category_id or 0,
            area_id=whole.area_id,
            estimate=(),
            watches_people=bool(whole.watches_people),
            priority_id=served(whole.id),
        )
        part.proposal_id = add_part(cycle, command, by=by).id
    _end(row, Ending.AGREED, by, None)
    made = tuple(part.proposal_id or 0 for part in row.parts)
    people = {"author_id": whole.author_id, "asker_id": row.asker_id}
    publish(ProposalSplit(**_told(row, by), **people, part_ids=made, cycle_id=cycle.id))


def _end(row: SplitRequest, ending: Ending, by: Actor, answer: str | None) -> None:
    row.ending, row.answer, row.ended_by_id, row.ended_at = ending, answer, by.id, now()
    db.session.flush()


def _told(row: SplitRequest, by: Actor) -> dict[str, Any]:
    return {"actor_id": by.id, "request_id": row.id, "proposal_id": row.proposal_id}


def _ensure_answerer(row: SplitRequest, by: Actor) -> None:
    allowed = policies.may_answer(by, author_id=row.proposal.author_id)
    ensure_standing(allowed, _("Only the author of the proposal answers this."))


def _ensure_possible(proposal: Proposal, cycle: CycleFacts, parts: int) -> None:
    reason = why_not_split(proposal.stage, cycle.stage, parts)
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT[reason]))
