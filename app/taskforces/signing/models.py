"""What both sides were asked to sign, and who signed."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, never_deleted, words
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import Side
from app.taskforces.signing.rules import Ending, MatterKind, Method, Outcome, Verdict


class Agreement(Model):
    """What both sides of a task force (or of two) are asked to sign: it happens with the last signature, or never."""

    __tablename__ = "agreement"
    __table_args__ = (
        sa.CheckConstraint("(ending IS NULL) = (ended_at IS NULL)", name="ended_at_a_time"),
        sa.CheckConstraint("second_task_force_id <> task_force_id", name="second_is_another"),
        sa.CheckConstraint(
            "(override IS NOT NULL) = (ending IS NOT NULL AND ending = 'overridden')", name="overridden_with_a_reason"
        ),
        sa.Index("ix_agreement_task_force_id", "task_force_id"),
        sa.Index("ix_agreement_project_id", "project_id"),
        sa.Index(
            "uq_agreement_one_open",
            "payload_hash",
            unique=True,
            sqlite_where=sa.text("ending IS NULL"),
            postgresql_where=sa.text("ending IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MatterKind] = mapped_column(words(MatterKind, "kind_known"))
    task_force_id: Mapped[int] = mapped_column(sa.ForeignKey("task_force.id"))
    second_task_force_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task_force.id"))
    """Where money crosses from one task force to another, both sides of both sign (domain rule 13)."""
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    payload: Mapped[str] = mapped_column(sa.Text)
    """Canonical JSON: what is agreed, to the byte."""
    payload_hash: Mapped[str] = mapped_column(sa.String(64))
    proposer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    due_on: Mapped[date]
    """The last day to sign, where the neighborhood is."""
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    ended_at: Mapped[datetime | None]
    override: Mapped[str | None] = mapped_column(sa.Text)
    """The council's decision and its reason, where it stands in for a side."""
    task_force: Mapped[TaskForce] = relationship(foreign_keys=[task_force_id])
    project: Mapped[Project | None] = relationship()
    proposer: Mapped[Person] = relationship()


class AgreementReminder(Model):
    """That those who had not signed an agreement were reminded before its last day: once."""

    __tablename__ = "agreement_reminder"
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"), primary_key=True, autoincrement=False)
    reminded_at: Mapped[datetime]


class SignOff(Model):
    """One side's signature on the hash of an agreement. Never edited, never taken back."""

    __tablename__ = "sign_off"
    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "task_force_id", "side"),
        sa.UniqueConstraint("agreement_id", "person_id"),
        sa.CheckConstraint("verdict = 'approve' OR statement IS NOT NULL", name="says_why_not"),
        sa.CheckConstraint("(method = 'paper') = (attested_by_id IS NOT NULL)", name="paper_is_attested"),
        sa.CheckConstraint("attested_by_id <> person_id", name="attested_by_another"),
        sa.CheckConstraint(
            "(method = 'paper') = (sheet_digest IS NOT NULL) AND (method = 'paper') = (sheet_is_pdf IS NOT NULL)"
            " AND (method = 'paper') = (signed_on IS NOT NULL)",
            name="paper_has_its_sheet",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"))
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    task_force_id: Mapped[int] = mapped_column(sa.ForeignKey("task_force.id"))
    side: Mapped[Side] = mapped_column(words(Side, "side_known"))
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("seat.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    as_deputy: Mapped[bool]
    verdict: Mapped[Verdict] = mapped_column(words(Verdict, "verdict_known"))
    statement: Mapped[str | None] = mapped_column(sa.Text)
    method: Mapped[Method] = mapped_column(words(Method, "method_known"))
    attested_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    signed_on: Mapped[date | None]
    """The day on the sheet of paper."""
    sheet_digest: Mapped[str | None] = mapped_column(sa.String(64))
    """The hash of the picture or PDF of the sheet, which begins with 16 random bytes."""
    sheet_is_pdf: Mapped[bool | None]
    signed_at: Mapped[datetime]
    """When the word was kept here."""
    agreement: Mapped[Agreement] = relationship()
    seat: Mapped[Seat] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Escalation(Model):
    """One side asks the council to stand in for the other, and what the council decided (domain rule 5)."""

    __tablename__ = "escalation"
    __table_args__ = (
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_on IS NULL)"
            " AND (outcome IS NULL) = (reference IS NULL) AND (outcome IS NULL) = (explanation IS NULL)"
            " AND (outcome IS NULL) = (document_digest IS NULL) AND (outcome IS NULL) = (document_is_pdf IS NULL)"
            " AND (outcome IS NULL) = (recorded_by_id IS NULL) AND (outcome IS NULL) = (recorded_at IS NULL)",
            name="decided_whole",
        ),
        sa.CheckConstraint("recorded_by_id <> asked_by_id", name="recorded_by_another"),
        sa.CheckConstraint("lapsed_at IS NULL OR outcome IS NULL", name="decided_or_lapsed"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"), unique=True)
    side: Mapped[Side] = mapped_column(words(Side, "side_known"))
    """The side that asks."""
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    """The last day to put a decision on record, where the neighborhood is."""
    lapsed_at: Mapped[datetime | None]
    """When that day had passed without one: nobody waits for the council any more."""
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome, "outcome_known"))
    decided_by: Mapped[str | None] = mapped_column(sa.String(160))
    decided_on: Mapped[date | None]
    reference: Mapped[str | None] = mapped_column(sa.String(160))
    explanation: Mapped[str | None] = mapped_column(sa.Text)
    document_digest: Mapped[str | None] = mapped_column(sa.String(64))
    """The hash of the decision's picture or PDF, which begins with 16 random bytes."""
    document_is_pdf: Mapped[bool | None]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    recorded_at: Mapped[datetime | None]
    agreement: Mapped[Agreement] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])


append_only(SignOff)
never_deleted(Agreement)
never_deleted(Escalation)
