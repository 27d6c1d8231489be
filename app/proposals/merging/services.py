"""The verbs of joining: ask, agree, decline, take back. Nobody's proposal is joined without its author."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.once import once
from app.cycles.queries import CycleFacts
from app.proposals.merging import policies, queries, words
from app.proposals.merging.events import MergeDeclined, MergeRequested, MergeTakenBack, ProposalMerged
from app.proposals.merging.models import MergeRequest
from app.proposals.merging.rules import Candidate, Ending, why_not_join
from app.proposals.models import Proposal
from app.proposals.rules import Stage
from app.proposals.services import named, opened


@dataclass(frozen=True, kw_only=True)
class AskToJoin:
    """The code of the proposal to join, and what its author should know."""

    into_code: str
    message: str


def ask(proposal_id: int, command: AskToJoin, *, key: str, by: Actor) -> int:
    """Ask the author of another proposal to take this one in; where both are one's own, they are joined at once."""
    return once(key, lambda: _asked(proposal_id, command, by))


def agree(request_id: int, *, by: Actor) -> None:
    """Take the other proposal in."""
    with transaction():
        row, cycle = _waiting(request_id, by)
        _ensure_answerer(row, by)
        _join(row, cycle, by)


def decline(request_id: int, reason: str, *, by: Actor) -> None:
    """Say no, and why; the other author reads it."""
    with transaction():
        row, _cycle = _waiting(request_id, by)
        _ensure_answerer(row, by)
        ensure(bool(reason.strip()), "no_reason", _("Please say why, so that its author understands."), field="reason")
        _end(row, Ending.DECLINED, by, reason)
        author_id = row.proposal.author_id
        publish(MergeDeclined(**_told(row, by), author_id=author_id, answer=reason))


def take_back(request_id: int, *, by: Actor) -> None:
    """Stop asking, while nobody has answered."""
    with transaction():
        row, _cycle = _waiting(request_id, by)
        allowed = policies.may_ask(by, author_id=row.proposal.author_id)
        ensure_standing(allowed, _("Only who has asked can take the request back."))
        _end(row, Ending.TAKEN_BACK, by, None)
        publish(MergeTakenBack(**_told(row, by)))


def _asked(proposal_id: int, command: AskToJoin, by: Actor) -> int:
    proposal, cycle = opened(proposal_id, by)
    allowed = policies.may_ask(by, author_id=proposal.author_id)
    ensure_standing(allowed, _("Only its author can join a proposal into another."))
    into = named(cycle, command.into_code, field="into")
    _ensure_joinable(proposal, into, cycle, field="into")
    waiting = queries.around(proposal.id, proposal.author_id, by).asked_by_me
    ensure(waiting is None, "already_asked", _("You have asked already. Take that request back first."), field="into")
    row = MergeRequest(proposal_id=proposal.id, into_id=into.id, message=command.message, asked_at=now())
    db.session.add(row)
    db.session.flush()
    if policies.may_answer(by, into_author_id=into.author_id):
        _join(row, cycle, by)
    else:
        publish(MergeRequested(**_told(row, by), into_author_id=into.author_id, message=command.message))
    return row.id


def _waiting(request_id: int, by: Actor) -> tuple[MergeRequest, CycleFacts]:
    """The request with both its proposals and their cycle locked; refused where it has ended already."""
    found = db.session.get(MergeRequest, request_id)
    if found is None:
        raise NotFound
    _proposal, cycle = opened(found.proposal_id, by)
    locked(Proposal, found.into_id)
    row = locked(MergeRequest, request_id)
    assert row is not None
    ensure(row.ending is None, "ended", _("This request has been answered or taken back already."))
    return row, cycle


def _join(row: MergeRequest, cycle: CycleFacts, by: Actor) -> None:
    _ensure_joinable(row.proposal, row.into, cycle)
    row.proposal.stage, row.proposal.merged_into_id = Stage.MERGED, row.into_id
    _end(row, Ending.AGREED, by, None)
    author_id = row.proposal.author_id
    publish(ProposalMerged(**_told(row, by), cycle_id=cycle.id, author_id=author_id))


def _end(row: MergeRequest, ending: Ending, by: Actor, answer: str | None) -> None:
    row.ending, row.answer, row.ended_by_id, row.ended_at = ending, answer, by.id, now()
    db.session.flush()


def _told(row: MergeRequest, by: Actor) -> dict[str, int]:
    return {"actor_id": by.id, "request_id": row.id, "proposal_id": row.proposal_id, "into_id": row.into_id}


def _ensure_answerer(row: MergeRequest, by: Actor) -> None:
    allowed = policies.may_answer(by, into_author_id=row.into.author_id)
    ensure_standing(allowed, _("Only the author of the other proposal answers this."))


def _ensure_joinable(proposal: Proposal, into: Proposal, cycle: CycleFacts, *, field: str | None = None) -> None:
    joining, other = (Candidate(id=p.id, cycle_id=p.cycle_id, stage=p.stage) for p in (proposal, into))
    reason = why_not_join(joining, other, cycle.stage)
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT[reason]), field=field)
