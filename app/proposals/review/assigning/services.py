"""The verbs around a reviewer: take a proposal, give it to an officer, hand it on, declare an interest."""

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, ensure, ensure_standing
from app.core.events import publish
from app.cycles.queries import CycleFacts
from app.proposals.models import Proposal
from app.proposals.review.assigning import policies, queries, words
from app.proposals.review.assigning.events import InterestDeclared, ReviewerChanged
from app.proposals.review.assigning.models import Assignment, DeclaredInterest
from app.proposals.review.assigning.rules import LEAST_WORDS, Barred, Ending, why_barred, why_kept_away
from app.proposals.review.policies import is_officer
from app.proposals.rules import JUDGED, Stage, open_to_change
from app.proposals.second_looks.events import SecondLookAnswered
from app.proposals.second_looks.rules import Outcome
from app.proposals.services import opened


def take(proposal_id: int, *, by: Actor) -> None:
    """Become the reviewer of a proposal that has none; taking it twice changes nothing."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        ensure_standing(is_officer(by, cycle.neighborhood_id), _only_officers())
        bars = queries.bars(proposal.id, proposal.author_id)
        _refuse(why_barred(bars, by.id))
        _ensure_open(proposal, cycle)
        if bars.reviewer_id is None:
            _change(proposal, cycle, None, by.id, Ending.HANDED_ON, by)


def assign(proposal_id: int, officer_id: int | None, *, by: Actor) -> int:
    """Give a proposal to an officer who may judge it, or with None put it back for anybody to take; its id."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        bars = queries.bars(proposal.id, proposal.author_id)
        here, before = cycle.neighborhood_id, bars.reviewer_id
        ensure_standing(
            policies.may_hand_on(by, reviewer_id=before, neighborhood_id=here),
            _("Only a clerk of this neighborhood, or the officer who has it, says who reviews a proposal."),
        )
        _ensure_open(proposal, cycle)
        if officer_id == before:
            return proposal_id
        allowed = {each.id for each in queries.candidates(bars, here)}
        ensure(
            officer_id is None or officer_id in allowed,
            "kept_away",
            _("This officer cannot judge this proposal. Please choose another one."),
            field="officer",
        )
        _change(proposal, cycle, before, officer_id, Ending.HANDED_ON if officer_id else Ending.PUT_BACK, by)
    return proposal_id


def declare(proposal_id: int, interest: str, *, by: Actor) -> int:
    """Say in public what one has to do with a proposal, and keep away from it from now on; the id of the proposal."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        ensure_standing(is_officer(by, cycle.neighborhood_id), _only_officers())
        bars = queries.bars(proposal.id, proposal.author_id)
        kept_away = why_kept_away(bars, by.id)
        ensure(kept_away is None, "kept_away", _("You do not judge this proposal anyway."), field="interest")
        said = interest.strip()
        ensure(len(said) >= LEAST_WORDS, "no_words", _("Please say in a sentence what it is."), field="interest")
        _ensure_open(proposal, cycle)
        if bars.reviewer_id == by.id:
            _end(proposal.id, Ending.INTEREST)
        db.session.add(DeclaredInterest(proposal_id=proposal.id, officer_id=by.id, interest=said, declared_at=now()))
        publish(
            InterestDeclared(
                actor_id=by.id, proposal_id=proposal.id, cycle_id=cycle.id, officer_id=by.id, interest=said
            )
        )
    return proposal_id


def free_what_was_reopened(event: SecondLookAnswered) -> None:
    """Whoever turned it down does not have it any longer, so that another officer can take it."""
    if event.outcome is Outcome.REOPENED:
        _end(event.proposal_id, Ending.REOPENED)


def _change(
    proposal: Proposal, cycle: CycleFacts, before: int | None, after: int | None, ending: Ending, by: Actor
) -> None:
    _end(proposal.id, ending)
    if after is not None:
        db.session.add(Assignment(proposal_id=proposal.id, officer_id=after, assigned_by_id=by.id, assigned_at=now()))
    db.session.flush()
    publish(
        ReviewerChanged(actor_id=by.id, proposal_id=proposal.id, cycle_id=cycle.id, officer_id=after, before_id=before)
    )


def _end(proposal_id: int, ending: Ending) -> None:
    standing = sa.and_(Assignment.proposal_id == proposal_id, Assignment.ending.is_(None))
    db.session.execute(sa.update(Assignment).where(standing).values(ending=ending, ended_at=now()))


def _refuse(reason: Barred | None) -> None:
    if reason is Barred.ANOTHER_REVIEWER:
        raise DomainError(reason.value, str(words.BARRED[reason]))
    if reason is not None:
        raise NoStanding(reason.value, str(words.BARRED[reason]))


def _ensure_open(proposal: Proposal, cycle: CycleFacts) -> None:
    ensure(
        proposal.stage is Stage.SUBMITTED or proposal.stage in JUDGED,
        "stage",
        _("This proposal was withdrawn or joined into another, so there is nothing left to review."),
    )
    ensure(
        open_to_change(cycle.stage),
        "ballot_fixed",
        _("The ballot of this cycle is fixed, so there is nothing left to review."),
    )


def _only_officers() -> str:
    sentence: str = _("Only officers of this neighborhood review its proposals.")
    return sentence
