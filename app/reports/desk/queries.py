"""Reading the desk: what a clerk owes with what blocks it, and which editions are under way."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask import current_app

from app.core.access import Actor, Role
from app.core.db import db
from app.core.errors import DomainError
from app.core.paging import Page, part_of
from app.places.queries import NeighborhoodFacts, neighborhoods
from app.reports.commenting import queries as commenting
from app.reports.desk.rules import goes_with_others
from app.reports.duties import queries as duties
from app.reports.duties.rules import Duty, Standing
from app.reports.letters.queries import Unwritten, unwritten
from app.reports.models import Edition
from app.reports.pages import Block, document_of
from app.reports.queries import EditionRow, of_subject, public_rows, unprinted
from app.reports.rules import NATURES, OPEN, EditionStage, Line, ReportKind, Span, Subject, period_before, period_of
from app.reports.signing_off import queries as signing_off
from app.taskforces.signing.queries import AgreementRow

SIZE = 20
MOST_UNDER_WAY = 200


@dataclass(frozen=True, kw_only=True)
class Row:
    """Something owed, as the desk shows it: the day it is there, what blocks it, who signs it."""

    duty: Duty
    today: date
    blocks: Sequence[Block]
    is_signed: bool

    @property
    def goes_with_others(self) -> bool:
        """Whether it may be ticked."""
        return goes_with_others(self.duty, self.blocks)


@dataclass(frozen=True, kw_only=True)
class UnderWay:
    """An edition that is not public yet; `signed_by_on` is the last day to sign one that waits for that.

    `is_unprinted`: it is a draft whose PDF could not be made.
    """

    row: EditionRow
    signed_by_on: date | None
    asked: AgreementRow | None
    """The agreement in which both co-chairs are asked to sign it."""
    is_unprinted: bool


def places_of(actor: Actor) -> list[NeighborhoodFacts]:
    """The neighborhoods whose reports a clerk publishes."""
    return [where for where in neighborhoods() if actor.holds(Role.CLERK, where.id)]


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A page of what is not published yet, and how much there is of each kind, the most frequent first."""

    page: Page[Row]
    kinds: Mapping[ReportKind, int]


def owed(around: Sequence[NeighborhoodFacts], *, page: int, kind: ReportKind | None = None) -> Owed:
    """What is not published yet in some neighborhoods, with what blocks it; what is under way stands elsewhere.

    The days nearest to today come first, gone by or to come: what is two years late waits on the last page.
    """
    here = {place.id: duties.here(place) for place in around}
    found = [each for place in around for each in duties.owed(place, here[place.id]) if not each.is_on_its_way]
    open_ = [each for each in found if each.standing(here[each.neighborhood_id]) is not Standing.PUBLISHED]
    open_.sort(key=lambda each: (_days_off(each, here[each.neighborhood_id]), each.subject, each.line.key))
    mine = [each for each in open_ if kind in (None, each.line.kind)]
    part = part_of(mine, number=page, size=SIZE)
    rows = [_row(each, here[each.neighborhood_id]) for each in part.items]
    return Owed(page=part.told(rows), kinds=dict(Counter(each.line.kind for each in open_).most_common()))


def _days_off(duty: Duty, on: date) -> int:
    return abs(((duty.due_on or date.max) - on).days)


def under_way(around: Sequence[NeighborhoodFacts]) -> list[UnderWay]:
    """The editions that wait for signatures, are being made or could not be made, the newest first."""
    ids = [place.id for place in around]
    found = public_rows(Edition.stage.in_(OPEN), Edition.neighborhood_id.in_(ids), size=MOST_UNDER_WAY)
    query = sa.select(Edition.id, Edition.due_on).where(Edition.id.in_([row.id for row in found]))
    days = {row.id: row.due_on for row in db.session.execute(query)} if found else {}
    asked = signing_off.asked_of([row.id for row in found if row.stage is EditionStage.SIGNING])
    lacking = unprinted([row.id for row in found])
    return [
        UnderWay(row=row, signed_by_on=days.get(row.id), asked=asked.get(row.id), is_unprinted=row.id in lacking)
        for row in found
    ]


def letters(around: Sequence[NeighborhoodFacts]) -> list[Unwritten]:
    """The cycles whose decision letters are not all written, or are being made."""
    return unwritten([place.id for place in around])


def blocks_of(line: Line) -> Sequence[Block]:
    """What must be put right before a report is final; what its document cannot say is itself in the way."""
    try:
        return commenting.blocks_of(line)
    except DomainError as refusal:
        return [Block(said=refusal.message)]


def lines_about(subject: Subject, subject_id: int, on: date) -> list[Line]:
    """The reports that can be published about a thing: of no time, or of the last month, quarter or year that ended."""
    kinds: list[ReportKind] = sorted(current_app.extensions["documents"])
    about = [kind for kind in kinds if NATURES[kind].subject is subject and NATURES[kind].is_public]
    return [_latest(kind, subject_id, on) for kind in about]


def newest_about(subject: Subject, subject_id: int) -> list[EditionRow]:
    """The newest published edition of each report about a thing, the latest first."""
    found: dict[str, EditionRow] = {}
    for row in of_subject(subject, subject_id):
        if row.stage is EditionStage.PUBLISHED:
            found.setdefault(row.line.key, row)
    return list(found.values())


def _latest(kind: ReportKind, subject_id: int, on: date) -> Line:
    running = period_of(kind, on) if NATURES[kind].span is not Span.NONE else None
    return Line(kind=kind, subject_id=subject_id, period=period_before(kind, running) if running else None)


def _row(duty: Duty, on: date) -> Row:
    return Row(duty=duty, today=on, blocks=blocks_of(duty.line), is_signed=document_of(duty.line.kind).is_signed)
