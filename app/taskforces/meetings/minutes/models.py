"""Drafts of minutes, each kept, and the approval of one of them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, guarded, words
from app.taskforces.meetings.minutes.rules import ApprovedBy
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.outcomes.models import Outcome


class MinutesDraft(Model):
    """One text of the minutes, numbered from 1; the first is assembled from the outcomes, no text ever changes."""

    __tablename__ = "minutes_draft"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "number"),
        sa.CheckConstraint("number >= 1", name="numbered_from_one"),
        sa.CheckConstraint("length(trim(body)) > 0", name="says_something"),
        sa.CheckConstraint("number = 1 OR length(trim(change)) > 0", name="says_what_changed"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(sa.Text)
    digest: Mapped[str] = mapped_column(sa.String(64))
    """The SHA-256 of its UTF-8 text, in hex."""
    change: Mapped[str] = mapped_column(sa.String(400))
    """What was changed, in the writer's words; empty for the first."""
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    written_at: Mapped[datetime]
    meeting: Mapped[Meeting] = relationship()
    written_by: Mapped[Person] = relationship()


class MinutesApproval(Model):
    """The one text that was approved, how and when; it cannot be undone (rule 23)."""

    __tablename__ = "minutes_approval"
    __table_args__ = (
        sa.UniqueConstraint("draft_id"),
        sa.CheckConstraint("(approved_by = 'next_meeting') = (outcome_id IS NOT NULL)", name="by_a_decision"),
    )
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), primary_key=True, autoincrement=False)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes_draft.id"))
    approved_by: Mapped[ApprovedBy] = mapped_column(words(ApprovedBy, "approved_by_known"))
    outcome_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outcome.id"))
    """The decision of a later meeting."""
    approved_on: Mapped[date]
    approved_at: Mapped[datetime]
    """To the moment: minutes that were frozen later tell of it."""
    draft: Mapped[MinutesDraft] = relationship()
    outcome: Mapped[Outcome | None] = relationship()


def draft_statements(dialect: str) -> list[str]:
    """The SQL that refuses another text once one is approved (rule 23)."""
    message = "these minutes are approved, so they take no other text"
    stands = "EXISTS (SELECT 1 FROM minutes_approval WHERE meeting_id = NEW.meeting_id)"
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER minutes_draft_not_approved BEFORE INSERT ON minutes_draft WHEN {stands} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ]
    return [
        f"CREATE FUNCTION minutes_draft_not_approved() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {stands} THEN RAISE EXCEPTION '{message}'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER minutes_draft_not_approved BEFORE INSERT ON minutes_draft "
        "FOR EACH ROW EXECUTE FUNCTION minutes_draft_not_approved()",
    ]


append_only(MinutesDraft)
guarded(MinutesDraft, draft_statements)
append_only(MinutesApproval)
