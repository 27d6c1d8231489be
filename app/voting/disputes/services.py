"""Reporting that somebody voted in another's place, and settling it with the agreement of two members of the board.

Where they void, the envelopes are destroyed unread and the voter stands on the roll as before: they can vote anew or on
paper. The leaves stay in the public log, marked, so that its sums are still right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person
from app.core import mail
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.jobs import Lease, enqueue
from app.core.once import once
from app.cycles.models import Cycle
from app.voting import queries as votes
from app.voting.board.rules import Approval
from app.voting.board.services import take
from app.voting.disputes import policies, queries, words
from app.voting.disputes.events import DisputeDecided, VoteDisputed
from app.voting.disputes.models import Dispute, VoidedLeaf
from app.voting.disputes.queries import Standing
from app.voting.disputes.rules import ANSWERED_WITHIN, TAKES_REPORTS, DisputeStage, channel_after_voiding, why_not_void
from app.voting.models import Envelope, RollEntry, Vote
from app.voting.notices.models import CastNotice
from app.voting.services import locked_vote

TELL = "disputes.tell"
MAIL = "dispute_answered"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What somebody says has happened; `reference` names the voter where a clerk writes it down for them."""

    text: str
    key: str
    reference: str | None = None


def report(cycle_id: int, command: Report, *, by: Actor) -> int:
    """Report that a vote in one's name is not one's own, or a clerk for somebody at the desk; returns its number.

    While an earlier report about the same line waits, that one is meant.
    """
    return once(command.key, lambda: _reported(cycle_id, command, by))


def to_decide(cycle_id: int, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The report as it stands, how often its voter has cast, and the answer; refused where nothing can be voided."""
    row = _find(cycle_id, int(answers["number"]))
    ensure(row.stage is DisputeStage.REPORTED, "settled", _("This report has been answered already."))
    ending = DisputeStage(answers["ending"])
    entry, stage = row.entry, _vote(cycle_id).stage
    if ending is DisputeStage.VOIDED:
        reason = why_not_void(stage, entry.channel, entry.revision)
        ensure(reason is None, reason.value if reason else "", words.why_not(reason) if reason else "")
    answer = str(answers.get("answer") or "").strip()
    ensure(len(answer) >= 10, "no_answer", _("They will read the answer. Write at least a sentence."), field="answer")
    came = f"{entry.channel.value} {entry.revision}"
    return {"number": row.number, "text": row.text, "ending": ending.value, "answer": answer, "came_in": came}


def decide(approval: Approval) -> Dispute:
    """Answer a report; where its envelopes are void, they are destroyed and the voter can vote again."""
    asked = approval.payload
    with transaction():
        vote = locked_vote(approval.cycle_id)
        row = _find(approval.cycle_id, asked["number"])
        entry = locked(RollEntry, row.roll_entry_id)
        take(approval)
        assert entry is not None
        row.stage, row.answer, row.decided_at = DisputeStage(asked["ending"]), asked["answer"], now()
        voided = _void(vote, entry) if row.stage is DisputeStage.VOIDED else 0
        publish(
            DisputeDecided(
                actor_id=approval.id,
                cycle_id=approval.cycle_id,
                dispute_id=row.id,
                stage=row.stage,
                envelopes_voided=voided,
                answer=asked["answer"],
            )
        )
        enqueue(TELL, dispute_id=row.id)
    return row


def tell(lease: Lease) -> None:
    """The job: mail the answer to the voter; somebody without an account is told by the clerk they came to."""
    row = db.session.get_one(Dispute, int(lease.arguments["dispute_id"]))
    reader = db.session.get(Person, row.reporter_id if row.entry.person_id is None else row.entry.person_id)
    if reader is not None and reader.active:
        cycle = db.session.get_one(Cycle, row.cycle_id)
        facts = {
            "name": reader.public_name,
            "cycle": cycle.name,
            "cycle_id": cycle.id,
            "answer": row.answer,
            "voided": row.stage is DisputeStage.VOIDED,
        }
        mail.send(MAIL, to=reader.email, locale=reader.locale, facts=facts, message_id=f"dispute-{row.id}")
    with lease.finishing():
        pass


def _reported(cycle_id: int, command: Report, by: Actor) -> int:
    vote = votes.vote_facts(cycle_id)
    closed = _("Reports are taken while a vote is open, and until its envelopes are opened.")
    ensure(vote.stage in TAKES_REPORTS, "not_now", closed)
    standing = _standing(vote, command, by)
    locked_vote(cycle_id)
    waits = sa.select(Dispute.number).where(
        Dispute.roll_entry_id == standing.entry_id, Dispute.stage == DisputeStage.REPORTED
    )
    number = db.session.scalar(waits)
    return number if number is not None else _new(cycle_id, standing, command, by)


def _standing(vote: votes.VoteFacts, command: Report, by: Actor) -> Standing:
    if command.reference is None:
        own = queries.standing_of(vote.id, by.id)
        ensure(own is not None, "not_on_roll", _("You are not on the roll of this vote, so nobody can vote as you."))
        assert own is not None
        return own
    message = _("Only a clerk of this neighborhood writes down what somebody reports.")
    ensure_standing(policies.may_take_down(by, vote.cycle.neighborhood_id), message)
    found = queries.standing_by_reference(vote.id, command.reference)
    ensure(found is not None, "not_found", _("Nobody on this roll has that address or reference."), field="reference")
    assert found is not None
    return found


def _new(cycle_id: int, standing: Standing, command: Report, by: Actor) -> int:
    last = db.session.scalar(sa.select(sa.func.max(Dispute.number)).where(Dispute.cycle_id == cycle_id)) or 0
    moment = now()
    row = Dispute(
        cycle_id=cycle_id,
        number=last + 1,
        roll_entry_id=standing.entry_id,
        reporter_id=by.id,
        at_desk=command.reference is not None,
        text=command.text,
        stage=DisputeStage.REPORTED,
        reported_at=moment,
        due_at=moment + ANSWERED_WITHIN,
    )
    db.session.add(row)
    db.session.flush()
    publish(
        VoteDisputed(actor_id=by.id, cycle_id=cycle_id, dispute_id=row.id, at_desk=row.at_desk, text=command.text)
    )
    return row.number


def _void(vote: Vote, entry: RollEntry) -> int:
    """Destroy somebody's envelopes and let them stand on the roll as if none had come; how many there were."""
    leaves = list(db.session.scalars(sa.select(Envelope.leaf).where(Envelope.roll_entry_id == entry.id)))
    db.session.add_all(VoidedLeaf(leaf=leaf, vote_id=vote.id) for leaf in sorted(leaves))
    db.session.execute(sa.delete(Envelope).where(Envelope.roll_entry_id == entry.id))
    db.session.execute(sa.delete(CastNotice).where(CastNotice.roll_entry_id == entry.id))
    entry.channel, entry.revision = channel_after_voiding(entry.channel), 0
    return len(leaves)


def _find(cycle_id: int, number: int) -> Dispute:
    row = db.session.scalar(sa.select(Dispute).where(Dispute.cycle_id == cycle_id, Dispute.number == number))
    if row is None:
        raise NotFound
    return row


def _vote(cycle_id: int) -> votes.VoteFacts:
    return votes.vote_facts(cycle_id)
