"""The verbs of drafts that lie open: set a cycle's days, open a draft, comment, read first, and say what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure_standing
from app.core.events import publish
from app.cycles import queries as cycles
from app.places.models import Neighborhood
from app.reports import queries as reports
from app.reports.commenting import policies, queries, words
from app.reports.commenting.events import (
    CommentTermSet,
    DraftCommentAnswered,
    DraftCommented,
    DraftCommentRead,
    DraftOpened,
)
from app.reports.commenting.models import (
    CommentTerm,
    CommentWindow,
    DraftComment,
    DraftCommentAnswer,
    DraftCommentReading,
)
from app.reports.commenting.queries import CommentRow, WindowRow
from app.reports.commenting.rules import Verdict, WhyNot, closes_on, why_not_answer, why_not_open, why_not_say
from app.reports.previews import pages as previews
from app.reports.rules import Line, line_of


@dataclass(frozen=True, kw_only=True)
class Say:
    """What somebody says about a draft, in which language, and the name under which it is printed, if any."""

    words: str
    language: str
    public_name: str = ""
    on_paper: bool = False


@dataclass(frozen=True, kw_only=True)
class AnswerComment:
    """What is said to a comment, and what was changed because of it; empty: nothing was."""

    response: str
    change: str = ""


def set_days(cycle_id: int, days: int | None, *, by: Actor) -> None:
    """Set for how many days drafts of reports about a cycle lie open; drafts that are open keep their days."""
    with transaction():
        home = cycles.facts(cycle_id).neighborhood_id
        ensure_standing(policies.may_open(by, home), str(words.OPENS))
        db.session.add(CommentTerm(cycle_id=cycle_id, days=days, set_by_id=by.id, set_at=now()))
        publish(CommentTermSet(actor_id=by.id, cycle_id=cycle_id, days=days))


def open_draft(line: Line, *, by: Actor) -> int:
    """Freeze a report as it stands today as a draft on which residents comment; returns the id of its window."""
    with transaction():
        subject = reports.subject_of(line)
        ensure_standing(policies.may_open(by, subject.neighborhood_id), str(words.OPENS))
        locked(Neighborhood, subject.neighborhood_id)  # two clerks at once: the second sees what the first has done
        days = queries.days_for(line)
        is_opened, is_published = queries.of_line(line) is not None, queries.is_out(line.key)
        _refuse(why_not_open(line.kind, days, is_opened=is_opened, is_published=is_published))
        assert days is not None  # it was asked just before
        draft = previews.drafted(line)
        row = CommentWindow(
            kind=line.kind,
            line=line.key,
            neighborhood_id=subject.neighborhood_id,
            title=subject.name,
            snapshot=draft.snapshot,
            data_hash=draft.data_hash,
            opened_by_id=by.id,
            opened_at=draft.requested_at,
            closes_on=closes_on(today(subject.time_zone), days),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            DraftOpened(
                actor_id=by.id, window_id=row.id, line=row.line, data_hash=row.data_hash, closes_on=row.closes_on
            )
        )
    return row.id


def say(window_id: int, command: Say, *, by: Actor) -> int:
    """Say something about a draft; it is shown once somebody has read it. Returns the id of the comment."""
    with transaction():
        window = _held(window_id)
        on_paper = command.on_paper and policies.may_open(by, window.neighborhood_id)
        is_resident = on_paper or policies.may_say(by, window.neighborhood_id)
        is_published = queries.is_out(window.line_key)
        why = why_not_say(window.closes_on, today(window.time_zone), is_published=is_published, is_resident=is_resident)
        _refuse(why)
        row = DraftComment(
            window_id=window_id,
            number=len(window.comments) + 1,
            words=command.words,
            language=command.language,
            public_name=command.public_name or None,
            on_paper=on_paper,
            person_id=by.id,
            said_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            DraftCommented(
                actor_id=by.id,
                window_id=window_id,
                comment_id=row.id,
                number=row.number,
                on_paper=on_paper,
                words=row.words,
            )
        )
    return row.id


def read(comment_id: int, verdict: Verdict, reason: str, *, by: Actor) -> None:
    """Read a comment first: it is shown from now on, or it is not, for a reason that everybody reads."""

    def told(window: WindowRow, comment: CommentRow) -> None:
        _refuse(WhyNot.READ if comment.verdict else None)
        kept = reason if verdict is Verdict.NOT_SHOWN else None
        if verdict is Verdict.NOT_SHOWN and not reason.strip():
            raise DomainError("no_reason", str(words.SAY_WHY), field="reason")
        row = DraftCommentReading(comment_id=comment_id, verdict=verdict, reason=kept, person_id=by.id, read_at=now())
        db.session.add(row)
        db.session.flush()
        publish(
            DraftCommentRead(
                actor_id=by.id,
                window_id=window.id,
                comment_id=comment_id,
                verdict=verdict.value,
                reason=kept or "",
            )
        )

    _of_comment(comment_id, told, by)


def answer(comment_id: int, command: AnswerComment, *, by: Actor) -> None:
    """Say what came of a comment; it is printed in the edition beside it."""

    def told(window: WindowRow, comment: CommentRow) -> None:
        is_published = queries.is_out(window.line_key)
        _refuse(why_not_answer(comment.verdict, is_answered=comment.is_answered, is_published=is_published))
        row = DraftCommentAnswer(
            comment_id=comment_id,
            response=command.response,
            change=command.change or None,
            person_id=by.id,
            answered_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            DraftCommentAnswered(
                actor_id=by.id,
                window_id=window.id,
                comment_id=comment_id,
                is_changed=bool(command.change),
                response=command.response,
            )
        )

    _of_comment(comment_id, told, by)


def _of_comment(comment_id: int, act: Callable[[WindowRow, CommentRow], None], by: Actor) -> None:
    """Do something with a comment, its window held, as somebody who reads and answers them."""
    with transaction():
        window_id = db.session.scalar(sa.select(DraftComment.window_id).where(DraftComment.id == comment_id))
        if window_id is None:
            raise NotFound
        window = _held(window_id)
        on: date = today(window.time_zone)
        chairs = queries.chair_ids(line_of(window.line_key), on)
        ensure_standing(policies.may_answer(by, window.neighborhood_id, chairs), str(words.ANSWERS))
        act(window, next(each for each in window.comments if each.id == comment_id))


def _held(window_id: int) -> WindowRow:
    """The draft as it is now; who comments, reads or answers meets the others one after the other."""
    held = locked(CommentWindow, window_id)
    found = queries.window(window_id) if held is not None else None
    if found is None:
        raise NotFound
    return found


def _refuse(why: WhyNot | None) -> None:
    if why is not None:
        raise DomainError(why.value, str(words.REFUSALS[why]))
