"""What a message says: its facts are ids, and the words are looked up when it is sent."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person
from app.accounts.rules import NOWHERE
from app.core.db import db
from app.core.mail import Attachment
from app.core.moments import moment
from app.cycles.models import Cycle
from app.cycles.queries import facts as cycle_facts
from app.notifications.choices import queries as choices
from app.notifications.choices.rules import TOPIC_OF
from app.notifications.deadlines import queries as deadlines
from app.notifications.delivery import queries as delivery
from app.notifications.drafts import queries as open_drafts
from app.notifications.meetings import queries as meetings
from app.notifications.models import Message
from app.notifications.nominations import queries as nominations
from app.notifications.rules import MailKind, News
from app.notifications.works import queries as works
from app.places.models import Neighborhood
from app.proposals.ballot_texts.models import BallotText
from app.proposals.ballot_texts.rules import silent_from
from app.proposals.clashes.queries import clash
from app.proposals.coauthors.queries import invitation
from app.proposals.discussion.models import Comment
from app.proposals.follows import queries as follows
from app.proposals.hiding.queries import trace as hidden_trace
from app.proposals.merging.models import MergeRequest
from app.proposals.models import Proposal
from app.proposals.names.models import WithheldWords
from app.proposals.prices.queries import objection
from app.proposals.review.models import Review
from app.proposals.rules import Stage
from app.proposals.second_looks.queries import find as second_look
from app.proposals.splitting.models import SplitRequest
from app.taskforces.seats.offers import queries as seat_offers
from app.taskforces.seats.rules import Side
from app.taskforces.seats.words import KINDS, SIDES
from app.taskforces.signing import queries as signing
from app.taskforces.signing import words as signing_words
from app.taskforces.signing.escalating import queries as council
from app.taskforces.updates.drafts import queries as drafts
from app.taskforces.updates.drafts.rules import DraftStage
from app.voting.board import words as board_words
from app.voting.board.changes import queries as board_changes
from app.voting.board.rules import ActKind


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message with everything its template needs."""

    kind: MailKind
    written_at: datetime
    email: str
    locale: str
    stop: str | None
    """The token of the link that ends mail of its topic; None where that cannot be ended."""
    facts: Mapping[str, Any]
    attached: tuple[Attachment, ...] = ()


def letter(message_id: int) -> Letter | None:
    """The message as it is to be sent; None if it was sent, its reader is gone or wants none, or it is overtaken."""
    query = sa.select(Message, Person).join(Person, Person.id == Message.person_id)
    found = db.session.execute(query.where(Message.id == message_id, Message.sent_at.is_(None), Person.active)).first()
    if found is None or not choices.wanting([found.Person.id], found.Message.kind):
        return None
    message, person = found
    told, topic = _WORDS[message.kind](message.facts), TOPIC_OF[message.kind]
    if told is None:
        return None
    return Letter(
        kind=message.kind,
        written_at=message.written_at,
        email=person.email,
        locale=person.locale,
        stop=choices.token_for(person.id, topic) if topic is not None else None,
        facts={"name": person.public_name, **told},
        attached=meetings.attached(message.facts) if message.kind in meetings.KINDS else (),
    )


def proposers(cycle_id: int) -> list[tuple[int, int]]:
    """Every proposal that was on the ballot of a cycle with its author: (proposal id, person id)."""
    balloted = (Stage.ON_BALLOT, Stage.FUNDED, Stage.NOT_FUNDED)
    query = sa.select(Proposal.id, Proposal.author_id).where(
        Proposal.cycle_id == cycle_id, Proposal.stage.in_(balloted)
    )
    return [(row.id, row.author_id) for row in db.session.execute(query.order_by(Proposal.id))]


def hearers(proposal_id: int, kind: MailKind, *, but: int | None) -> set[int]:
    """The followers of a proposal who want mail of a kind; never its author, who hears by themselves, nor `but`."""
    return choices.wanting(follows.followers(proposal_id) - _set_apart(proposal_id, but), kind)


def supporters(proposal_id: int, kind: MailKind, *, but: int | None) -> set[int]:
    """The same of those who support it."""
    return choices.wanting(follows.supporters(proposal_id) - _set_apart(proposal_id, but), kind)


def is_by_proposer(comment_id: int) -> bool:
    """Whether a comment was written by the author of the proposal it is about."""
    query = sa.select(Comment.id).join(Proposal, Proposal.id == Comment.proposal_id)
    return bool(db.session.scalar(query.where(Comment.id == comment_id, Comment.author_id == Proposal.author_id)))


def who_was_answered(comment_id: int, kind: MailKind) -> set[int]:
    """Who wrote what an answer answers, if they want mail of a kind and did not answer themselves."""
    asked = sa.orm.aliased(Comment)
    query = sa.select(Person.id).join(asked, asked.author_id == Person.id).join(Comment, Comment.parent_id == asked.id)
    query = query.where(Comment.id == comment_id, Person.active, Person.id != Comment.author_id)
    return choices.wanting(set(db.session.scalars(query)), kind)


def without_account(people: Collection[int]) -> set[int]:
    """Those among `people` who have no account and so no address: they handed a proposal in on paper."""
    nowhere = sa.not_(Person.active), Person.email.endswith(NOWHERE, autoescape=True)
    return set(db.session.scalars(sa.select(Person.id).where(Person.id.in_(people), *nowhere))) if people else set()


def _set_apart(proposal_id: int, but: int | None) -> set[int]:
    author_id = db.session.scalars(sa.select(Proposal.author_id).where(Proposal.id == proposal_id)).one()
    return {author_id} | ({but} if but is not None else set())


def _proposal(facts: Mapping[str, Any]) -> dict[str, Any]:
    query = sa.select(Proposal.title, Proposal.stage, Cycle.name).join(Cycle, Cycle.id == Proposal.cycle_id)
    title, stage, cycle = db.session.execute(query.where(Proposal.id == facts["proposal_id"])).one()
    return {**facts, "title": title, "stage": stage, "cycle": cycle}


def _review(facts: Mapping[str, Any]) -> dict[str, Any]:
    query = sa.select(Review.decision, Review.explanation).where(Review.id == facts["review_id"])
    decision, explanation = db.session.execute(query).one()
    return {**_proposal(facts), "decision": str(decision), "explanation": explanation}


def _merge(facts: Mapping[str, Any]) -> dict[str, Any]:
    row = db.session.get_one(MergeRequest, facts["request_id"])
    told = {"title": row.proposal.title, "into_title": row.into.title, "author": row.proposal.author.public_name}
    return {**facts, **told, "message": row.message, "answer": row.answer, "ending": str(row.ending)}


def _clash(facts: Mapping[str, Any]) -> dict[str, Any]:
    found = clash(facts["clash_id"])
    return {**facts, "one": found.first, "other": found.second, "reason": found.reason, "officer": found.officer}


def _part_hidden(facts: Mapping[str, Any]) -> dict[str, Any]:
    found = hidden_trace(facts["hiding_id"])
    return {**_proposal(facts), "part": str(found.part), "reason": found.reason, "officer": found.by}


def _words_judged(facts: Mapping[str, Any]) -> dict[str, Any]:
    row = db.session.get_one(WithheldWords, facts["withheld_id"])
    told = {"mark": row.mark, "ending": str(row.ending), "reason": row.reason or ""}
    return {**_proposal(facts), **told, "officer": row.ended_by.public_name if row.ended_by else ""}


def _coauthor(facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """Who asks and for what, while the invitation is open."""
    asked = invitation(facts["invitation_id"])
    return {**facts, "asked_by": asked.asked_by, "title": asked.title, "code": asked.code} if asked.is_open else None


def _split(facts: Mapping[str, Any]) -> dict[str, Any]:
    row = db.session.get_one(SplitRequest, facts["request_id"])
    told = {"asker": row.asker.public_name, "message": row.message, "answer": row.answer, "ending": str(row.ending)}
    parts = [part.proposal for part in row.parts if part.proposal is not None]
    return {**facts, **told, "proposal_id": row.proposal_id, "title": row.proposal.title, "parts": parts}


def _second_look(facts: Mapping[str, Any]) -> dict[str, Any]:
    look = second_look(facts["second_look_id"])
    return {**_proposal(facts), "outcome": str(look.outcome), "answer": look.answer}


def _followed(facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """What became of a proposal; of one that was withdrawn since, nothing else is told any more."""
    told = _proposal(facts)
    news = News(facts["news"])
    if told["stage"] is Stage.WITHDRAWN and news is not News.WITHDRAWN:
        return None
    if news is News.REVIEWED:
        return told | _review(facts)
    if news is News.SECOND_LOOK:
        return told | _second_look(facts)
    if news is News.JOINED:
        into = db.session.scalars(sa.select(Proposal.title).where(Proposal.id == facts["into_id"])).one()
        return told | {"into_title": into}
    return told


def _ballot_text(facts: Mapping[str, Any]) -> dict[str, Any]:
    row = db.session.get_one(BallotText, facts["text_id"])
    cycle = cycle_facts(row.proposal.cycle_id, drafts=True)
    answers_until = cycle.plan.texts_until if cycle.plan else None
    until = moment(silent_from(row.written_at, answers_until), cycle.time_zone) if answers_until else ""
    return {**_proposal(facts), "text": row.text, "reason": row.reason, "until": until}


def _price(facts: Mapping[str, Any]) -> dict[str, Any]:
    found = objection(facts["objection_id"])
    return {**_proposal(facts), "outcome": str(found.outcome), "answer": found.answer}


def _residence(facts: Mapping[str, Any]) -> dict[str, Any]:
    query = sa.select(Neighborhood.name).where(Neighborhood.id == facts["neighborhood_id"])
    return {**facts, "neighborhood": db.session.scalars(query).one()}


def _board(facts: Mapping[str, Any]) -> dict[str, Any]:
    cycle = cycle_facts(facts["cycle_id"], drafts=True)
    act = board_words.ACTS[ActKind(facts["act"])]
    return {**facts, "cycle": cycle.name, "is_imported": cycle.is_imported, "act": act}


def _seat(facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """The seat that is offered, while nobody has answered."""
    asked = seat_offers.offer(facts["offer_id"])
    if asked.ending is not None:
        return None
    told = {"kind_name": KINDS[asked.kind], "side_name": SIDES[asked.side], "task_force": asked.task_force}
    return {**facts, **told, "organization": asked.nominated_by}


def _agreement(facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """What waits for a side's signature, while it does."""
    row, side = signing.agreement(facts["agreement_id"]), Side(facts["side"])
    if row.ending is not None or not any(p.side is side and p.task_force_id == facts["body"] for p in row.missing):
        return None
    told = {"what": signing_words.MATTERS[row.kind], "about": row.project_title or row.task_force}
    return {**facts, **told, "proposer": row.proposer, "due_on": row.due_on, "side_name": SIDES[side]}


def _update(facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """A draft of an update that waits for a co-chair, or that is back with its writer, while it is."""
    found = drafts.on_its_way(facts["draft_id"])
    if found is None or facts["is_back"] == (found.stage is DraftStage.WAITING):
        return None
    told = {"about": found.project_title, "project_id": found.project_id, "due_on": found.due_on, "note": found.note}
    return {**facts, **told, "said": found.what_changed}


def _council(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What was taken to the council, and what it has decided by now, or that it has not."""
    row, asked = signing.agreement(facts["agreement_id"]), council.of_agreement(facts["agreement_id"])
    assert asked is not None  # never deleted
    told = {"what": signing_words.MATTERS[row.kind], "about": row.project_title or row.task_force}
    outcome = signing_words.OUTCOMES[asked.outcome] if asked.outcome else None
    lapsed_on = asked.due_on if asked.lapsed_at else None
    told |= {"asked_by": asked.asked_by, "reason": asked.reason, "outcome": outcome, "lapsed_on": lapsed_on}
    return {**facts, **told, "due_on": asked.due_on}


def _council_waits(facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same for a clerk, while it waits for the council."""
    return _council(facts) if signing.agreement(facts["agreement_id"]).is_before_council else None


def _board_change(facts: Mapping[str, Any]) -> dict[str, Any]:
    cycle = db.session.scalars(sa.select(Cycle.name).where(Cycle.id == facts["cycle_id"])).one()
    change = next(each for each in board_changes.changes(facts["cycle_id"]) if each.number == facts["number"])
    return {**facts, "cycle": cycle, "leaver": change.leaver, "joiner": change.joiner, "reason": change.reason}


_WORDS: dict[MailKind, Callable[[Mapping[str, Any]], dict[str, Any] | None]] = {
    MailKind.AGREEMENT_WAITS: _agreement,
    MailKind.BALLOT_TEXT_SETTLED: _ballot_text,
    MailKind.BALLOT_TEXT_WAITS: _ballot_text,
    MailKind.BOARD_ASKED: _board,
    MailKind.BOARD_CHANGED: _board_change,
    MailKind.CLASH_FLAGGED: _clash,
    MailKind.COAUTHOR_ASKED: _coauthor,
    MailKind.COUNCIL_NEWS: _council,
    MailKind.COUNCIL_WAITS: _council_waits,
    MailKind.DEADLINE_COMING: deadlines.letter,
    MailKind.DRAFT_ANSWERED: open_drafts.answered,
    MailKind.DRAFT_OPEN: open_drafts.lies_open,
    MailKind.FOLLOWED_NEWS: _followed,
    MailKind.LETTER_READY: _proposal,
    MailKind.MEETING_FOLLOWED: meetings.letter,
    MailKind.MEETING_SEATED: meetings.letter,
    MailKind.MERGE_ANSWERED: _merge,
    MailKind.MERGE_ASKED: _merge,
    MailKind.NOMINATION_ANSWERED: nominations.answered,
    MailKind.PART_HIDDEN: _part_hidden,
    MailKind.PRICE_ANSWERED: _price,
    MailKind.PROPOSAL_RECEIVED: _proposal,
    MailKind.PROPOSAL_REVIEWED: _review,
    MailKind.RESIDENCE_DECIDED: _residence,
    MailKind.RESULT_CERTIFIED: _proposal,
    MailKind.SEAT_OFFERED: _seat,
    MailKind.SECOND_LOOK_ANSWERED: _second_look,
    MailKind.SETBACK_REPORTED: delivery.reported,
    MailKind.SIGN_IN_CHANGED: dict,
    MailKind.SLIP_NOTICED: delivery.slipped,
    MailKind.SOMEBODY_NOMINATED: nominations.made,
    MailKind.SPLIT_ANSWERED: _split,
    MailKind.SPLIT_ASKED: _split,
    MailKind.SPLIT_TOLD: _split,
    MailKind.UPDATE_WAITS: _update,
    MailKind.WORDS_JUDGED: _words_judged,
    MailKind.WORKS_ASKED: works.asked,
}
