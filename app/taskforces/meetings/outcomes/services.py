"""The verbs of outcomes: record a note, a decision or an action; take one back; end an action."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.taskforces.meetings import queries as meeting_queries
from app.taskforces.meetings import services as meetings
from app.taskforces.meetings import words as meeting_words
from app.taskforces.meetings.items.models import AgendaItem
from app.taskforces.meetings.minutes import services as minutes
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.outcomes import queries, words
from app.taskforces.meetings.outcomes.events import (
    ActionAgreed,
    ActionEnded,
    DecisionRecorded,
    NoteRecorded,
    OutcomeTakenBack,
)
from app.taskforces.meetings.outcomes.models import Decision, MeetingAction, Outcome
from app.taskforces.meetings.outcomes.policies import may_end_action
from app.taskforces.meetings.outcomes.rules import ActionState, OutcomeKind, Tally, is_carried, why_not_decide
from app.taskforces.meetings.rules import Act
from app.taskforces.meetings.sessions import queries as sessions


@dataclass(frozen=True, kw_only=True)
class RecordDecision:
    """A motion, who moved and seconded it, how each side voted, and what it is about."""

    text: str
    moved_by: int
    seconded_by: int
    community: Tally
    institution: Tally
    review_on: date | None = None
    about_id: int | None = None
    """An earlier decision that is looked at again."""
    approves: int | None = None
    """The earlier meeting whose minutes it approves, if it is carried."""


@dataclass(frozen=True, kw_only=True)
class AgreeAction:
    """What is to be done, by whom (the seat, or in words), until when."""

    text: str
    owner_seat_id: int | None
    owner: str
    due_on: date


def note(item_id: int, text: str, *, by: Actor) -> Outcome:
    """Put on record what was said."""
    with transaction():
        outcome = _recorded(item_id, OutcomeKind.NOTE, text, by)
        publish(NoteRecorded(actor_id=by.id, meeting_id=outcome.meeting_id, outcome_id=outcome.id, text=text))
    return outcome


def decide(item_id: int, command: RecordDecision, *, by: Actor) -> Outcome:
    """Record how a motion was voted on; refused without a quorum. It may approve the minutes of an earlier meeting."""
    with transaction():
        outcome = _recorded(item_id, OutcomeKind.DECISION, command.text, by)
        _ensure_possible(outcome, command)
        carried = is_carried(command.community, command.institution)
        db.session.add(_decision(outcome, command, carried))
        db.session.flush()
        publish(
            DecisionRecorded(
                actor_id=by.id,
                meeting_id=outcome.meeting_id,
                outcome_id=outcome.id,
                carried=carried,
                review_on=command.review_on,
                text=command.text,
            )
        )
        if command.approves is not None and carried:
            minutes.approve_at_meeting(command.approves, outcome.id, at=outcome.meeting, by=by)
    return outcome


def agree_action(item_id: int, command: AgreeAction, *, by: Actor) -> Outcome:
    """Record who is to do what by when."""
    with transaction():
        outcome = _recorded(item_id, OutcomeKind.ACTION, command.text, by)
        past = _("This day has passed already.")
        ensure(command.due_on >= _today(outcome.meeting), "due_too_early", past, field="due_on")
        db.session.add(
            MeetingAction(
                outcome_id=outcome.id,
                owner_seat_id=command.owner_seat_id,
                owner=_owner(outcome.meeting, command),
                due_on=command.due_on,
                state=ActionState.OPEN,
            )
        )
        db.session.flush()
        publish(
            ActionAgreed(
                actor_id=by.id,
                meeting_id=outcome.meeting_id,
                outcome_id=outcome.id,
                due_on=command.due_on,
                text=command.text,
            )
        )
    return outcome


def take_back(outcome_id: int, *, by: Actor) -> None:
    """Take back what was written down wrongly, in the same session; afterwards only the minutes say it otherwise."""
    with transaction():
        outcome = db.session.get(Outcome, outcome_id)
        if outcome is None:
            raise NotFound
        meetings.opened(outcome.meeting_id, Act.RECORD, by)
        approved = _("This decision has approved minutes, which cannot be undone.")
        ensure(not minutes.approves(outcome.id), "has_approved", approved)
        for kind in (Decision, MeetingAction):
            db.session.execute(sa.delete(kind).where(kind.outcome_id == outcome.id))
        db.session.delete(outcome)
        db.session.flush()
        publish(OutcomeTakenBack(actor_id=by.id, meeting_id=outcome.meeting_id, outcome_id=outcome_id))


def end_action(outcome_id: int, state: ActionState, words_: str, *, by: Actor) -> MeetingAction:
    """Say that an action is done, and how one can see it, or that it is dropped, and why."""
    with transaction():
        action = locked(MeetingAction, outcome_id)
        if action is None:
            raise NotFound
        told = meeting_queries.facts(action.outcome.meeting_id)
        owner_id = queries.action(outcome_id).owner_id
        allowed = may_end_action(by, meeting_queries.hands(told, by), owner_id=owner_id)
        ensure_standing(allowed, str(meeting_words.NOT_YOU[Act.RECORD]))
        ensure(told.has_ended, "not_now", _("It was agreed in a meeting that is still in session."))
        ensure(action.state is ActionState.OPEN, "has_ended", _("This action has ended already."))
        action.state, action.ended_on, action.ended_note = state, today(told.time_zone), words_
        publish(
            ActionEnded(
                actor_id=by.id,
                meeting_id=told.id,
                outcome_id=outcome_id,
                state=state,
                ended_on=action.ended_on,
            )
        )
    return action


def _recorded(item_id: int, kind: OutcomeKind, text: str, by: Actor) -> Outcome:
    item = db.session.get(AgendaItem, item_id)
    if item is None:
        raise NotFound
    meeting = meetings.opened(item.meeting_id, Act.RECORD, by)
    outcome = Outcome(
        meeting_id=meeting.id, item_id=item.id, kind=kind, text=text, recorded_by_id=by.id, recorded_at=now()
    )
    db.session.add(outcome)
    db.session.flush()
    return outcome


def _ensure_possible(outcome: Outcome, command: RecordDecision) -> None:
    told = meeting_queries.facts(outcome.meeting_id)
    reason = why_not_decide(
        sessions.room(told, outcome.item.project_id),
        command.community,
        command.institution,
        moved_by=command.moved_by,
        seconded_by=command.seconded_by,
    )
    if reason is not None:
        ensure(False, reason.value, str(words.REFUSALS[reason]), field=words.FIELDS[reason])
    past = _("Choose a day after today.")
    later = command.review_on is None or command.review_on > _today(outcome.meeting)
    ensure(later, "review_too_early", past, field="review_on")
    if command.about_id is not None:
        known = command.about_id in {row.outcome_id for row in queries.to_review(told.task_force_id)}
        ensure(known, "not_to_review", _("This decision is not one to look at again."), field="about")
        outcome.about_id = command.about_id


def _decision(outcome: Outcome, command: RecordDecision, carried: bool) -> Decision:
    return Decision(
        outcome_id=outcome.id,
        moved_by_id=command.moved_by,
        seconded_by_id=command.seconded_by,
        community_yes=command.community.yes,
        community_no=command.community.no,
        community_abstained=command.community.abstained,
        institution_yes=command.institution.yes,
        institution_no=command.institution.no,
        institution_abstained=command.institution.abstained,
        carried=carried,
        review_on=command.review_on,
    )


def _owner(meeting: Meeting, command: AgreeAction) -> str:
    """The owner in words: the public name of the holder, or what was typed."""
    if command.owner_seat_id is None:
        nobody = _("Choose a seat, or write who does it.")
        ensure(bool(command.owner.strip()), "no_owner", nobody, field="owner")
        return command.owner
    seated = meeting_queries.sitting(meeting.task_force_id, _today(meeting))
    held = {seat.id: seat.name for seat in seated}
    ensure(command.owner_seat_id in held, "no_owner", _("Choose a seat of this task force."), field="owner_seat")
    return held[command.owner_seat_id]


def _today(meeting: Meeting) -> date:
    return today(meeting.task_force.neighborhood.time_zone)
