"""Reading whose last days have come untold, who hears of a draft, and what the mails say."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import LazyString

from app.core.clock import today
from app.core.db import db
from app.core.moments import day_in
from app.notifications.drafts.rules import AHEAD, is_near
from app.notifications.followers import queries as followers
from app.notifications.followers.models import FollowersTold
from app.places.models import Neighborhood
from app.reports.commenting import queries as commenting
from app.reports.commenting.models import CommentWindow, DraftComment
from app.reports.models import Edition
from app.reports.rules import NATURES, EditionStage, Subject, line_of
from app.reports.words import full_name

Facts = Mapping[str, Any]


def nearly_over(neighborhood_id: int, on: date) -> list[int]:
    """The drafts of a neighborhood whose last day is near and has not been told again."""
    told = sa.exists().where(FollowersTold.window_id == CommentWindow.id)
    query = sa.select(CommentWindow.id, CommentWindow.opened_at, CommentWindow.closes_on, Neighborhood.time_zone)
    query = query.join(Neighborhood, Neighborhood.id == CommentWindow.neighborhood_id).where(~told)
    near = CommentWindow.closes_on >= on, CommentWindow.closes_on <= on + AHEAD
    rows = db.session.execute(query.where(Neighborhood.id == neighborhood_id, *near).order_by(CommentWindow.id))
    return [row.id for row in rows if is_near(day_in(row.time_zone, row.opened_at), row.closes_on, on)]


def crowd(facts: Facts) -> set[int]:
    """Those who follow what a report tells of; the second time only who has not said anything yet."""
    line = line_of(_window(facts).line)
    of_body = NATURES[line.kind].subject is Subject.TASK_FORCE
    people = followers.of_task_force(line.subject_id) if of_body else followers.of_cycles(line.subject_id)
    return people - _commenters(facts["window_id"]) if facts["again"] else people


def lies_open(facts: Facts) -> dict[str, Any] | None:
    """The draft and its last day; None once that is over, or the report is out."""
    window = _window(facts)
    if today(window.time_zone) > window.closes_on or commenting.is_out(window.line):
        return None
    return {**facts, "report": _name(window), "place": window.place, "last_on": window.closes_on}


def comments_of(line_key: str) -> dict[int, dict[str, Any]]:
    """A report's draft and the comments on it, by whoever wrote them; who handed one in on paper is not known."""
    query = sa.select(DraftComment.person_id, DraftComment.window_id, DraftComment.id).join(DraftComment.window)
    query = query.where(CommentWindow.line == line_key, DraftComment.on_paper.is_(False))
    found: dict[int, dict[str, Any]] = {}
    for person_id, window_id, comment_id in db.session.execute(query.order_by(DraftComment.number)):
        found.setdefault(person_id, {"window_id": window_id, "comment_ids": []})["comment_ids"].append(comment_id)
    return found


def answered(facts: Facts) -> dict[str, Any] | None:
    """What came of somebody's comments; None where the edition that prints it stands no longer."""
    stage = db.session.scalar(sa.select(Edition.stage).where(Edition.id == facts["edition_id"]))
    if stage is not EditionStage.PUBLISHED:
        return None
    query = sa.select(DraftComment).where(DraftComment.id.in_(facts["comment_ids"])).order_by(DraftComment.number)
    return {**facts, "report": _name(_window(facts)), "comments": list(db.session.scalars(query))}


def _commenters(window_id: int) -> set[int]:
    """Who has said something; a clerk who typed what somebody else handed in has not."""
    query = sa.select(DraftComment.person_id).where(DraftComment.window_id == window_id)
    return set(db.session.scalars(query.where(DraftComment.on_paper.is_(False))))


def _name(window: Any) -> LazyString:
    """What the report is called, in the language of whoever reads it."""
    return LazyString(full_name, line_of(window.line), window.title)


def _window(facts: Facts) -> Any:
    """A draft without its figures, which are long."""
    place = Neighborhood.name.label("place"), Neighborhood.time_zone
    query = sa.select(CommentWindow.line, CommentWindow.title, CommentWindow.closes_on, *place)
    query = query.join(Neighborhood, Neighborhood.id == CommentWindow.neighborhood_id)
    return db.session.execute(query.where(CommentWindow.id == facts["window_id"])).one()
