"""Opening a vote to ballots, and closing it; two members of its board agree on each.

What two members agree on is what the functions `to_…` say; the verbs take their approval and do it in one transaction.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from app.core import vault
from app.core.clock import deadline_now, now
from app.core.databases.durability import durability_problems
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.cycles import services as cycles
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import CycleFacts, Stage
from app.voting import queries
from app.voting.board.rules import Approval, board_as_clerk
from app.voting.board.services import take
from app.voting.events import VoteClosed, VoteOpened
from app.voting.log import services as log
from app.voting.models import Vote
from app.voting.readiness.words import clock_sentences
from app.voting.roll import services as roll
from app.voting.rules import GRACE, BoardStep, VoteStage, When, when
from app.voting.sealing import keys
from app.voting.trustees import queries as trustees

Payload = Mapping[str, Any]


def to_open(cycle_id: int, _answers: Payload) -> Payload:
    """The vote that would open; refused before its day, and where it could lose a ballot or not be counted."""
    vote = queries.vote_facts(cycle_id)
    ensure_now(BoardStep.OPEN, vote.stage)
    _ensure_its_day(vote.opens_at, vote.closes_at)
    _ensure_durable()
    _ensure_clocks()
    _ensure_keys_work(vote)
    log.ensure_log_extends_heads(vote.id)
    return {"vote": vote.id.hex(), "rule_card_hash": vote.rule_card_hash}


def open_vote(approval: Approval) -> Vote:
    """Freeze the roll, which is everybody who may vote now, and let ballots in.

    Refused before its day, on a database that could lose an acknowledged ballot, where the clocks of app and database
    differ or have gone back, and with a key that does not open what is sealed to it.
    """
    to_open(approval.cycle_id, {})
    with transaction():
        vote = locked_vote(approval.cycle_id)
        take(approval)
        _open(vote, cycle_facts(approval.cycle_id), approval)
    return vote


def to_close(cycle_id: int, answers: Payload) -> Payload:
    """The vote that would close, with the reason that everybody will read where it closes before its announced end."""
    vote = queries.vote_facts(cycle_id)
    ensure_now(BoardStep.CLOSE, vote.stage)
    early_reason = str(answers.get("early_reason") or "").strip()
    _ensure_closable(vote.closes_at, early_reason)
    return {"vote": vote.id.hex(), "early_reason": early_reason}


def close_vote(approval: Approval) -> Vote:
    """Let no further ballot in, once every cast in flight is done; the envelopes are then a closed set.

    Before the announced end (with its grace) it is refused without `early_reason`, which is shown to everybody.
    """
    with transaction():
        vote = locked_vote(approval.cycle_id)
        take(approval)
        _close(vote, approval.payload["early_reason"], approval)
    return vote


def ensure_due(step: BoardStep, stage: VoteStage) -> When:
    """NOW or DONE; any other time is a refusal that says which step comes first."""
    found = when(step, stage)
    ensure(found is not When.TOO_LATE, "too_late", _("This step is behind us: it cannot be done again."))
    waits_for = {
        BoardStep.OPEN: _("The ballot has to be fixed first."),
        BoardStep.CLOSE: _("This vote has not been opened."),
        BoardStep.RECONCILE: _("The vote has to be closed before its numbers are reconciled."),
        BoardStep.OPEN_ENVELOPES: _("The numbers have to be reconciled before the envelopes are opened."),
        BoardStep.COUNT: _("The envelopes have to be opened before the ballots are counted."),
        BoardStep.CERTIFY: _("The ballots have to be counted before the result is certified."),
        BoardStep.PUBLISH: _("The result has to be certified before it is declared final."),
        BoardStep.DESTROY: _("The result has to be final before the envelopes are destroyed."),
    }
    ensure(found is not When.TOO_EARLY, "too_early", waits_for[step])
    return found


def ensure_now(step: BoardStep, stage: VoteStage) -> None:
    """Refuse a step that is not due, or has been taken."""
    ensure(ensure_due(step, stage) is When.NOW, "done", _("This step has been taken already."))


def locked_vote(cycle_id: int) -> Vote:
    """The vote of a cycle as it is now, held until the transaction ends; refused where there is none."""
    query = sa.select(Vote).where(Vote.cycle_id == cycle_id).with_for_update()
    vote = db.session.scalar(query.execution_options(populate_existing=True))
    if vote is None:
        raise DomainError("not_fixed", _("The ballot has to be fixed first."))
    return vote


def _ensure_durable() -> None:
    if current_app.config.get("VOTE_ON_ANY_DATABASE"):
        return
    problems = durability_problems()
    why = ", ".join(problems)
    message = _("The database could lose a ballot in a power cut, so the vote stays shut: %(why)s", why=why)
    ensure(not problems, "not_durable", message)


def _ensure_clocks() -> None:
    problems = clock_sentences()
    message = _("The clocks cannot be believed, so the vote stays shut. %(why)s", why=" ".join(problems))
    ensure(not problems, "clock_wrong", message)


def _ensure_keys_work(vote: queries.VoteFacts) -> None:
    """Every key holder has shown that their key opens what is sealed to it; a key kept here is tried now."""
    message = _("The key that opens the ballots is missing or does not fit. A vote without it could never be counted.")
    if not trustees.holders(vote.cycle.id):
        public = queries.trustee_public_keys(vote.id)
        try:
            private = queries.trustee_private_keys(vote.id)
        except vault.MissingSecret as reason:
            raise DomainError("key_missing", message) from reason
        ensure(all(keys.fits(private[n], key) for n, key in enumerate(public, start=1)), "key_missing", message)
        return
    unchecked = [holder.holder for holder in queries.trustees(vote.id) if holder.checked_at is None]
    waits = _("These keys have not been checked yet: %(names)s", names=", ".join(unchecked))
    ensure(not unchecked, "key_unchecked", waits)


def _open(vote: Vote, cycle: CycleFacts, approval: Approval) -> None:
    ensure_now(BoardStep.OPEN, vote.stage)
    _ensure_its_day(vote.opens_at, vote.closes_at)
    roll.freeze(vote, cycle)
    for key in vote.keys:
        key.checked_at = key.checked_at or now()
    vote.stage = VoteStage.OPEN
    cycles.advance(cycle.id, Stage.VOTING, by=board_as_clerk(approval, cycle.neighborhood_id))
    publish(
        VoteOpened(
            actor_id=approval.id,
            cycle_id=cycle.id,
            vote_id=vote.id.hex(),
            roll_size=vote.roll_size or 0,
            roll_hash=vote.roll_hash or "",
        )
    )


def _ensure_its_day(opens_at: datetime, closes_at: datetime) -> None:
    moment = deadline_now()
    ensure(opens_at <= moment, "too_early", _("Voting was announced for later. It cannot open before."))
    ensure(moment < closes_at, "too_late", _("The voting days of this cycle are over."))


def _close(vote: Vote, early_reason: str, approval: Approval) -> None:
    ensure_now(BoardStep.CLOSE, vote.stage)
    is_early = _ensure_closable(vote.closes_at, early_reason)
    vote.early_close_reason = early_reason if is_early else None
    vote.stage = VoteStage.CLOSED
    neighborhood_id = cycle_facts(vote.cycle_id).neighborhood_id
    cycles.advance(vote.cycle_id, Stage.COUNTING, by=board_as_clerk(approval, neighborhood_id))
    publish(
        VoteClosed(
            actor_id=approval.id,
            cycle_id=vote.cycle_id,
            vote_id=vote.id.hex(),
            envelopes=queries.final_envelope_count(vote.id),
            was_early=is_early,
            early_reason=vote.early_close_reason,
        )
    )
    log.close_log(vote.id)


def _ensure_closable(closes_at: datetime, early_reason: str) -> bool:
    """Whether closing now is early; refused then without a reason."""
    is_early = deadline_now() < closes_at + GRACE
    message = _("The announced end has not come. To close all the same, give the reason that everybody will read.")
    ensure(bool(early_reason) or not is_early, "too_early", message, field="early_reason")
    return is_early
