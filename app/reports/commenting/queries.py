"""Reading drafts that lie open, what was said about them, and what is in the way of their editions."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import has_request_context, url_for
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from app.core.clock import today
from app.core.db import db
from app.core.moments import day_in
from app.core.paging import Rows
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.places.models import Neighborhood
from app.reports.commenting.models import CommentTerm, CommentWindow, DraftComment, DraftCommentAnswer
from app.reports.commenting.rules import KINDS, Verdict, WhyNot, days_of, left_to_do, unanswered, unread
from app.reports.commenting.words import BLOCKS
from app.reports.models import Edition
from app.reports.pages import Block, Figures, document_of
from app.reports.rules import NATURES, EditionStage, Line, ReportKind, Subject, plain
from app.taskforces.projects import queries as projects
from app.taskforces.seats import queries as seats

IS_OUT = (EditionStage.PUBLISHED, EditionStage.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class CommentRow:
    """A comment with what became of it; days where the neighborhood is."""

    id: int
    number: int
    words: str
    language: str
    public_name: str | None
    on_paper: bool
    person_id: int
    said_on: date
    verdict: Verdict | None
    reason: str | None
    response: str | None
    change: str | None
    answered_by: str | None
    answered_on: date | None

    @property
    def is_answered(self) -> bool:
        """Whether somebody has said what came of it."""
        return self.response is not None


@dataclass(frozen=True, kw_only=True)
class WindowRow:
    """A draft that lies or lay open."""

    id: int
    kind: ReportKind
    line_key: str
    neighborhood_id: int
    neighborhood: str
    time_zone: str
    title: str
    closes_on: date
    opened_at: datetime
    data_hash: str
    text: str
    comments: tuple[CommentRow, ...] = ()

    @property
    def to_do(self) -> int:
        """How many comments nobody has read, or answered."""
        return unread(self.comments) + unanswered(self.comments)

    @property
    def is_open(self) -> bool:
        """Whether its days are not over."""
        return today(self.time_zone) <= self.closes_on

    @property
    def snapshot(self) -> dict[str, Any]:
        """What was frozen when it was opened."""
        found: dict[str, Any] = json.loads(self.text)
        return found


def window(window_id: int) -> WindowRow | None:
    """A draft with everything that was said about it; None for an unknown one."""
    return _one(CommentWindow.id == window_id)


def of_line(line: Line) -> WindowRow | None:
    """The draft of a report that lies or lay open; None where there is none."""
    return _one(CommentWindow.line == line.key)


def open_now() -> list[WindowRow]:
    """The drafts about which something can be said today, those that close first before the others."""
    yesterday = today("UTC") - timedelta(days=1)  # west of Greenwich it still is
    return [row for row in _not_out(CommentWindow.closes_on >= yesterday) if row.is_open]


def waiting(neighborhood_ids: Collection[int]) -> list[WindowRow]:
    """The drafts of some neighborhoods whose editions are not out yet, those that close first before the others."""
    return _not_out(CommentWindow.neighborhood_id.in_(neighborhood_ids))


def is_out(line_key: str) -> bool:
    """Whether an edition of a report is or was public."""
    return bool(db.session.scalar(sa.select(_out(sa.literal(line_key)))))


def term_of(cycle_id: int) -> int | None:
    """For how many days drafts about a cycle lie open; None where they do not."""
    query = sa.select(CommentTerm.days).where(CommentTerm.cycle_id == cycle_id)
    return db.session.scalar(query.order_by(CommentTerm.id.desc()).limit(1))


def days_for(line: Line) -> int | None:
    """For how many days the draft of a report lies open: what the cycles it tells of say."""
    if line.kind not in KINDS:
        return None
    return days_of(term_of(cycle.id) for cycle in _told(line))


def chair_ids(line: Line, on: date) -> frozenset[int]:
    """The co-chairs of the task force that a report tells of; nobody for other reports."""
    of_body = NATURES[line.kind].subject is Subject.TASK_FORCE
    return seats.co_chair_ids(line.subject_id, on) if of_body else frozenset()


def blocks_of(line: Line) -> Sequence[Block]:
    """What must be put right before a report is final: what its document says, and what is left of the comments."""
    return [*document_of(line.kind).blocks(line), *_left(line)]


def around(line: Line) -> dict[str, Any]:
    """What the page on which a report is published says of its draft."""
    row = of_line(line)
    is_due = line.kind in KINDS and row is None and not is_out(line.key)
    return {
        "window": row,
        "comment_days": days_for(line) if is_due else None,
        "terms": [(cycle, term_of(cycle.id)) for cycle in _told(line)] if is_due else [],
    }


def _told(line: Line) -> list[CycleFacts]:
    """The cycles a report tells of."""
    if NATURES[line.kind].subject is not Subject.TASK_FORCE:
        return cycles.of_neighborhoods([line.subject_id])
    ids = sorted({card.cycle_id for card in projects.of_task_forces(line.subject_id)})
    return [cycles.facts(cycle_id) for cycle_id in ids]


def figures_of(line: Line) -> Figures:
    """What a report would print today as plain JSON, with the comments on its draft where it lay open."""
    figures = plain(document_of(line.kind).figures(line))
    row = of_line(line) if line.kind in KINDS else None
    return figures if row is None else {**figures, "comments": plain([_printed(each) for each in row.comments])}


def _left(line: Line) -> list[Block]:
    if line.kind not in KINDS or is_out(line.key):
        return []
    row = of_line(line)
    if row is None:
        left = [WhyNot.NO_DAYS] if days_for(line) else []
    else:
        left = list(left_to_do(row.closes_on, today(row.time_zone), row.comments))
    url = url_for("commenting.show", window_id=row.id) if row is not None and has_request_context() else None
    return [Block(said=str(BLOCKS[each]), url=url) for each in left]


def _printed(row: CommentRow) -> dict[str, Any]:
    """A comment as an edition prints it; of one that is not shown, only that there was one, and why."""
    if row.verdict is not Verdict.SHOWN:
        return {"number": row.number, "said_on": row.said_on, "verdict": row.verdict, "reason": row.reason}
    names = "number language words public_name on_paper said_on verdict response change answered_by answered_on".split()
    return {name: getattr(row, name) for name in names}


def _one(condition: sa.ColumnElement[bool]) -> WindowRow | None:
    found = db.session.execute(_selected().where(condition)).first()
    return None if found is None else _window(*found)


def _not_out(condition: sa.ColumnElement[bool]) -> list[WindowRow]:
    query = _selected().where(condition, sa.not_(_out(CommentWindow.line))).order_by(CommentWindow.closes_on)
    return [_window(*found) for found in db.session.execute(query)]


def _out(line_key: sa.ColumnElement[str] | InstrumentedAttribute[str]) -> sa.Exists:
    return sa.exists().where(Edition.line == line_key, Edition.stage.in_(IS_OUT))


def _selected() -> Rows:
    answered = joinedload(DraftComment.answer).joinedload(DraftCommentAnswer.person)
    said = selectinload(CommentWindow.comments)
    return (
        sa.select(CommentWindow, Neighborhood.name, Neighborhood.time_zone)
        .join(Neighborhood, Neighborhood.id == CommentWindow.neighborhood_id)
        .options(said.options(joinedload(DraftComment.reading), answered))
    )


def _window(row: CommentWindow, place: str, zone: str) -> WindowRow:
    return WindowRow(
        id=row.id,
        kind=row.kind,
        line_key=row.line,
        neighborhood_id=row.neighborhood_id,
        neighborhood=place,
        time_zone=zone,
        title=row.title,
        closes_on=row.closes_on,
        opened_at=row.opened_at,
        data_hash=row.data_hash,
        text=row.snapshot,
        comments=tuple(_comment(each, zone) for each in row.comments),
    )


def _comment(row: DraftComment, zone: str) -> CommentRow:
    read, answer = row.reading, row.answer
    return CommentRow(
        id=row.id,
        number=row.number,
        words=row.words,
        language=row.language,
        public_name=row.public_name,
        on_paper=row.on_paper,
        person_id=row.person_id,
        said_on=day_in(zone, row.said_at),
        verdict=read.verdict if read else None,
        reason=read.reason if read else None,
        response=answer.response if answer else None,
        change=answer.change if answer else None,
        answered_by=answer.person.public_name if answer else None,
        answered_on=day_in(zone, answer.answered_at) if answer else None,
    )
