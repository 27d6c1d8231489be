"""Publishing several reports at once: each for itself, so that one that is refused holds none of the others up."""

from collections.abc import Iterable

from app.core.access import Actor
from app.core.errors import DomainError
from app.reports import queries
from app.reports.desk.rules import Outcome
from app.reports.rules import Line
from app.reports.services import Publish, publish


def publish_all(lines: Iterable[Line], *, by: Actor) -> list[Outcome]:
    """Freeze the first editions of some reports in all languages spoken there; says what became of each."""
    return [_publish(line, by) for line in lines]


def _publish(line: Line, by: Actor) -> Outcome:
    try:
        languages = queries.subject_of(line).printed_in
        command = Publish(kind=line.kind, subject_id=line.subject_id, period=line.period, languages=languages)
        return Outcome(line=line, edition_id=publish(command, by=by))
    except DomainError as refusal:
        return Outcome(line=line, refused=refusal.message)
