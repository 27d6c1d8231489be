"""The two verbs of the prices phase: a resident objects, an officer answers."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure_standing
from app.core.events import publish
from app.proposals.coauthors import queries as coauthors
from app.proposals.prices import policies, queries, words
from app.proposals.prices.events import PriceObjected, PriceObjectionAnswered
from app.proposals.prices.models import PriceObjection
from app.proposals.prices.rules import Outcome, WhyNot, why_not_answer, why_not_object
from app.proposals.rules import open_to_change
from app.proposals.services import opened


@dataclass(frozen=True, kw_only=True)
class AnswerObjection:
    """What an officer decided about the price, with the reason for everybody to read."""

    outcome: Outcome
    answer: str


def object_to(proposal_id: int, reason: str, *, by: Actor) -> PriceObjection:
    """Object to the published price of a proposal; the ballot waits for the answer."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        allowed = policies.may_object(by, cycle.neighborhood_id)
        ensure_standing(allowed, _("Residents with a verified home in this neighborhood object to its prices."))
        costing = queries.newest_costings([proposal_id]).get(proposal_id)
        why = why_not_object(
            proposal.stage,
            plan=cycle.plan,
            cycle_stage=cycle.stage,
            costing_id=costing.id if costing else None,
            before=costing is not None and _objected(costing.id, by.id),
            now=deadline_now(),
        )
        if why is not None or costing is None:
            raise _refused(why or WhyNot.NO_PRICE)
        row = PriceObjection(
            proposal_id=proposal.id, costing_id=costing.id, person_id=by.id, reason=reason, raised_at=now()
        )
        db.session.add(row)
        db.session.flush()
        publish(
            PriceObjected(
                actor_id=by.id,
                objection_id=row.id,
                proposal_id=proposal.id,
                cycle_id=cycle.id,
                costing_id=costing.id,
                reason=reason,
            )
        )
    return row


def answer(objection_id: int, command: AnswerObjection, *, by: Actor) -> PriceObjection:
    """Answer an objection in public: the price stays, or a new costing has changed it."""
    found = db.session.get(PriceObjection, objection_id)
    if found is None:
        raise NotFound
    with transaction():
        proposal, cycle = opened(found.proposal_id, by)
        row = locked(PriceObjection, objection_id)
        assert row is not None
        facts = {"author_id": proposal.author_id, "neighborhood_id": cycle.neighborhood_id}
        may = policies.may_answer(by, **facts, co_authors=coauthors.ids_of(proposal.id))
        ensure_standing(may, _("Only an officer of this neighborhood answers, and nobody about their own proposal."))
        newest = queries.newest_costings([proposal.id]).get(proposal.id)
        why = why_not_answer(
            command.outcome,
            answered=row.outcome is not None,
            is_own=row.person_id == by.id,
            is_open=open_to_change(cycle.stage),
            costing_id=row.costing_id,
            newest_costing_id=newest.id if newest else None,
        )
        if why is not None:
            raise _refused(why, field="outcome" if why is WhyNot.NO_NEW_COSTING else None)
        row.outcome, row.answer = command.outcome, command.answer
        row.officer_id, row.answered_at = by.id, now()
        row.new_costing_id = newest.id if newest and command.outcome is Outcome.CHANGED else None
        publish(
            PriceObjectionAnswered(
                actor_id=by.id,
                objection_id=row.id,
                proposal_id=proposal.id,
                cycle_id=cycle.id,
                person_id=row.person_id,
                outcome=command.outcome,
                new_costing_id=row.new_costing_id,
                answer=command.answer,
            )
        )
    return row


def _objected(costing_id: int, person_id: int) -> bool:
    theirs = sa.exists().where(PriceObjection.costing_id == costing_id, PriceObjection.person_id == person_id)
    return bool(db.session.scalar(sa.select(theirs)))


def _refused(why: WhyNot, *, field: str | None = None) -> DomainError:
    return DomainError(why.value, str(words.WHY_NOT[why]), field=field)
