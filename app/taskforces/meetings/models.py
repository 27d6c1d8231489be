"""A meeting, and the times it was moved or called off."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, append_only, never_deleted, words
from app.taskforces.meetings.rules import ENDED, MeetingKind, MeetingStage
from app.taskforces.models import TaskForce
from app.taskforces.seats.rules import Side

_COUNTED = ", ".join(f"'{stage.value}'" for stage in ENDED)
_SAID = ", ".join(f"'{stage.value}'" for stage in (MeetingStage.POSTPONED, MeetingStage.CANCELLED))


class Meeting(Model):
    """A meeting of a task force: when and where, how people get in and follow it, and what stage it has reached."""

    __tablename__ = "meeting"
    __table_args__ = (
        sa.UniqueConstraint("task_force_id", "number"),
        sa.UniqueConstraint("uid"),
        sa.CheckConstraint("number >= 1", name="numbered_from_one"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        sa.CheckConstraint("(stage = 'draft') = (noticed_at IS NULL)", name="public_once_noticed"),
        sa.CheckConstraint(f"(stage IN ({_SAID})) = (reason IS NOT NULL)", name="called_off_with_a_reason"),
        sa.CheckConstraint(f"(stage IN ({_COUNTED})) = (quorum_needed IS NOT NULL)", name="counted_when_it_ends"),
        sa.CheckConstraint(
            "(quorum_needed IS NULL) = (community_votes IS NULL) AND (quorum_needed IS NULL) ="
            " (institution_votes IS NULL) AND (quorum_needed IS NULL) = (minutes_due_on IS NULL)",
            name="counted_as_a_whole",
        ),
        sa.CheckConstraint("public_count IS NULL OR public_count >= 0", name="public_not_negative"),
        sa.CheckConstraint("sequence >= 0 AND agenda_edition >= 0", name="editions_not_negative"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    task_force_id: Mapped[int] = mapped_column(sa.ForeignKey("task_force.id"))
    number: Mapped[int]
    uid: Mapped[str] = mapped_column(sa.String(32))
    """How calendars know it again, whatever changes."""
    kind: Mapped[MeetingKind] = mapped_column(words(MeetingKind, "kind_known"))
    title: Mapped[str] = mapped_column(sa.String(120))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(sa.String(200))
    access: Mapped[str] = mapped_column(sa.Text)
    """How people get in, hear and see, whatever their body does."""
    interpretation: Mapped[str] = mapped_column(sa.Text)
    """In which languages one can follow, sign language included."""
    childcare: Mapped[str | None] = mapped_column(sa.Text)
    """What is offered so that people with children can come; None where nobody has said."""
    online_link: Mapped[str | None] = mapped_column(sa.String(300))
    chairing_side: Mapped[Side] = mapped_column(words(Side, "side_known"))
    stage: Mapped[MeetingStage] = mapped_column(words(MeetingStage, "stage_known"))
    noticed_at: Mapped[datetime | None]
    agenda_edition: Mapped[int]
    """0 before the notice, 1 with it, one more with each change after it."""
    sequence: Mapped[int]
    """The SEQUENCE of calendars: one more with each change that matters to people who come."""
    changed_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    public_count: Mapped[int | None]
    """How many people without a seat were there."""
    quorum_needed: Mapped[int | None]
    community_votes: Mapped[int | None]
    institution_votes: Mapped[int | None]
    minutes_due_on: Mapped[date | None]
    task_force: Mapped[TaskForce] = relationship()


class MeetingChange(Model):
    """A meeting was postponed, dated anew or cancelled after its notice, with the reason everybody reads."""

    __tablename__ = "meeting_change"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "sequence"),
        sa.CheckConstraint("length(trim(reason)) > 0", name="has_a_reason"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    sequence: Mapped[int]
    stage: Mapped[MeetingStage] = mapped_column(words(MeetingStage, "stage_known"))
    """The stage it went to."""
    starts_at: Mapped[datetime]
    """The begin that no longer held, or the new one."""
    reason: Mapped[str] = mapped_column(sa.Text)
    changed_at: Mapped[datetime]


never_deleted(Meeting)
append_only(MeetingChange)


def session_statements(table: str, row_of: str, dialect: str) -> list[str]:
    """The SQL that refuses rows of `table` to be written, changed or removed unless their meeting is in session;
    `row_of` finds its id, with ROW where the old or the new row stands."""
    name, message = f"{table}_in_session", f"rows of {table} are written only while the meeting is in session"
    open_ = "EXISTS (SELECT 1 FROM meeting WHERE id = ({}) AND stage = 'in_session')"
    row = {"INSERT": "NEW", "UPDATE": "OLD", "DELETE": "OLD"}
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table} "
            f"WHEN NOT {open_.format(row_of.replace('ROW', which))} BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for verb, which in row.items()
        ]
    new, old = (open_.format(row_of.replace("ROW", which)) for which in ("NEW", "OLD"))
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'INSERT' THEN IF {new} THEN RETURN NEW; END IF; "
        f"ELSIF {old} THEN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF; "
        f"RAISE EXCEPTION '{message}'; END $$",
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
