"""The desk: a ballot handed out, taken back, given up, each on the roll in the same transaction.

Locks are taken as in the cast: the vote against its close, then the roll entry against a cast of the same voter.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy.exc import IntegrityError

from app.core.access import Actor
from app.core.clock import deadline_now
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound, ensure
from app.core.events import publish
from app.voting.models import RollEntry
from app.voting.paper.desk.events import PaperIssued, PaperReturned, PaperReturnUndone, PaperVoided
from app.voting.paper.desk.rules import WHY_NOT_ISSUE, Refusal, after_giving_up, after_undoing
from app.voting.paper.models import PaperStock, PaperStub
from app.voting.paper.rules import IN_FORCE, StubStage
from app.voting.paper.services import ensure_stage, handled, held_stage
from app.voting.queries import VoteFacts
from app.voting.rules import Channel, VoteStage

REASONS: Mapping[Refusal, LazyString] = {
    Refusal.HAS_ONE: _l("This voter has a paper ballot already. If it is spoiled or lost, say so first."),
    Refusal.HAS_VOTED: _l("This voter's paper ballot has come back. It counts."),
    Refusal.VOID: _l("This entry of the roll is void."),
}


@dataclass(frozen=True, kw_only=True)
class IssuePaper:
    """The ballot with this stub for the voter with this entry of the roll."""

    entry_id: bytes
    stub: int
    by_post: bool


@dataclass(frozen=True, kw_only=True)
class VoidPaper:
    """The ballot with this stub is spoiled or lost, and how."""

    stub: int
    stage: StubStage
    note: str


def issue(cycle_id: int, command: IssuePaper, *, by: Actor) -> PaperStub:
    """Hand a ballot out. An envelope cast before stays the vote until the paper is back.

    The same hand-over sent twice changes nothing.
    """
    vote = handled(cycle_id, by)
    with _one_stub_one_voter(), transaction():
        ensure_stage(held_stage(vote.id), VoteStage.OPEN)
        in_time = deadline_now() < vote.closes_at + vote.grace
        ensure(in_time, "too_late", _("The announced end has come. No more ballots are handed out."))
        entry = _held_entry(vote, command.entry_id)
        stub = _find(vote, command.stub)
        if stub is not None and stub.roll_entry_id == entry.id and stub.stage is StubStage.ISSUED:
            return stub
        ensure(stub is None, "stub_taken", _stub_taken(command.stub), field="stub")
        refusal = WHY_NOT_ISSUE[entry.channel]
        if refusal is None and _in_force(entry.id) is not None:
            refusal = Refusal.HAS_ONE
        if refusal is not None:
            raise DomainError(refusal.value, str(REASONS[refusal]), field="stub")
        stub = _issued(vote, entry, command)
        publish(PaperIssued(actor_id=by.id, cycle_id=cycle_id, stub=stub.number, by_post=stub.by_post))
    return stub


def take_back(cycle_id: int, number: int, *, by_post: bool = False, by: Actor) -> PaperStub:
    """A ballot is back: the stub is torn off and the ballot goes into the box. From now on it is this voter's vote.

    A lost one may still come back while its voter has no other. Whoever stands in line at the close is served before
    a clerk closes the vote, so only the stage decides.
    """
    vote = handled(cycle_id, by)
    with _one_stub_one_voter(), transaction():
        ensure_stage(held_stage(vote.id), VoteStage.OPEN)
        entry, stub = _held(vote, number)
        ensure(stub.stage is not StubStage.RETURNED, "returned", _("This ballot came back before."), field="stub")
        message = _("This voter was struck off the roll. Keep the ballot out of the box.")
        ensure(entry.channel is not Channel.VOID, "void", message, field="stub")
        message = _("This ballot was spoiled. Do not put it into the box.")
        ensure(stub.stage is not StubStage.SPOILED, "spoiled", message, field="stub")
        message = _("This ballot was lost and its voter has another. Do not put it into the box.")
        ensure(stub.stage is StubStage.ISSUED or _in_force(entry.id) is None, "replaced", message, field="stub")
        stub.stage, stub.by_post = StubStage.RETURNED, by_post
        entry.channel = Channel.PAPER_RETURNED
        publish(PaperReturned(actor_id=by.id, cycle_id=cycle_id, stub=number, by_post=by_post))
    return stub


def void(cycle_id: int, command: VoidPaper, *, by: Actor) -> PaperStub:
    """A ballot that was handed out is spoiled or lost: its voter can have another, and their envelope counts again."""
    vote = handled(cycle_id, by)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.OPEN)
        entry, stub = _held(vote, command.stub)
        message = _("Only a ballot that is handed out can be spoiled or lost.")
        ensure(stub.stage is StubStage.ISSUED, "not_issued", message, field="stub")
        stub.stage, stub.note = command.stage, command.note
        if entry.channel is Channel.PAPER_ISSUED:
            entry.channel = after_giving_up(entry.revision)
        publish(
            PaperVoided(
                actor_id=by.id,
                cycle_id=cycle_id,
                stub=command.stub,
                stage=command.stage.value,
                note=command.note,
            )
        )
    return stub


def undo_return(cycle_id: int, number: int, reason: str, *, by: Actor) -> PaperStub:
    """A ballot was marked as returned by mistake; while the vote is open this is taken back, with its reason."""
    vote = handled(cycle_id, by)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.OPEN)
        entry, stub = _held(vote, number)
        ensure(stub.stage is StubStage.RETURNED, "not_returned", _("This ballot is not marked as returned."))
        stub.stage, stub.note = StubStage.ISSUED, reason
        entry.channel = after_undoing(entry.channel)
        publish(PaperReturnUndone(actor_id=by.id, cycle_id=cycle_id, stub=number, reason=reason))
    return stub


@contextmanager
def _one_stub_one_voter() -> Iterator[None]:
    """Two desks that take the same stub, or serve the same voter, at the same moment: the later one is refused."""
    try:
        yield
    except IntegrityError as reason:
        message = _("Another desk has just used this stub or served this voter. Look again.")
        raise DomainError("stub_taken", message, field="stub") from reason


def _stub_taken(number: int) -> str:
    return str(_("Ballot %(number)s has been handed out already.", number=number))


def _issued(vote: VoteFacts, entry: RollEntry, command: IssuePaper) -> PaperStub:
    ends = PaperStock.first_stub + PaperStock.printed
    printing = (PaperStock.first_stub <= command.stub, ends > command.stub, PaperStock.vote_id == vote.id)
    stock_id = db.session.scalar(sa.select(PaperStock.id).where(*printing))
    message = _("No printing of this vote has a ballot with this number.")
    ensure(stock_id is not None, "unknown_stub", message, field="stub")
    stub = PaperStub(
        vote_id=vote.id,
        number=command.stub,
        stock_id=stock_id,
        roll_entry_id=entry.id,
        stage=StubStage.ISSUED,
        by_post=command.by_post,
    )
    db.session.add(stub)
    entry.channel = Channel.PAPER_ISSUED
    db.session.flush()
    return stub


def _find(vote: VoteFacts, number: int) -> PaperStub | None:
    query = sa.select(PaperStub).where(PaperStub.vote_id == vote.id, PaperStub.number == number)
    return db.session.scalar(query.execution_options(populate_existing=True))


def _in_force(entry_id: bytes) -> bytes | None:
    query = sa.select(PaperStub.id).where(PaperStub.roll_entry_id == entry_id, PaperStub.stage.in_(IN_FORCE))
    return db.session.scalar(query)


def _held(vote: VoteFacts, number: int) -> tuple[RollEntry, PaperStub]:
    """The entry of the voter who has this ballot, held, and then the stub as it is now."""
    stub = _find(vote, number)
    message = _("No ballot with this number has been handed out.")
    if stub is None:
        raise DomainError("unknown_stub", message, field="stub")
    entry = _held_entry(vote, stub.roll_entry_id)
    held = _find(vote, number)
    assert held is not None
    return entry, held


def _held_entry(vote: VoteFacts, entry_id: bytes) -> RollEntry:
    query = sa.select(RollEntry).where(RollEntry.id == entry_id, RollEntry.vote_id == vote.id)
    entry = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if entry is None:
        raise NotFound
    return entry
