"""Telling people: listeners leave a message with the change that it is about, and the worker sends it later.

Sending is at least once: a worker killed between the mail server's yes and our note of it sends again. That gap is one
commit long, and the mail carries the same Message-ID, so that most readers see it once.
"""

from typing import Any

from app.accounts.events import PasswordSet, ResidenceDecided, SecondFactorEnrolled, SecondFactorReset
from app.core import mail
from app.core.clock import now
from app.core.db import db, locked
from app.core.events import Event
from app.core.jobs import Lease, enqueue
from app.cycles.queries import facts as cycle_facts
from app.notifications.models import Message
from app.notifications.queries import letter, proposers
from app.notifications.rules import MailKind
from app.proposals.events import ProposalSubmitted
from app.proposals.merging.events import MergeDeclined, MergeRequested, ProposalMerged
from app.proposals.review.events import ProposalReviewed
from app.proposals.second_looks.events import SecondLookAnswered
from app.voting.board import queries as boards
from app.voting.board.changes.events import MemberReplaced
from app.voting.board.events import ActRequested
from app.voting.results.events import ResultCertified

JOB = "notifications.send"


def tell_proposal_received(event: ProposalSubmitted) -> None:
    """To the author: it is public and waits for review."""
    _leave(event.author_id, MailKind.PROPOSAL_RECEIVED, proposal_id=event.proposal_id, code=event.code)


def tell_proposal_reviewed(event: ProposalReviewed) -> None:
    """To the author: what the officer decided, and why."""
    _leave(event.author_id, MailKind.PROPOSAL_REVIEWED, proposal_id=event.proposal_id, review_id=event.review_id)


def tell_merge_asked(event: MergeRequested) -> None:
    """To the author of the other proposal: they are asked to take one in."""
    _leave(event.into_author_id, MailKind.MERGE_ASKED, request_id=event.request_id)


def tell_merge_answered(event: ProposalMerged | MergeDeclined) -> None:
    """To the author who asked, unless they answered themselves: what the other one said."""
    if event.author_id != event.actor_id:
        _leave(event.author_id, MailKind.MERGE_ANSWERED, request_id=event.request_id)


def tell_second_look_answered(event: SecondLookAnswered) -> None:
    """To the author: what another officer found when they looked again."""
    facts = {"proposal_id": event.proposal_id, "second_look_id": event.second_look_id}
    _leave(event.author_id, MailKind.SECOND_LOOK_ANSWERED, **facts)


def tell_residence_decided(event: ResidenceDecided) -> None:
    """To the resident: whether they can vote. The note stays on their account page, out of the mail."""
    _leave(event.person_id, MailKind.RESIDENCE_DECIDED, neighborhood_id=event.neighborhood_id, verified=event.verified)


def tell_board_asked(event: ActRequested) -> None:
    """To everybody else whose agreement it takes: something waits for a second person."""
    facts = {"cycle_id": event.cycle_id, "action_id": event.action_id, "act": event.kind.value}
    for person_id in boards.who_agree(cycle_facts(event.cycle_id, drafts=True), event.kind):
        if person_id != event.actor_id:
            _leave(person_id, MailKind.BOARD_ASKED, **facts)


def tell_board_changed(event: MemberReplaced) -> None:
    """To all who watch or run the vote, and to whoever left: who sits on its board now."""
    people = {member.person_id for member in boards.members(event.cycle_id)} | {event.leaver_id}
    for person_id in sorted(people - {event.actor_id}):
        _leave(person_id, MailKind.BOARD_CHANGED, cycle_id=event.cycle_id, number=event.number)


def tell_result_certified(event: ResultCertified) -> None:
    """To everybody who had a proposal on the ballot: whether it is funded. Nobody here proposed an imported one."""
    if cycle_facts(event.cycle_id).is_imported:
        return
    funded = {option.proposal_id for option in event.funded}
    for proposal_id, author_id in proposers(event.cycle_id):
        facts = {"proposal_id": proposal_id, "cycle_id": event.cycle_id, "funded": proposal_id in funded}
        _leave(author_id, MailKind.RESULT_CERTIFIED, **facts)


def tell_sign_in_changed(event: PasswordSet | SecondFactorEnrolled | SecondFactorReset) -> None:
    """To the member of staff: how they sign in has changed, in case it was not them."""
    _leave(event.person_id, MailKind.SIGN_IN_CHANGED, what=_CHANGES[type(event)])


def send(lease: Lease) -> None:
    """The job: send one message and note that it was sent."""
    message_id = int(lease.arguments["message_id"])
    written = letter(message_id)
    if written is not None:
        mail.send(
            written.kind,
            to=written.email,
            locale=written.locale,
            facts=written.facts,
            message_id=f"message-{message_id}-{written.written_at:%Y%m%d%H%M%S}",
        )
    with lease.finishing():
        message = locked(Message, message_id)
        if message is not None and written is not None:
            message.sent_at = now()


def _leave(person_id: int, kind: MailKind, **facts: Any) -> None:
    message = Message(person_id=person_id, kind=kind, facts=facts, written_at=now())
    db.session.add(message)
    db.session.flush()
    enqueue(JOB, message_id=message.id)


_CHANGES: dict[type[Event], str] = {
    PasswordSet: "password",
    SecondFactorEnrolled: "connected",
    SecondFactorReset: "reset",
}
