"""Telling people: listeners leave a message with the change that it is about, and the worker sends it later.

Sending is at least once: a worker killed between the mail server's yes and our note of it sends again. That gap is one
commit long, and the mail carries the same Message-ID, so that most readers see it once.
"""

from collections.abc import Mapping
from typing import Any

from app.accounts.events import PasswordSet, ResidenceDecided, SecondFactorEnrolled, SecondFactorReset
from app.core import mail
from app.core.addresses import address
from app.core.clock import now, today
from app.core.db import db, locked
from app.core.events import Event
from app.core.jobs import Lease, enqueue
from app.cycles.queries import facts as cycle_facts
from app.notifications.models import Message
from app.notifications.queries import (
    hearers,
    is_by_proposer,
    letter,
    proposers,
    supporters,
    who_was_answered,
    without_account,
)
from app.notifications.rules import LEAVING, MailKind, News, Part
from app.proposals.ballot_texts.events import BallotTextSettled, BallotTextWritten
from app.proposals.clashes.events import ClashFlagged
from app.proposals.coauthors.events import CoAuthorInvited
from app.proposals.coauthors.queries import invited
from app.proposals.discussion.events import CommentWritten
from app.proposals.events import ProposalSubmitted, ProposalWithdrawn
from app.proposals.hiding.events import PartHidden
from app.proposals.merging.events import MergeDeclined, MergeRequested, ProposalMerged
from app.proposals.names.events import WordsPutBack, WordsRemoved
from app.proposals.prices.events import PriceObjectionAnswered
from app.proposals.review.events import ProposalReviewed
from app.proposals.second_looks.events import SecondLookAnswered
from app.proposals.splitting.events import ProposalSplit, SplitDeclined, SplitRequested
from app.reports.events import EditionPublished
from app.reports.letters import queries as letters
from app.reports.rules import ReportKind
from app.taskforces.seats.offers.events import SeatOffered
from app.taskforces.signing import queries as signing
from app.taskforces.signing.escalating.events import CouncilAsked, CouncilDecided, CouncilLapsed
from app.taskforces.signing.events import AgreementProposed, SignaturesReminded
from app.taskforces.updates.drafts import queries as drafts
from app.taskforces.updates.drafts.events import UpdateHandedIn, UpdateSentBack
from app.voting.board import queries as boards
from app.voting.board.changes.events import MemberReplaced
from app.voting.board.events import ActRequested
from app.voting.results.events import ResultCertified

JOB = "notifications.send"
FOLLOWERS = "notifications.tell_followers"
AT_A_TIME = 500


def tell_proposal_received(event: ProposalSubmitted) -> None:
    """To the author: it is public and waits for review."""
    _leave(event.author_id, MailKind.PROPOSAL_RECEIVED, proposal_id=event.proposal_id, code=event.code)


def tell_proposal_reviewed(event: ProposalReviewed) -> None:
    """To the author: what the officer decided, and why."""
    _leave(event.author_id, MailKind.PROPOSAL_REVIEWED, proposal_id=event.proposal_id, review_id=event.review_id)


def tell_coauthor_asked(event: CoAuthorInvited) -> None:
    """To whoever has the address that was invited, if they have an account; a code is handed on by hand."""
    person_id = invited(event.invitation_id)
    if person_id is not None:
        _leave(person_id, MailKind.COAUTHOR_ASKED, invitation_id=event.invitation_id)


def tell_merge_asked(event: MergeRequested) -> None:
    """To the author of the other proposal: they are asked to take one in."""
    _leave(event.into_author_id, MailKind.MERGE_ASKED, request_id=event.request_id)


def tell_merge_answered(event: ProposalMerged | MergeDeclined) -> None:
    """To the author who asked, unless they answered themselves: what the other one said."""
    if event.author_id != event.actor_id:
        _leave(event.author_id, MailKind.MERGE_ANSWERED, request_id=event.request_id)


def tell_clash_flagged(event: ClashFlagged) -> None:
    """To both authors: only one of the two can be done, who says so and why."""
    for person_id in event.author_ids:
        _leave(person_id, MailKind.CLASH_FLAGGED, clash_id=event.clash_id)


def tell_words_judged(event: WordsPutBack | WordsRemoved) -> None:
    """To the author: what the office decided about words that may be about somebody else, without the words."""
    facts = {"proposal_id": event.proposal_id, "withheld_id": event.withheld_id}
    _leave(event.author_id, MailKind.WORDS_JUDGED, **facts)


def tell_part_hidden(event: PartHidden) -> None:
    """To the author: something of their proposal is hidden, and why."""
    _leave(event.author_id, MailKind.PART_HIDDEN, proposal_id=event.proposal_id, hiding_id=event.hiding_id)


def tell_split_asked(event: SplitRequested) -> None:
    """To the author: somebody asks to split their proposal."""
    _leave(event.author_id, MailKind.SPLIT_ASKED, request_id=event.request_id)


def tell_split_answered(event: ProposalSplit | SplitDeclined) -> None:
    """To whoever asked, unless it was the author: what the author said."""
    if event.asker_id != event.actor_id:
        _leave(event.asker_id, MailKind.SPLIT_ANSWERED, request_id=event.request_id)


def tell_supporters_of_split(event: ProposalSplit) -> None:
    """To everybody who supports it, but its author: it was split, and their support was not moved."""
    kind = MailKind.SPLIT_TOLD
    people = supporters(event.proposal_id, kind, but=event.actor_id)
    leave_all(kind, {person_id: {"request_id": event.request_id} for person_id in sorted(people)})


def tell_second_look_answered(event: SecondLookAnswered) -> None:
    """To the author: what another officer found when they looked again."""
    facts = {"proposal_id": event.proposal_id, "second_look_id": event.second_look_id}
    _leave(event.author_id, MailKind.SECOND_LOOK_ANSWERED, **facts)


def follow_review(event: ProposalReviewed) -> None:
    """To its followers: what the officer decided, and why."""
    _news(event.proposal_id, News.REVIEWED, event.actor_id, review_id=event.review_id)


def follow_second_look(event: SecondLookAnswered) -> None:
    """To its followers: what another officer found when they looked again."""
    _news(event.proposal_id, News.SECOND_LOOK, event.actor_id, second_look_id=event.second_look_id)


def follow_merge(event: ProposalMerged) -> None:
    """To its followers and supporters: it is part of another now, and nobody's support went with it."""
    _news(event.proposal_id, News.JOINED, event.actor_id, into_id=event.into_id)


def follow_withdrawal(event: ProposalWithdrawn) -> None:
    """To its followers and supporters: it is no more. A draft had neither."""
    _news(event.proposal_id, News.WITHDRAWN, event.actor_id)


def follow_answer(event: CommentWritten) -> None:
    """To its followers, and to whoever was answered: its author has answered a comment."""
    if event.parent_id is not None and is_by_proposer(event.comment_id):
        _news(event.proposal_id, News.ANSWERED, event.actor_id, comment_id=event.comment_id)


def follow_result(event: ResultCertified) -> None:
    """To the followers of everything that was on the ballot: whether it is funded."""
    if cycle_facts(event.cycle_id).is_imported:
        return
    funded = {option.proposal_id for option in event.funded}
    for proposal_id, _author_id in proposers(event.cycle_id):
        _news(proposal_id, News.FUNDED if proposal_id in funded else News.NOT_FUNDED, event.actor_id)


def tell_followers(lease: Lease) -> None:
    """The job: a message to each of those who follow a proposal (and, if it left, to those who support it).

    So many at a time, and then another job for the rest, so that nobody who writes waits long for this.
    """
    said = dict(lease.arguments)
    said.pop("after", None)
    proposal_id, but, kind = int(said["proposal_id"]), said.pop("actor_id", None), MailKind.FOLLOWED_NEWS
    with lease.finishing():
        people = dict.fromkeys(hearers(proposal_id, kind, but=but), Part.FOLLOWS)
        if News(said["news"]) in LEAVING:
            people |= dict.fromkeys(supporters(proposal_id, kind, but=but), Part.SUPPORTS)
        if "comment_id" in said:
            people |= dict.fromkeys(who_was_answered(said["comment_id"], kind), Part.COMMENTED)
        told = {person_id: said | {"part": part.value} for person_id, part in people.items()}
        leave_in_turn(FOLLOWERS, lease.arguments, kind, told)


def tell_ballot_text_written(event: BallotTextWritten) -> None:
    """To the author: somebody else wrote what the ballot will say, and it waits for their answer."""
    if not event.is_approved:
        facts = {"proposal_id": event.proposal_id, "text_id": event.text_id}
        _leave(event.author_id, MailKind.BALLOT_TEXT_WAITS, **facts)


def tell_ballot_text_settled(event: BallotTextSettled) -> None:
    """To the author: a clerk settled it because they did not answer."""
    facts = {"proposal_id": event.proposal_id, "text_id": event.text_id}
    _leave(event.author_id, MailKind.BALLOT_TEXT_SETTLED, **facts)


def tell_price_answered(event: PriceObjectionAnswered) -> None:
    """To whoever objected to a price: what an officer answered."""
    facts = {"proposal_id": event.proposal_id, "objection_id": event.objection_id}
    _leave(event.person_id, MailKind.PRICE_ANSWERED, **facts)


def tell_residence_decided(event: ResidenceDecided) -> None:
    """To the resident: whether they can vote. The note stays on their account page, out of the mail."""
    _leave(event.person_id, MailKind.RESIDENCE_DECIDED, neighborhood_id=event.neighborhood_id, verified=event.verified)


def tell_board_asked(event: ActRequested) -> None:
    """To everybody else whose agreement it takes: something waits for a second person."""
    facts = {"cycle_id": event.cycle_id, "action_id": event.action_id, "act": event.kind.value}
    for person_id in boards.who_agree(cycle_facts(event.cycle_id, drafts=True), event.kind):
        if person_id != event.actor_id:
            _leave(person_id, MailKind.BOARD_ASKED, **facts)


def tell_seat_offered(event: SeatOffered) -> None:
    """To whoever was nominated: a seat waits for their yes or no."""
    _leave(event.person_id, MailKind.SEAT_OFFERED, offer_id=event.offer_id)


def tell_agreement_waits(event: AgreementProposed | SignaturesReminded) -> None:
    """To everybody who may sign where nobody has, but whoever proposed it: the page has asked them already."""
    row, near = signing.agreement(event.agreement_id), isinstance(event, SignaturesReminded)
    for signer in signing.still_asked(row, today(row.time_zone)):
        if signer.person_id != event.actor_id:
            facts = {"agreement_id": row.id, "body": signer.task_force_id, "side": signer.side.value, "near": near}
            _leave(signer.person_id, MailKind.AGREEMENT_WAITS, **facts)


def tell_update_waits(event: UpdateHandedIn) -> None:
    """To both co-chairs, but for whoever handed it in: on its day it is public without them."""
    for person_id in sorted(drafts.chairs_of(event.project_id) - {event.actor_id}):
        _leave(person_id, MailKind.UPDATE_WAITS, draft_id=event.draft_id, is_back=False)


def tell_update_sent_back(event: UpdateSentBack) -> None:
    """To its writer: what should be better."""
    found = drafts.on_its_way(event.draft_id)
    if found is not None and found.writer_id != event.actor_id:
        _leave(found.writer_id, MailKind.UPDATE_WAITS, draft_id=event.draft_id, is_back=True)


def tell_council_news(event: CouncilAsked | CouncilDecided | CouncilLapsed) -> None:
    """To both sides: the council was asked to stand in for one of them, has decided, or has not by its last day."""
    row = signing.agreement(event.agreement_id)
    people = {signer.person_id for signer in signing.signers_of(row, today(row.time_zone))} - {event.actor_id}
    leave_all(MailKind.COUNCIL_NEWS, {person_id: {"agreement_id": row.id} for person_id in sorted(people)})


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


def tell_letter_ready(event: EditionPublished) -> None:
    """To the proposer: a letter about their proposal is there."""
    if event.kind is ReportKind.LETTER:
        row = letters.find(event.edition_id)
        facts = {"proposal_id": row.proposal_id, "edition_id": event.edition_id}
        _leave(row.author_id, MailKind.LETTER_READY, **facts)


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
            stop=address("mail_choices.stop", token=written.stop) if written.stop else None,
            attached=written.attached,
        )
    with lease.finishing():
        message = locked(Message, message_id)
        if message is not None and written is not None:
            message.sent_at = now()


def leave_all(kind: MailKind, told: Mapping[int, Mapping[str, Any]]) -> None:
    """Leave a message to each of these people, with the facts of each; joins the transaction of what it is about.

    None is left for whoever has no account: a proposal of theirs came on paper."""
    moment, nobody = now(), without_account(told)
    heard = {id_: facts for id_, facts in told.items() if id_ not in nobody}
    rows = [Message(person_id=id_, kind=kind, facts=dict(facts), written_at=moment) for id_, facts in heard.items()]
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:
        enqueue(JOB, message_id=row.id)


def leave_in_turn(
    job: str, arguments: Mapping[str, Any], kind: MailKind, told: Mapping[int, Mapping[str, Any]]
) -> None:
    """The same for a crowd, inside the job of that kind: to so many at a time, and another such job for the rest.

    Its arguments are those of the first one, and `after` whom it goes on."""
    rest = sorted(person_id for person_id in told if person_id > int(arguments.get("after", 0)))
    leave_all(kind, {person_id: told[person_id] for person_id in rest[:AT_A_TIME]})
    if len(rest) > AT_A_TIME:
        enqueue(job, **{**arguments, "after": rest[AT_A_TIME - 1]})


def _leave(person_id: int, kind: MailKind, **facts: Any) -> None:
    leave_all(kind, {person_id: facts})


def _news(proposal_id: int, news: News, actor_id: int | None, **more: int) -> None:
    """Leave it to the worker to find who follows: there may be thousands, and no page waits for them."""
    by = {"actor_id": actor_id} if actor_id is not None else {}
    enqueue(FOLLOWERS, proposal_id=proposal_id, news=news.value, **by, **more)


_CHANGES: dict[type[Event], str] = {
    PasswordSet: "password",
    SecondFactorEnrolled: "connected",
    SecondFactorReset: "reset",
}
