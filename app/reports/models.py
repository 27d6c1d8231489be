"""Editions of reports: a frozen snapshot with its hash, and the files made from it."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import combinations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, append_only, guarded, never_deleted, words
from app.places.models import Neighborhood
from app.reports.rules import EditionStage, Form, ReportKind, Subject

SUBJECTS: Mapping[Subject, str] = {
    subject: f"{subject.value}_id" for subject in Subject if subject != Subject.NEIGHBORHOOD
}
"""The column that names what an edition is about; where none does, it is about the whole neighborhood."""
_PAIRS = combinations(SUBJECTS.values(), 2)
_IS_OPEN = sa.text("stage IN ('signing', 'rendering', 'failed')")


class Edition(Model):
    """One issue of a report in all its languages. Its snapshot and hash never change; a correction is a new edition."""

    __tablename__ = "edition"
    __table_args__ = (
        sa.UniqueConstraint("line", "number"),
        sa.UniqueConstraint("code"),
        sa.CheckConstraint("number >= 1", name="numbered_from_one"),
        sa.CheckConstraint("(number IS NULL) = (code IS NULL)", name="code_with_a_number"),
        sa.CheckConstraint("(stage = 'dropped') = (number IS NULL)", name="dropped_frees_its_number"),
        sa.CheckConstraint(
            "(stage IN ('published', 'withdrawn')) = (published_at IS NOT NULL)", name="published_at_a_time"
        ),
        sa.CheckConstraint("(stage = 'failed') = (fault IS NOT NULL)", name="failed_for_a_reason"),
        sa.CheckConstraint("(stage = 'signing') <= (due_on IS NOT NULL)", name="signed_by_a_day"),
        sa.CheckConstraint("(first_on IS NULL) = (last_on IS NULL)", name="a_whole_period"),
        sa.CheckConstraint("first_on <= last_on", name="period_in_order"),
        sa.CheckConstraint("number IS NULL OR number = 1 OR note IS NOT NULL", name="says_what_changed"),
        sa.CheckConstraint(
            " AND ".join(f"({one} IS NULL OR {other} IS NULL)" for one, other in _PAIRS), name="about_one_thing"
        ),
        sa.Index("uq_edition_one_open", "line", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        sa.Index("ix_edition_shelf", "neighborhood_id", "stage", "published_at"),
        *(sa.Index(f"ix_edition_{column}", column) for column in SUBJECTS.values()),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ReportKind] = mapped_column(words(ReportKind, "kind_known"))
    line: Mapped[str] = mapped_column(sa.String(80))
    number: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(sa.String(120))
    title: Mapped[str] = mapped_column(sa.String(240))
    """What it is about, by name, for lists and searches: the cycle, the task force, the project …"""
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    cycle_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cycle.id"))
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id"))
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"))
    task_force_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task_force.id"))
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    languages: Mapped[list[str]] = mapped_column(sa.JSON)
    note: Mapped[str | None] = mapped_column(sa.Text)
    """What changed since the edition before."""
    stage: Mapped[EditionStage] = mapped_column(words(EditionStage, "stage_known"))
    fault: Mapped[str | None] = mapped_column(sa.String(40))
    snapshot: Mapped[str] = mapped_column(sa.Text)
    """Canonical JSON: everything the report prints."""
    data_hash: Mapped[str] = mapped_column(sa.String(64))
    figures_hash: Mapped[str] = mapped_column(sa.String(64))
    due_on: Mapped[date | None]
    """The last day to sign; then it is published with the missing signature printed (domain rule 5)."""
    requested_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """The clerk; None where it was due and published itself."""
    requested_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    neighborhood: Mapped[Neighborhood] = relationship()
    files: Mapped[list["EditionFile"]] = relationship(order_by="EditionFile.id", back_populates="edition")


class EditionFile(Model):
    """One file of an edition: a language and a form, as the worker made it. Never changed."""

    __tablename__ = "edition_file"
    __table_args__ = (
        sa.UniqueConstraint("edition_id", "language", "form"),
        sa.CheckConstraint("size > 0", name="holds_something"),
        sa.Index("ix_edition_file_file_hash", "file_hash"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"))
    language: Mapped[str] = mapped_column(sa.String(12))
    form: Mapped[Form] = mapped_column(words(Form, "form_known"))
    file_hash: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    """In bytes."""
    renderer: Mapped[str] = mapped_column(sa.String(200))
    """Library and fonts, with their versions: with the same ones the snapshot gives the same bytes."""
    made_at: Mapped[datetime]
    edition: Mapped[Edition] = relationship(back_populates="files")


class EditionWithdrawal(Model):
    """That a published edition does not stand any more, and why: its page stays and says so."""

    __tablename__ = "edition_withdrawal"
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime]


KEPT = "kind line neighborhood_id snapshot data_hash figures_hash languages".split()
"""What nobody changes once the figures are final; `number` and `code` go only where an edition is dropped."""


def frozen_statements(dialect: str) -> list[str]:
    """The SQL that refuses to change what an edition says once it is past signing, or to bring it back."""
    differs = " OR ".join(
        f"NEW.{name}{'::text' if dialect == 'postgresql' and name == 'languages' else ''} IS "
        f"{'NOT' if dialect == 'sqlite' else 'DISTINCT FROM'} "
        f"OLD.{name}{'::text' if dialect == 'postgresql' and name == 'languages' else ''}"
        for name in KEPT
    )
    broken = (
        f"(OLD.stage <> 'signing' AND ({differs}))"
        " OR (OLD.stage = 'published' AND NEW.stage NOT IN ('published', 'withdrawn'))"
        " OR (OLD.stage IN ('withdrawn', 'dropped') AND NEW.stage <> OLD.stage)"
        " OR (OLD.published_at IS NOT NULL AND NEW.published_at <> OLD.published_at)"
    )
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER edition_frozen BEFORE UPDATE ON edition WHEN {broken} "
            "BEGIN SELECT RAISE(ABORT, 'an edition is frozen'); END"
        ]
    return [
        "CREATE FUNCTION edition_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an edition is frozen'; END $$",
        "CREATE TRIGGER edition_frozen BEFORE UPDATE ON edition FOR EACH ROW "
        f"WHEN ({broken}) EXECUTE FUNCTION edition_frozen()",
    ]


append_only(EditionFile)
append_only(EditionWithdrawal)
never_deleted(Edition)
guarded(Edition, frozen_statements)
