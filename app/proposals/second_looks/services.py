"""The two verbs of a second look: its author asks, another officer answers."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure_standing
from app.core.events import publish
from app.cycles.queries import CycleFacts
from app.proposals.coauthors import queries as coauthors
from app.proposals.models import Proposal
from app.proposals.review import policies
from app.proposals.review.assigning import queries as assigning
from app.proposals.review.assigning import words as assigning_words
from app.proposals.review.assigning.rules import why_kept_away
from app.proposals.review.models import PreparedFinding, Review
from app.proposals.rules import Stage, open_to_change
from app.proposals.second_looks import words
from app.proposals.second_looks.events import SecondLookAnswered, SecondLookAsked
from app.proposals.second_looks.models import SecondLook
from app.proposals.second_looks.rules import Outcome, WhyNotAnswer, why_not_answer, why_not_ask
from app.proposals.services import opened


@dataclass(frozen=True, kw_only=True)
class AnswerSecondLook:
    """What another officer found, with the reason for everybody to read."""

    outcome: Outcome
    answer: str


def ask(proposal_id: int, text: str, *, by: Actor) -> SecondLook:
    """Ask for a second look at the newest finding about one's own proposal."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        ensure_standing(proposal.author_id == by.id, _("Only its author can ask for a second look."))
        review = _newest_review(proposal_id)
        reason = why_not_ask(
            proposal.stage,
            decided_at=review.decided_at if review else None,
            asked_before=review is not None and _is_asked(review.id),
            is_open=open_to_change(cycle.stage),
            now=now(),
        )
        if reason is not None or review is None:
            raise DomainError(str(reason), str(words.NOT_ASKED[reason]) if reason else "")
        row = SecondLook(
            review_id=review.id,
            proposal_id=proposal.id,
            author_id=by.id,
            decided_by_id=review.officer_id,
            asked=text,
            asked_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            SecondLookAsked(
                actor_id=by.id,
                second_look_id=row.id,
                proposal_id=proposal.id,
                cycle_id=cycle.id,
                review_id=review.id,
                asked=text,
            )
        )
    return row


def answer(second_look_id: int, command: AnswerSecondLook, *, by: Actor) -> SecondLook:
    """Look again as another officer: the finding stands, or the proposal goes back among what officers review."""
    found = db.session.get(SecondLook, second_look_id)
    if found is None:
        raise NotFound
    with transaction():
        proposal, cycle = opened(found.proposal_id, by)
        row = locked(SecondLook, second_look_id)
        assert row is not None
        _ensure_may_answer(row, proposal, cycle, by)
        row.outcome, row.answer, row.officer_id, row.answered_at = command.outcome, command.answer, by.id, now()
        if command.outcome is Outcome.REOPENED:
            proposal.stage = Stage.SUBMITTED
        publish(
            SecondLookAnswered(
                actor_id=by.id,
                second_look_id=row.id,
                proposal_id=proposal.id,
                cycle_id=cycle.id,
                author_id=proposal.author_id,
                outcome=command.outcome,
                answer=command.answer,
            )
        )
    return row


def _newest_review(proposal_id: int) -> Review | None:
    query = sa.select(Review).where(Review.proposal_id == proposal_id).order_by(Review.id.desc()).limit(1)
    return db.session.scalars(query).first()


def _is_asked(review_id: int) -> bool:
    return db.session.scalar(sa.select(SecondLook.id).where(SecondLook.review_id == review_id)) is not None


def _ensure_may_answer(row: SecondLook, proposal: Proposal, cycle: CycleFacts, by: Actor) -> None:
    facts = {"author_id": proposal.author_id, "neighborhood_id": cycle.neighborhood_id}
    ensure_standing(
        policies.may_review(by, **facts, co_authors=coauthors.ids_of(proposal.id)),
        _("Only another officer of this neighborhood looks again."),
    )
    kept_away = why_kept_away(assigning.bars(proposal.id, proposal.author_id), by.id)
    if kept_away is not None:
        ensure_standing(False, str(assigning_words.BARRED[kept_away]))
    agreed_by_id = db.session.scalar(
        sa.select(PreparedFinding.agreed_by_id).where(PreparedFinding.review_id == row.review_id)
    )
    reason = why_not_answer(
        proposal.stage,
        is_answered=row.outcome is not None,
        is_judge=by.id in (row.decided_by_id, agreed_by_id),
        is_open=open_to_change(cycle.stage),
    )
    if reason is WhyNotAnswer.SAME_OFFICER:
        ensure_standing(False, str(words.NOT_ANSWERED[reason]))
    if reason is not None:
        raise DomainError(reason.value, str(words.NOT_ANSWERED[reason]))
