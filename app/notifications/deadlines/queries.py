"""Reading which ends are near and untold, whom each concerns, and what a mail about one says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.cycles.models import Cycle, Phase
from app.cycles.queries import facts as cycle_facts
from app.notifications.deadlines.models import DeadlineNotice
from app.notifications.deadlines.rules import (
    AHEAD,
    AUTHORS_OF,
    FOLLOWERS_OF,
    LISTED,
    PHASES,
    Deadline,
    is_near,
)
from app.proposals.follows.models import Follow
from app.proposals.models import Proposal
from app.proposals.review.models import Review
from app.proposals.review.rules import Decision
from app.proposals.rules import OPEN_CYCLES, Stage
from app.proposals.second_looks.models import SecondLook
from app.proposals.second_looks.rules import ask_until


@dataclass(frozen=True, kw_only=True)
class Ending:
    """An end that is near: of a phase of a cycle, or of the right to ask about a review of a proposal, or of the
    time to answer it."""

    kind: Deadline
    cycle_id: int
    ends_at: datetime
    review_id: int | None = None
    proposal_id: int | None = None


def near(now: datetime) -> list[Ending]:
    """Every end within the next three days that nobody has been told of."""
    return [*_phases(now), *_second_looks(now), *_changes(now)]


def is_told(ending: Ending) -> bool:
    """Whether an end has been told before."""
    about = DeadlineNotice.review_id == ending.review_id
    if ending.review_id is None:
        same = DeadlineNotice.cycle_id == ending.cycle_id, DeadlineNotice.kind == ending.kind
        about = sa.and_(*same, DeadlineNotice.ends_at == ending.ends_at)
    return bool(db.session.scalar(sa.select(sa.exists().where(about))))


def concerned(ending: Ending) -> Mapping[int, list[int]]:
    """The people with an account whom an end concerns, each with the ids of the proposals it is about."""
    people: dict[int, list[int]] = {}
    authors = _of(ending, AUTHORS_OF[ending.kind], Proposal.author_id)
    followers = _of(ending, FOLLOWERS_OF[ending.kind], Follow.person_id).join(Follow, Follow.proposal_id == Proposal.id)
    for query in (authors, followers):
        for person_id, proposal_id in db.session.execute(query):
            if proposal_id not in people.setdefault(person_id, []):
                people[person_id].append(proposal_id)
    here = set(db.session.scalars(sa.select(Person.id).where(Person.id.in_(people), Person.active)))
    return {person_id: ids for person_id, ids in people.items() if person_id in here}


def letter(facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a mail about an end says: the proposals as they stand now; None where nothing of it is left."""
    kind = Deadline(facts["deadline"])
    stages = AUTHORS_OF[kind] | FOLLOWERS_OF[kind]
    query = sa.select(Proposal.id, Proposal.title, Proposal.stage).order_by(Proposal.number, Proposal.id)
    query = query.where(Proposal.id.in_(facts["proposal_ids"]), Proposal.stage.in_(stages))
    rows = db.session.execute(query).all()
    if not rows:
        return None
    cycle = cycle_facts(facts["cycle_id"])
    return {
        **facts,
        "cycle": cycle.name,
        "time_zone": cycle.time_zone,
        "ends_at": datetime.fromisoformat(facts["ends_at"]),
        "proposals": rows[:LISTED],
        "needs_changes": any(row.stage is Stage.NEEDS_CHANGES for row in rows),
    }


def _phases(now: datetime) -> list[Ending]:
    told = sa.exists().where(
        DeadlineNotice.cycle_id == Phase.cycle_id,
        sa.cast(DeadlineNotice.kind, sa.String) == sa.cast(Phase.kind, sa.String),
        DeadlineNotice.ends_at == Phase.ends_at,
    )
    here = sa.cast(Phase.kind, sa.String) == sa.cast(Cycle.stage, sa.String)
    query = sa.select(Phase.kind, Phase.cycle_id, Phase.ends_at).join(Cycle, Cycle.id == Phase.cycle_id)
    query = query.where(Phase.kind.in_(PHASES), here, Phase.ends_at > now, Phase.ends_at <= now + AHEAD, ~told)
    rows = db.session.execute(query.order_by(Phase.ends_at, Phase.id))
    return [Ending(kind=PHASES[kind], cycle_id=cycle_id, ends_at=ends_at) for kind, cycle_id, ends_at in rows]


def _second_looks(now: datetime) -> list[Ending]:
    """The newest finding of each proposal that was turned down and that its author may still ask about."""
    asked = sa.exists().where(SecondLook.review_id == Review.id)
    query = _newest_findings(Review.decided_at, Decision.NOT_FEASIBLE, Stage.NOT_FEASIBLE)
    query = query.where(~asked, Review.decided_at > now - (ask_until(now) - now))
    found = (
        Ending(
            kind=Deadline.SECOND_LOOK,
            cycle_id=row.cycle_id,
            ends_at=ask_until(row.decided_at),
            review_id=row.id,
            proposal_id=row.proposal_id,
        )
        for row in db.session.execute(query)
    )
    return [ending for ending in found if is_near(ending.ends_at, now)]


def _changes(now: datetime) -> list[Ending]:
    """The newest finding of each proposal whose author has until a day to change it, and has not yet."""
    query = _newest_findings(Review.answer_until, Decision.NEEDS_CHANGES, Stage.NEEDS_CHANGES)
    query = query.where(Review.answer_until > now, Review.answer_until <= now + AHEAD)
    return [
        Ending(
            kind=Deadline.CHANGES,
            cycle_id=row.cycle_id,
            ends_at=row.answer_until,
            review_id=row.id,
            proposal_id=row.proposal_id,
        )
        for row in db.session.execute(query)
    ]


def _newest_findings(moment: Any, decision: Decision, stage: Stage) -> sa.Select[Any]:
    """The newest finding of each open proposal that stands as it was decided, untold."""
    later = sa.orm.aliased(Review)
    superseded = sa.exists().where(later.proposal_id == Review.proposal_id, later.id > Review.id)
    told = sa.exists().where(DeadlineNotice.review_id == Review.id)
    return (
        sa.select(Review.id, moment, Proposal.id.label("proposal_id"), Proposal.cycle_id)
        .join(Proposal, Proposal.id == Review.proposal_id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .where(Review.decision == decision, Proposal.stage == stage, Cycle.stage.in_(OPEN_CYCLES))
        .where(~superseded, ~told)
        .order_by(Review.id)
    )


def _of(ending: Ending, stages: frozenset[Stage], person: Any) -> sa.Select[Any]:
    query = sa.select(person, Proposal.id).select_from(Proposal).where(Proposal.stage.in_(stages))
    if ending.proposal_id is not None:
        return query.where(Proposal.id == ending.proposal_id).order_by(Proposal.id)
    return query.where(Proposal.cycle_id == ending.cycle_id).order_by(Proposal.id)
