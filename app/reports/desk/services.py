"""Publishing several reports at once: each for itself, so that one that is refused holds none of the others up."""

from collections.abc import Iterable

from app.core.access import Actor
from app.core.errors import DomainError
from app.reports import queries
from app.reports.desk.rules import Outcome
from app.reports.languages.queries import ready
from app.reports.pages import document_of
from app.reports.rules import Line
from app.reports.services import Publish, publish


def publish_all(lines: Iterable[Line], *, by: Actor) -> list[Outcome]:
    """Freeze the first editions of some reports in the languages spoken there that they are ready in.

    What both co-chairs sign is put before them. Says what became of each.
    """
    return [_publish(line, by) for line in lines]


def _publish(line: Line, by: Actor) -> Outcome:
    subject = ""
    try:
        about = queries.subject_of(line)
        subject, spoken = about.name, about.printed_in
        languages = ready(line, spoken) or spoken
        command = Publish(kind=line.kind, subject_id=line.subject_id, period=line.period, languages=languages)
        edition_id = publish(command, by=by)
        return Outcome(line=line, subject=subject, edition_id=edition_id, is_signed=document_of(line.kind).is_signed)
    except DomainError as refusal:
        return Outcome(line=line, subject=subject, refused=refusal.message)
