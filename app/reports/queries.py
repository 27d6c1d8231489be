"""Reading editions: the library, one edition, and what a report would be about."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, defer

from app.core import jobs
from app.core.db import db
from app.core.errors import NotFound
from app.core.languages import LANGUAGES
from app.core.paging import Page, Rows, page_of
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.proposals.models import Proposal
from app.reports.models import SUBJECTS, Edition, EditionFile, EditionWithdrawal
from app.reports.rules import (
    NATURES,
    OPEN,
    RENDER,
    EditionStage,
    Form,
    Line,
    Nature,
    Period,
    ReportKind,
    Subject,
    code,
    files_of,
)
from app.reports.words import KINDS
from app.taskforces.meetings.models import Meeting
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """One file of an edition; its size in bytes."""

    language: str
    form: Form
    file_hash: str
    size: int
    renderer: str


@dataclass(frozen=True, kw_only=True)
class EditionRow:
    """One edition in a list."""

    id: int
    code: str
    line: Line
    title: str
    neighborhood_id: int
    neighborhood_name: str
    time_zone: str
    languages: tuple[str, ...]
    number: int
    note: str | None
    stage: EditionStage
    fault: str | None
    data_hash: str
    requested_at: datetime
    published_at: datetime | None
    newest: int | None = None
    """The number of the last edition of its line that is or was public; None where none is."""

    @property
    def is_superseded(self) -> bool:
        """Whether a later edition has replaced it."""
        return self.stage is EditionStage.PUBLISHED and self.newest is not None and self.newest > self.number

    @property
    def kind(self) -> ReportKind:
        """What it tells."""
        return self.line.kind

    @property
    def nature(self) -> Nature:
        """What is fixed for its kind."""
        return NATURES[self.line.kind]


@dataclass(frozen=True, kw_only=True)
class EditionDetail:
    """An edition with the facts it prints, its files, the newest public one of its line, and why it was withdrawn."""

    row: EditionRow
    text: str
    """The canonical snapshot, byte for byte what the data hash was made of."""
    snapshot: dict[str, Any]
    files: tuple[FileRow, ...]
    wanted: int
    """How many files it has once all are made."""
    newest: int
    newest_id: int
    due_on: date | None
    """The last day to sign, where both sides do."""
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    newest_stands: bool = False
    """Whether the newest one is published, and not withdrawn."""


@dataclass(frozen=True, kw_only=True)
class SubjectFacts:
    """What a report is about: its name, a short word for the code, its neighborhood, and the languages spoken there."""

    name: str
    word: str
    neighborhood_id: int
    neighborhood: str
    time_zone: str
    currency: str
    languages: tuple[str, ...]
    author_id: int | None = None

    @property
    def printed_in(self) -> list[str]:
        """The languages spoken there that this site speaks, too; all of the site's where there is none."""
        return [code for code in self.languages if code in LANGUAGES] or list(LANGUAGES)


def editions(
    *,
    neighborhood_id: int | None = None,
    kind: ReportKind | None = None,
    year: int | None = None,
    words: str = "",
    page: int = 1,
    size: int = 20,
) -> Page[EditionRow]:
    """The public library: every edition that is or was public and those on their way, newest first.

    `year` is that of the days it tells of, else of its publication; `words` are looked for in titles, codes and what
    reports are called in the language of the page.
    """
    query = _joined().where(_shown()).order_by(Edition.requested_at.desc(), Edition.id.desc())
    if neighborhood_id is not None:
        query = query.where(Edition.neighborhood_id == neighborhood_id)
    if kind is not None:
        query = query.where(Edition.kind == kind)
    if year is not None:
        told_of = sa.func.coalesce(sa.extract("year", Edition.first_on), sa.extract("year", Edition.requested_at))
        query = query.where(told_of == year)
    for word in words.split():
        query = query.where(_has(word))
    return page_of(query, number=page, size=size, row=_row)


def of_subject(subject: Subject, subject_id: int, *, kinds: Collection[ReportKind] = ()) -> list[EditionRow]:
    """The editions about one thing, newest first; of some `kinds` only, or of all that are public."""
    query = _joined().where(_about(subject, subject_id)).order_by(Edition.requested_at.desc(), Edition.id.desc())
    query = (
        query.where(Edition.kind.in_(kinds), Edition.stage != EditionStage.DROPPED) if kinds else query.where(_shown())
    )
    return [_row(*found) for found in db.session.execute(query)]


def published(kind: ReportKind) -> Iterator[tuple[EditionRow, dict[str, Any]]]:
    """Every published edition of a kind with its snapshot, the oldest first; some at a time, since they are long."""
    query = _joined(whole=True).where(Edition.kind == kind, Edition.stage == EditionStage.PUBLISHED)
    for edition, *more in db.session.execute(query.order_by(Edition.id).execution_options(yield_per=20)):
        yield _row(edition, *more), json.loads(edition.snapshot)


def of_projects(project_ids: Collection[int], kinds: Collection[ReportKind]) -> list[EditionRow]:
    """The editions of these kinds about these projects that stand: published, and not replaced by a later one."""
    about = (Edition.project_id.in_(project_ids), Edition.kind.in_(kinds), Edition.stage == EditionStage.PUBLISHED)
    found = [_row(*cells) for cells in db.session.execute(_joined().where(*about).order_by(Edition.id))]
    return [row for row in found if not row.is_superseded]


def public_rows(
    *conditions: sa.ColumnElement[bool], size: int, by: sa.ColumnElement[Any] | None = None
) -> list[EditionRow]:
    """So many of the public editions that meet some conditions, the newest first, or by another moment."""
    moment = Edition.requested_at if by is None else by
    query = _joined().where(_shown(), *conditions).order_by(moment.desc(), Edition.id.desc())
    return [_row(*found) for found in db.session.execute(query.limit(size))]


def public_page(
    *conditions: sa.ColumnElement[bool], by: sa.ColumnElement[Any], number: int, size: int
) -> Page[EditionRow]:
    """A page of the public editions that meet some conditions, the latest by a moment first."""
    query = _joined().where(_shown(), *conditions).order_by(by.desc(), Edition.id.desc())
    return page_of(query, number=number, size=size, row=_row)


def of_line(line: Line) -> list[EditionRow]:
    """The editions of a line, newest first, with the one that is not public yet."""
    query = _joined().where(Edition.line == line.key, Edition.stage != EditionStage.DROPPED)
    return [_row(*found) for found in db.session.execute(query.order_by(Edition.number.desc()))]


def detail(edition_id: int) -> EditionDetail:
    """The edition; NotFound for an unknown one and for one that was given up."""
    query = _joined(whole=True).where(Edition.id == edition_id, Edition.stage != EditionStage.DROPPED)
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    edition: Edition = found[0]
    last = sa.select(Edition.number, Edition.id, Edition.stage).where(
        Edition.line == edition.line, Edition.stage.in_((EditionStage.PUBLISHED, EditionStage.WITHDRAWN))
    )
    newest = db.session.execute(last.order_by(Edition.number.desc()).limit(1)).first()
    withdrawal = db.session.get(EditionWithdrawal, edition_id)
    row = _row(*found)
    return EditionDetail(
        row=row,
        text=edition.snapshot,
        snapshot=json.loads(edition.snapshot),
        files=tuple(_file(each) for each in edition.files),
        wanted=len(files_of(edition.kind, edition.stage, edition.languages)),
        newest=newest.number or row.number if newest else row.number,
        newest_id=newest.id if newest else row.id,
        due_on=edition.due_on,
        withdrawn_at=withdrawal.withdrawn_at if withdrawal else None,
        withdrawn_reason=withdrawal.reason if withdrawal else None,
        newest_stands=newest is not None and newest.stage is EditionStage.PUBLISHED,
    )


def file_of(edition_id: int, language: str, form: Form) -> FileRow:
    """One file of an edition; NotFound where it has none of that language and form."""
    query = sa.select(EditionFile).where(
        EditionFile.edition_id == edition_id, EditionFile.language == language, EditionFile.form == form
    )
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return _file(found)


def by_hash(typed: str) -> list[EditionRow]:
    """Editions whose data hash, or the hash of a file, begins with what was typed (12 hex digits or more).

    Those that were given up are among them: a paper of one may be in somebody's hands.
    """
    start = typed.lower().strip()
    of_file = sa.select(EditionFile.edition_id).where(EditionFile.file_hash.startswith(start, autoescape=True))
    matches = sa.or_(Edition.data_hash.startswith(start, autoescape=True), Edition.id.in_(of_file))
    return [_row(*found) for found in db.session.execute(_joined().where(matches).order_by(Edition.id))]


def id_of_code(typed: str) -> int:
    """The edition with that code, however its letters are written; NotFound for an unknown one."""
    found = db.session.scalar(sa.select(Edition.id).where(sa.func.lower(Edition.code) == typed.lower()))
    if found is None:
        raise NotFound
    return found


def code_of(line: Line, number: int) -> str:
    """The public name that an edition of this line gets."""
    return code(line, subject_of(line).word, number)


def subject_of(line: Line) -> SubjectFacts:
    """What a report of this line is about; NotFound where there is no such thing."""
    found = db.session.execute(_QUERIES[NATURES[line.kind].subject], {"subject_id": line.subject_id}).first()
    if found is None:
        raise NotFound
    place: Neighborhood = found.Neighborhood
    word = found.word if str(found.word).startswith(place.slug) else f"{place.slug}-{found.word}"
    return SubjectFacts(
        name=found.name,
        word=word.rstrip("-"),
        neighborhood_id=place.id,
        neighborhood=place.name,
        time_zone=place.time_zone,
        currency=place.currency,
        languages=tuple(place.languages),
        author_id=getattr(found, "author_id", None),
    )


def open_of(line: Line) -> int | None:
    """The edition of a line that is not public yet; None where there is none."""
    return db.session.scalar(sa.select(Edition.id).where(Edition.line == line.key, Edition.stage.in_(OPEN)))


_ID: sa.BindParameter[int] = sa.bindparam("subject_id", type_=sa.BigInteger)
_QUERIES: dict[Subject, sa.Select[*tuple[Any, ...]]] = {
    Subject.NEIGHBORHOOD: sa.select(Neighborhood, Neighborhood.name.label("name"), sa.literal("").label("word")).where(
        Neighborhood.id == _ID
    ),
    Subject.CYCLE: sa.select(Neighborhood, Cycle.name.label("name"), Cycle.slug.label("word"))
    .join(Cycle, Cycle.neighborhood_id == Neighborhood.id)
    .where(Cycle.id == _ID),
    Subject.TASK_FORCE: sa.select(Neighborhood, TaskForce.name.label("name"), TaskForce.slug.label("word"))
    .join(TaskForce, TaskForce.neighborhood_id == Neighborhood.id)
    .where(TaskForce.id == _ID),
    Subject.MEETING: sa.select(
        Neighborhood,
        Meeting.title.label("name"),
        (TaskForce.slug + sa.literal("-") + sa.cast(Meeting.number, sa.String)).label("word"),
    )
    .join(TaskForce, TaskForce.neighborhood_id == Neighborhood.id)
    .join(Meeting, Meeting.task_force_id == TaskForce.id)
    .where(Meeting.id == _ID),
    Subject.PROJECT: sa.select(
        Neighborhood,
        Project.title.label("name"),
        (Cycle.slug + sa.literal("-") + sa.cast(Project.number, sa.String)).label("word"),
    )
    .join(Cycle, Cycle.neighborhood_id == Neighborhood.id)
    .join(Project, Project.cycle_id == Cycle.id)
    .where(Project.id == _ID),
    Subject.PROPOSAL: sa.select(
        Neighborhood,
        Proposal.title.label("name"),
        (Cycle.slug + sa.literal("-p") + sa.cast(Proposal.number, sa.String)).label("word"),
        Proposal.author_id.label("author_id"),
    )
    .join(Cycle, Cycle.neighborhood_id == Neighborhood.id)
    .join(Proposal, Proposal.cycle_id == Cycle.id)
    .where(Proposal.id == _ID, Proposal.number.is_not(None)),
}
_OTHER = aliased(Edition)
_NEWEST = (
    sa.select(sa.func.max(_OTHER.number))
    .where(_OTHER.line == Edition.line, _OTHER.stage.in_((EditionStage.PUBLISHED, EditionStage.WITHDRAWN)))
    .scalar_subquery()
)
COLUMNS = (Edition, Neighborhood.id, Neighborhood.name, Neighborhood.time_zone, _NEWEST)
PUBLIC = tuple(kind for kind, nature in NATURES.items() if nature.is_public)


def unprinted(edition_ids: Collection[int]) -> frozenset[int]:
    """Those of some editions that are drafts without their files, at which no worker is or will be."""
    made = sa.select(sa.func.count()).where(EditionFile.edition_id == Edition.id).scalar_subquery()
    drafts = sa.select(Edition.id, Edition.languages, made.label("made"))
    found = db.session.execute(drafts.where(Edition.id.in_(edition_ids), Edition.stage == EditionStage.SIGNING))
    lacking = [each.id for each in found if each.made < len(each.languages)]
    return frozenset(each for each in lacking if not jobs.is_on_its_way(RENDER, edition_id=each))


def _joined(*, whole: bool = False) -> Rows:
    """Without the snapshots, which are long, unless one is read as a `whole`."""
    query = sa.select(*COLUMNS).join(Neighborhood, Neighborhood.id == Edition.neighborhood_id)
    return query if whole else query.options(defer(Edition.snapshot))


def _has(word: str) -> sa.ColumnElement[bool]:
    called = [kind for kind, name in KINDS.items() if word.casefold() in str(name).casefold()]
    named = [column.icontains(word, autoescape=True) for column in (Edition.title, Edition.code, Neighborhood.name)]
    return sa.or_(*named, Edition.kind.in_(called))


def _shown() -> sa.ColumnElement[bool]:
    return sa.and_(Edition.stage != EditionStage.DROPPED, Edition.kind.in_(PUBLIC))


def _about(subject: Subject, subject_id: int) -> sa.ColumnElement[bool]:
    if subject is Subject.NEIGHBORHOOD:
        return Edition.neighborhood_id == subject_id
    column: sa.ColumnElement[int | None] = getattr(Edition, SUBJECTS[subject])
    return column == subject_id


def _row(edition: Edition, where_id: int, where: str, zone: str, newest: int | None) -> EditionRow:
    column = SUBJECTS.get(NATURES[edition.kind].subject, "neighborhood_id")
    period = None
    if edition.first_on is not None and edition.last_on is not None:
        period = Period(first_on=edition.first_on, last_on=edition.last_on)
    return EditionRow(
        id=edition.id,
        code=edition.code or "",
        line=Line(kind=edition.kind, subject_id=getattr(edition, column), period=period),
        title=edition.title,
        neighborhood_id=where_id,
        neighborhood_name=where,
        time_zone=zone,
        languages=tuple(edition.languages),
        number=edition.number or 0,
        note=edition.note,
        stage=edition.stage,
        fault=edition.fault,
        data_hash=edition.data_hash,
        requested_at=edition.requested_at,
        published_at=edition.published_at,
        newest=newest,
    )


def _file(row: EditionFile) -> FileRow:
    return FileRow(language=row.language, form=row.form, file_hash=row.file_hash, size=row.size, renderer=row.renderer)
