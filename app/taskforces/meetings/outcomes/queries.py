"""Reading outcomes: of a meeting, what is carried over with its age, and which decisions are to be looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.moments import day_in
from app.places.models import Neighborhood
from app.taskforces.meetings.items.models import AgendaItem
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.outcomes.models import Decision, MeetingAction, Outcome
from app.taskforces.meetings.outcomes.rules import (
    ActionState,
    OutcomeKind,
    Tally,
    age_days,
    is_due_for_review,
)
from app.taskforces.meetings.rules import ENDED, code
from app.taskforces.models import TaskForce
from app.taskforces.seats.models import Seat


@dataclass(frozen=True, kw_only=True)
class Vote:
    """How a motion was decided."""

    moved_by: str
    seconded_by: str
    community: Tally
    institution: Tally
    carried: bool
    review_on: date | None


@dataclass(frozen=True, kw_only=True)
class ActionRow:
    """An action: who, until when, and what became of it."""

    outcome_id: int
    meeting_id: int
    meeting_code: str
    task_force_id: int
    text: str
    made_on: date
    owner: str
    owner_id: int | None
    due_on: date
    state: ActionState
    ended_on: date | None
    ended_note: str | None

    def age(self, on: date) -> int:
        """For how many days it has been, or was, open."""
        return age_days(self.made_on, self.ended_on or on)

    def overdue(self, on: date) -> bool:
        """Whether it should be done and is not."""
        return self.state is ActionState.OPEN and self.due_on < on


@dataclass(frozen=True, kw_only=True)
class OutcomeRow:
    """What came of an item; `vote` of a decision, `action` of an action."""

    id: int
    item_id: int
    kind: OutcomeKind
    text: str
    about: str | None
    """The words of the earlier decision it looked at again."""
    vote: Vote | None
    action: ActionRow | None


@dataclass(frozen=True, kw_only=True)
class MotionRow:
    """What a meeting voted on, carried or not: the numbers by side, and nobody's name."""

    outcome_id: int
    meeting_id: int
    item: str
    text: str
    community: Tally
    institution: Tally
    carried: bool


@dataclass(frozen=True, kw_only=True)
class DecisionRow:
    """A carried decision with a day on which it is looked at again."""

    outcome_id: int
    meeting_id: int
    meeting_code: str
    task_force_id: int
    text: str
    review_on: date
    is_reviewed: bool

    def due(self, on: date) -> bool:
        """Whether that day is near or past, and nobody has looked yet."""
        return is_due_for_review(self.review_on, is_reviewed=self.is_reviewed, on=on)

    def overdue(self, on: date) -> bool:
        """Whether that day is past, and nobody has looked yet."""
        return not self.is_reviewed and self.review_on < on


def outcomes(meeting_id: int) -> list[OutcomeRow]:
    """What came of a meeting, in the order it was written down; three statements."""
    earlier = aliased(Outcome)
    query = sa.select(Outcome.id, Outcome.item_id, Outcome.kind, Outcome.text, earlier.text.label("about"))
    query = query.outerjoin(earlier, earlier.id == Outcome.about_id)
    rows = db.session.execute(query.where(Outcome.meeting_id == meeting_id).order_by(Outcome.id)).all()
    votes = _votes(meeting_id)
    acted = {action.outcome_id: action for action in _actions(Outcome.meeting_id == meeting_id)}
    return [OutcomeRow(**row._mapping, vote=votes.get(row.id), action=acted.get(row.id)) for row in rows]


def carried_over(task_force_id: int, *, before: int | None = None) -> list[ActionRow]:
    """The open actions of ended meetings of a task force, the oldest first; without those of the meeting `before`."""
    query = (
        Meeting.task_force_id == task_force_id,
        Meeting.stage.in_(ENDED),
        MeetingAction.state == ActionState.OPEN,
        Meeting.id != (before or 0),
    )
    return _actions(*query)


def open_after(task_force_id: int, on: date, *, but: int) -> list[ActionRow]:
    """The actions of a task force that were made before a day and were still open after it, the oldest first, without
    those of the meeting `but`: what a meeting of that day carried over, whenever one asks."""
    rows = _actions(Meeting.task_force_id == task_force_id, Meeting.stage.in_(ENDED), Meeting.id != but)
    return [row for row in rows if row.made_on < on and (row.ended_on is None or row.ended_on > on)]


def action(outcome_id: int) -> ActionRow:
    """One action; NotFound where there is none."""
    found = _actions(MeetingAction.outcome_id == outcome_id)
    if not found:
        raise NotFound
    return found[0]


def waiting(task_force_ids: Sequence[int]) -> list[ActionRow]:
    """Every open action of these task forces, the oldest first: `owner_id` is whom it waits for, `made_on` since
    when, `due_on` until when."""
    open_ = MeetingAction.state == ActionState.OPEN
    return _actions(Meeting.task_force_id.in_(task_force_ids), Meeting.stage.in_(ENDED), open_)


def motions() -> list[MotionRow]:
    """Every motion that a meeting which is over has voted on, in the order they were written down; one statement."""
    query = (
        sa.select(Decision, Outcome.meeting_id, AgendaItem.title, Outcome.text)
        .join(Outcome, Outcome.id == Decision.outcome_id)
        .join(AgendaItem, AgendaItem.id == Outcome.item_id)
        .join(Meeting, Meeting.id == Outcome.meeting_id)
        .where(Meeting.stage.in_(ENDED))
        .order_by(Outcome.id)
    )
    return [
        MotionRow(
            outcome_id=row.outcome_id,
            meeting_id=meeting_id,
            item=item,
            text=text,
            community=_community(row),
            institution=_institution(row),
            carried=row.carried,
        )
        for row, meeting_id, item, text in db.session.execute(query)
    ]


def item_of(outcome_id: int) -> int:
    """The id of the item an outcome belongs to; NotFound where there is no such outcome."""
    found = db.session.scalar(sa.select(Outcome.item_id).where(Outcome.id == outcome_id))
    if found is None:
        raise NotFound
    return found


def to_review(*task_force_ids: int) -> list[DecisionRow]:
    """The carried decisions of these task forces that have a review date, the earliest first."""
    later = aliased(Outcome)
    ended = sa.or_(Meeting.stage.in_(ENDED), Meeting.stage == "in_session")
    reviewed = sa.exists().where(later.about_id == Outcome.id)
    query = (
        sa.select(
            Outcome.id, Outcome.text, Decision.review_on, reviewed, Meeting.id, Meeting.task_force_id, Meeting.number
        )
        .join(Decision, Decision.outcome_id == Outcome.id)
        .join(Meeting, Meeting.id == Outcome.meeting_id)
        .where(Meeting.task_force_id.in_(task_force_ids), ended, Decision.carried, Decision.review_on.is_not(None))
        .order_by(Decision.review_on, Outcome.id)
    )
    return [
        DecisionRow(
            outcome_id=id_,
            meeting_id=meeting_id,
            meeting_code=code(body, number),
            task_force_id=body,
            text=text,
            review_on=review_on,
            is_reviewed=seen,
        )
        for id_, text, review_on, seen, meeting_id, body, number in db.session.execute(query)
        if review_on is not None
    ]


def _votes(meeting_id: int) -> dict[int, Vote]:
    (mover, second), (moved, seconded) = (aliased(Seat), aliased(Seat)), (aliased(Person), aliased(Person))
    query = (
        sa.select(
            Decision,
            sa.func.coalesce(mover.shown_as, moved.public_name),
            sa.func.coalesce(second.shown_as, seconded.public_name),
        )
        .join(Outcome, Outcome.id == Decision.outcome_id)
        .join(mover, mover.id == Decision.moved_by_id)
        .join(second, second.id == Decision.seconded_by_id)
        .outerjoin(moved, moved.id == mover.person_id)
        .outerjoin(seconded, seconded.id == second.person_id)
        .where(Outcome.meeting_id == meeting_id)
    )
    return {row.outcome_id: _vote(row, *names) for row, *names in db.session.execute(query)}


def _vote(row: Decision, moved_by: str | None, seconded_by: str | None) -> Vote:
    return Vote(
        moved_by=moved_by or "",
        seconded_by=seconded_by or "",
        community=_community(row),
        institution=_institution(row),
        carried=row.carried,
        review_on=row.review_on,
    )


def _community(row: Decision) -> Tally:
    return Tally(yes=row.community_yes, no=row.community_no, abstained=row.community_abstained)


def _institution(row: Decision) -> Tally:
    return Tally(yes=row.institution_yes, no=row.institution_no, abstained=row.institution_abstained)


def _actions(*conditions: Any) -> list[ActionRow]:
    held = (Meeting.id, Meeting.task_force_id, Meeting.number, Meeting.opened_at, Neighborhood.time_zone)
    query = (
        sa.select(*MeetingAction.__table__.c, Outcome.text, Seat.person_id, *held)
        .join(Outcome, Outcome.id == MeetingAction.outcome_id)
        .join(Meeting, Meeting.id == Outcome.meeting_id)
        .join(TaskForce, TaskForce.id == Meeting.task_force_id)
        .join(Neighborhood, Neighborhood.id == TaskForce.neighborhood_id)
        .outerjoin(Seat, Seat.id == MeetingAction.owner_seat_id)
        .where(*conditions)
        .order_by(Meeting.opened_at, Outcome.id)
    )
    return [_action(row) for row in db.session.execute(query)]


def _action(row: Any) -> ActionRow:
    outcome_id, _seat, owner, due_on, state, ended_on, ended_note, *told = row
    text, person, meeting_id, body, number, opened, time_zone = told
    return ActionRow(
        outcome_id=outcome_id,
        meeting_id=meeting_id,
        meeting_code=code(body, number),
        task_force_id=body,
        text=text,
        made_on=day_in(time_zone, opened),
        owner=owner,
        owner_id=person,
        due_on=due_on,
        state=state,
        ended_on=ended_on,
        ended_note=ended_note,
    )
