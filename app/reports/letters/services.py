"""Having all decision letters of a cycle made: frozen one by one, made by the worker, and bound into one file.

A killed worker leaves what it has done: the next one freezes what is not frozen yet, and makes the files that miss.
"""

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import files, jobs
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, ensure, ensure_standing
from app.core.events import publish as tell
from app.core.languages import LANGUAGES
from app.core.media import documents
from app.cycles import queries as cycles
from app.places.models import Neighborhood
from app.reports import policies, services
from app.reports import queries as reports
from app.reports.events import EditionPublished
from app.reports.letters import queries
from app.reports.letters.events import LetterFrozen, LettersBound, LettersOrdered, LettersResumed
from app.reports.letters.models import BatchLetter, LetterBatch
from app.reports.letters.rules import BIND, FREEZE
from app.reports.rules import EditionStage, Line, ReportKind
from app.reports.services import Publish


def order(cycle_id: int, *, by: Actor) -> int:
    """Have the letters of every decided proposal of a cycle made, printed and mailed; returns the order's id.

    An order on which nobody is at work any more, because its jobs gave up, goes on where it was.
    """
    cycle = cycles.facts(cycle_id)
    with transaction():
        locked(Neighborhood, cycle.neighborhood_id)
        message = _("Only a clerk of this neighborhood sends decision letters.")
        ensure_standing(policies.may_publish(by, cycle.neighborhood_id), message)
        due = queries.due(cycle_id)
        ensure(bool(due), "none_due", _("Nothing is decided yet about any proposal of this cycle."))
        left = next((each.id for each in queries.of_cycle(cycle_id) if each.finished_at is None), None)
        if left is not None:
            return _resume(cycle_id, left, by)
        letters = [
            BatchLetter(proposal_id=each.proposal_id, position=position, by_post=each.by_post)
            for position, each in enumerate(due, start=1)
        ]
        row = LetterBatch(cycle_id=cycle_id, requested_by_id=by.id, requested_at=now(), letters=letters)
        db.session.add(row)
        db.session.flush()
        jobs.enqueue(FREEZE, batch_id=row.id)
        tell(LettersOrdered(actor_id=by.id, cycle_id=cycle_id, batch_id=row.id, letters=len(letters)))
    return row.id


def freeze(lease: jobs.Lease) -> None:
    """The worker's first part: each letter frozen in a transaction of its own, so that none is lost or made twice."""
    batch_id = int(lease.arguments["batch_id"])
    for proposal_id, locale in queries.to_freeze(batch_id):
        with transaction():
            lease.renew()
            _freeze(batch_id, proposal_id, locale)
    with lease.finishing():
        _bind_if_whole(batch_id)


def bind_when_whole(event: EditionPublished) -> None:
    """Once the last letter of an order is made, they are bound into one file."""
    if event.kind is ReportKind.LETTER:
        for batch_id in queries.waiting_for(event.edition_id):
            _bind_if_whole(batch_id)


def bind(lease: jobs.Lease) -> None:
    """The worker's last part: all letters as one file, just as each was published, page after page."""
    batch_id = int(lease.arguments["batch_id"])
    name = cycles.facts(queries.batch(batch_id).cycle_id).name
    hashes = queries.file_hashes(batch_id)
    db.session.rollback()
    content = documents.joined((files.load(each) for each in hashes), title=name)
    digest = files.store(content)
    with lease.finishing():
        row = db.session.get_one(LetterBatch, batch_id)
        row.file_hash, row.size, row.finished_at = digest, len(content), now()
        tell(LettersBound(actor_id=None, cycle_id=row.cycle_id, batch_id=batch_id, file_hash=digest))


def _resume(cycle_id: int, batch_id: int, by: Actor) -> int:
    is_free = not queries.is_at_work(batch_id)
    ensure(is_free, "on_its_way", _("The letters of this cycle are being made already."))
    jobs.enqueue(FREEZE, batch_id=batch_id)
    tell(LettersResumed(actor_id=by.id, cycle_id=cycle_id, batch_id=batch_id))
    return batch_id


def _freeze(batch_id: int, proposal_id: int, locale: str) -> None:
    """Give a letter its edition: the one under way or public that says the same, else a new one."""
    line = Line(kind=ReportKind.LETTER, subject_id=proposal_id)
    row = db.session.get_one(BatchLetter, (batch_id, proposal_id))
    edition_id = reports.open_of(line) or _new(line, locale)
    row.edition_id = edition_id
    tell(LetterFrozen(actor_id=None, batch_id=batch_id, proposal_id=proposal_id, edition_id=edition_id))


def _new(line: Line, locale: str) -> int:
    language = locale if locale in LANGUAGES else "en"
    with force_locale(language):
        note = _("What is known about the decision has changed since.")
    command = Publish(kind=line.kind, subject_id=line.subject_id, languages=(language,), note=note)
    try:
        return services.freeze(command, reports.subject_of(line), by=None)
    except DomainError as reason:
        if reason.code != "nothing_new":
            raise
    return next(each.id for each in reports.of_line(line) if each.stage is EditionStage.PUBLISHED)


def _bind_if_whole(batch_id: int) -> None:
    db.session.flush()
    is_open = sa.select(LetterBatch.id).where(LetterBatch.id == batch_id, LetterBatch.finished_at.is_(None))
    if db.session.scalar(is_open) is None or jobs.is_on_its_way(BIND, batch_id=batch_id):
        return
    if queries.is_whole(batch_id):
        jobs.enqueue(BIND, batch_id=batch_id)
