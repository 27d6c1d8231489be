"""Publishing several reports at once: each for itself, so that one that is refused holds none of the others up."""

from collections.abc import Iterable

from app.core.access import Actor
from app.core.errors import DomainError
from app.reports import queries
from app.reports.desk.rules import Outcome
from app.reports.languages.queries import ready
from app.reports.rules import Line
from app.reports.services import Publish, publish


def publish_all(lines: Iterable[Line], *, by: Actor) -> list[Outcome]:
    """Freeze the first editions of some reports in the languages spoken there that they are ready in.

    Says what became of each.
    """
    return [_publish(line, by) for line in lines]


def _publish(line: Line, by: Actor) -> Outcome:
    try:
        spoken = queries.subject_of(line).printed_in
        languages = ready(line, spoken) or spoken
        command = Publish(kind=line.kind, subject_id=line.subject_id, period=line.period, languages=languages)
        return Outcome(line=line, edition_id=publish(command, by=by))
    except DomainError as refusal:
        return Outcome(line=line, refused=refusal.message)
