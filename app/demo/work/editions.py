"""A few reports that Riverside has published besides its results; the rest are owed, and its clerk can publish them."""

from collections.abc import Callable
from datetime import date
from functools import partial

from flask import current_app

from app.core.access import Actor
from app.demo.days import Diary
from app.demo.people import Cast
from app.places import queries as places
from app.places.models import Neighborhood
from app.reports.desk import queries as desk
from app.reports.duties import queries as duties
from app.reports.duties.rules import Duty
from app.reports.rules import ReportKind
from app.reports.services import Publish, publish

KINDS = (ReportKind.SETBACKS, ReportKind.MINUTES, ReportKind.ONE_PAGER)
"""One of each; every edition takes some seconds to be made."""
DAYS_AGO = 3


def foresee(people: Cast, where: Neighborhood, diary: Diary, *, work: Callable[[], object]) -> None:
    """Publish them a few days ago; `work` has their files made at once, so that these carry the date of that day."""
    clerk = people.parts["clerk"]
    for number, kind in enumerate(KINDS):
        diary.note(-DAYS_AGO, 13 + number, partial(publish_latest, where.slug, kind, by=clerk, work=work))


def publish_latest(slug: str, kind: ReportKind, *, by: Actor, work: Callable[[], object]) -> int | None:
    """Publish the latest report of a kind that is owed and nothing keeps back; None where there is none."""
    documents = current_app.extensions["documents"]
    if kind not in documents or documents[kind].is_signed:
        return None
    where = places.neighborhood(slug)
    owed = [each for each in duties.owed(where, duties.here(where)) if each.line.kind is kind and each.issue is None]
    ready = next((each for each in sorted(owed, key=_day, reverse=True) if not desk.blocks_of(each.line)), None)
    if ready is None:
        return None
    line = ready.line
    edition_id = publish(Publish(kind=kind, subject_id=line.subject_id, period=line.period, languages=("en",)), by=by)
    work()
    return edition_id


def _day(duty: Duty) -> tuple[date, int]:
    return duty.due_on or date.min, duty.line.subject_id
