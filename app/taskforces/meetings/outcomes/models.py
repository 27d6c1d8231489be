"""Outcomes of a meeting: a note, a decision with its votes, an action with its owner and day."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, guarded, words
from app.taskforces.meetings.items.models import AgendaItem
from app.taskforces.meetings.models import Meeting, session_statements
from app.taskforces.meetings.outcomes.rules import ActionState, OutcomeKind

_VOTES = ("community_yes", "community_no", "community_abstained")
_MORE_VOTES = ("institution_yes", "institution_no", "institution_abstained")


class Outcome(Model):
    """What came of an item; written, and taken back, only while the meeting is in session."""

    __tablename__ = "outcome"
    __table_args__ = (
        sa.CheckConstraint("length(trim(text)) > 0", name="says_something"),
        sa.Index("ix_outcome_meeting_id", "meeting_id"),
        sa.Index("ix_outcome_about_id", "about_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    kind: Mapped[OutcomeKind] = mapped_column(words(OutcomeKind, "kind_known"))
    text: Mapped[str] = mapped_column(sa.Text)
    about_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outcome.id"))
    """The earlier decision that was looked at again."""
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    meeting: Mapped[Meeting] = relationship()
    item: Mapped[AgendaItem] = relationship()


class Decision(Model):
    """How an outcome was decided: moved, seconded, voted by side; carried by both sides or not."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.CheckConstraint("moved_by_id <> seconded_by_id", name="seconded_by_another"),
        sa.CheckConstraint(" AND ".join(f"{name} >= 0" for name in _VOTES + _MORE_VOTES), name="votes_not_negative"),
        sa.CheckConstraint(
            "carried = (community_yes > community_no AND institution_yes > institution_no)",
            name="carried_by_both_sides",
        ),
    )
    outcome_id: Mapped[int] = mapped_column(sa.ForeignKey("outcome.id"), primary_key=True, autoincrement=False)
    moved_by_id: Mapped[int] = mapped_column(sa.ForeignKey("seat.id"))
    seconded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("seat.id"))
    community_yes: Mapped[int]
    community_no: Mapped[int]
    community_abstained: Mapped[int]
    institution_yes: Mapped[int]
    institution_no: Mapped[int]
    institution_abstained: Mapped[int]
    carried: Mapped[bool]
    review_on: Mapped[date | None]
    outcome: Mapped[Outcome] = relationship()


class MeetingAction(Model):
    """Who does what by when; it is carried over to each meeting until it is done, or dropped with a reason."""

    __tablename__ = "meeting_action"
    __table_args__ = (
        sa.CheckConstraint("length(trim(owner)) > 0", name="has_an_owner"),
        sa.CheckConstraint(
            "(state = 'open') = (ended_on IS NULL) AND (state = 'open') = (ended_note IS NULL)",
            name="ended_with_a_word",
        ),
    )
    outcome_id: Mapped[int] = mapped_column(sa.ForeignKey("outcome.id"), primary_key=True, autoincrement=False)
    owner_seat_id: Mapped[int | None] = mapped_column(sa.ForeignKey("seat.id"))
    owner: Mapped[str] = mapped_column(sa.String(160))
    """In words: the holder's public name then, or an organization or role without a seat."""
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(words(ActionState, "state_known"))
    ended_on: Mapped[date | None]
    ended_note: Mapped[str | None] = mapped_column(sa.Text)
    outcome: Mapped[Outcome] = relationship()


OUTCOME_OF, DECISION_OF = "ROW.meeting_id", "SELECT meeting_id FROM outcome WHERE id = ROW.outcome_id"
guarded(Outcome, lambda dialect: session_statements("outcome", OUTCOME_OF, dialect))
guarded(Decision, lambda dialect: session_statements("decision", DECISION_OF, dialect))
