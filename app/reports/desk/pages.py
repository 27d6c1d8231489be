"""What stands about reports on the pages of what they are about, and where each is published."""

from flask import url_for

from app.core.access import current_actor
from app.core.panels import Panel, Thing
from app.places import queries as places
from app.reports import policies, words
from app.reports.desk import queries as desk
from app.reports.duties import queries as duties
from app.reports.rules import Line, ReportKind, Subject
from app.taskforces import queries as bodies


def publish_address(line: Line) -> str:
    """Where a report is published."""
    first = line.period.first_on if line.period else None
    return url_for("reports.publish", kind=line.kind.value, subject_id=line.subject_id, first=first)


def beside(thing: Thing) -> Panel | None:
    """The newest public edition of each report about a thing, its shelf, and for its clerks what they may publish."""
    published = desk.newest_about(Subject(thing.kind), thing.id)
    doors = _doors(thing)
    shelf_url = url_for("shelves.of_task_force", slug=thing.slug) if thing.kind == Subject.TASK_FORCE else None
    if not (published or doors or shelf_url):
        return None
    facts = {"published": published, "doors": doors, "shelf_url": shelf_url, "words": words}
    return Panel(template="reports/_about.html", facts=facts)


def _doors(thing: Thing) -> list[tuple[str, str]]:
    """What whoever is looking may publish about a thing, and where."""
    if not policies.may_publish(current_actor(), thing.neighborhood_id):
        return []
    where = next(place for place in places.neighborhoods() if place.id == thing.neighborhood_id)
    lines = desk.lines_about(Subject(thing.kind), thing.id, duties.here(where))
    if thing.kind == Subject.TASK_FORCE:
        begun_on = bodies.task_force_of(thing.id).constituted_on
        lines = [line for line in lines if line.period is None or line.period.last_on >= begun_on]
    found = [(words.name_of(line), publish_address(line)) for line in lines]
    if thing.kind == Subject.CYCLE:
        found.append((str(words.KINDS[ReportKind.LETTER]), url_for("letters.index", cycle_id=thing.id)))
    return found
