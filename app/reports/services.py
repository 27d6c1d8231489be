"""Publishing: freeze the figures, hash them, and have a worker make the files that carry the hash."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.core import jobs
from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish as tell
from app.core.languages import LANGUAGES
from app.core.printing import pdf
from app.cycles import queries as cycles
from app.cycles.rules import canonical
from app.places.models import Neighborhood
from app.places.workdays.queries import working_day_after
from app.reports import pages, policies, queries
from app.reports.commenting import queries as commenting
from app.reports.events import (
    EditionDropped,
    EditionRequested,
    EditionRetried,
    EditionWithdrawn,
)
from app.reports.languages import queries as languages
from app.reports.models import SUBJECTS, Edition, EditionWithdrawal
from app.reports.queries import SubjectFacts
from app.reports.rules import (
    FORMAT,
    LEAST_NOTE,
    NATURES,
    OPEN,
    RENDER,
    EditionStage,
    Line,
    Period,
    ReportKind,
    Subject,
    WrongPeriod,
    data_hash,
    ensure_period,
    figures_hash,
    plain,
)
from app.taskforces.meetings.models import Meeting
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.signing.rules import DEADLINE_DAYS
from app.voting.results import queries as counts
from app.voting.results.events import ResultCertified

HELD: Mapping[Subject, type[Meeting | Project]] = {Subject.MEETING: Meeting, Subject.PROJECT: Project}
"""What nobody changes while its figures are read and their moment is taken: what changes later has a later moment."""


@dataclass(frozen=True, kw_only=True)
class Publish:
    """Which report, in which languages (codes), and what changed since the edition before (none for the first)."""

    kind: ReportKind
    subject_id: int
    period: Period | None = None
    languages: Sequence[str] = ("en",)
    note: str = ""

    @property
    def line(self) -> Line:
        """The line of editions it continues."""
        return Line(kind=self.kind, subject_id=self.subject_id, period=self.period)


def publish(command: Publish, *, by: Actor | None) -> int:
    """Freeze the figures of a report as its next edition and have the files made; returns the edition's id.

    Refuses while the same figures are published already, while an edition of the same line is on its way, and while
    something blocks it. `by` None: the clock publishes what is due. What both sides sign is put before them first
    (`signing_off`), for as many working days as an agreement has.
    """
    line, document = command.line, pages.document_of(command.kind)
    with transaction():
        subject = _ready(line, by)
        blocks = commenting.blocks_of(line)
        if blocks:
            raise DomainError("blocked", blocks[0].said)
        last = working_day_after(subject.neighborhood_id, today(subject.time_zone), DEADLINE_DAYS)
        return freeze(command, subject, by=by, signed_until=last if document.is_signed else None)


def freeze(command: Publish, subject: SubjectFacts, *, by: Actor | None, signed_until: date | None = None) -> int:
    """Freeze a report as it stands; joins the transaction of whoever has seen that it may be. Returns the edition's id.

    With `signed_until` it is a draft until both sides have signed or that day has passed; without, it is published as
    soon as the worker has made its files.
    """
    line = command.line
    figures = commenting.figures_of(line)
    newest = _newest(line)
    fresh = figures_hash(figures)
    translations = _translations(command, figures, subject)
    if newest is not None and newest.figures_hash == fresh and not _says_more(newest, command, translations):
        message = _("These figures are already published. A new edition needs new figures.")
        raise DomainError("nothing_new", message)
    number = (newest.number or 0) + 1 if newest else 1
    note = _note(command, number)
    edition = _edition(command, subject, number=number, note=note, by=by)
    edition.figures_hash = fresh
    edition.due_on, edition.stage = signed_until, EditionStage.SIGNING if signed_until else EditionStage.RENDERING
    write_snapshot(edition, figures, subject, signatures=(), translations=translations)
    db.session.add(edition)
    db.session.flush()
    jobs.enqueue(RENDER, edition_id=edition.id)
    _told_requested(edition, by)
    return edition.id


def write_snapshot(
    edition: Edition,
    figures: Any,
    subject: SubjectFacts,
    *,
    signatures: Sequence[Any],
    translations: Mapping[str, Any] | None = None,
) -> None:
    """Write down everything an edition prints, and its hash; `figures` and `signatures` as `plain` gives them."""
    content = {
        "format": FORMAT,
        "kind": edition.kind.value,
        "code": edition.code,
        "number": edition.number,
        "subject": subject.name,
        "neighborhood": subject.neighborhood,
        "time_zone": subject.time_zone,
        "currency": subject.currency,
        "first_on": plain(edition.first_on),
        "last_on": plain(edition.last_on),
        "fixed_at": plain(now()),
        "languages": edition.languages,
        "note": edition.note,
        "site": current_app.config["SITE_URL"],
        "renderer": pdf.renderer(),
        "figures_hash": edition.figures_hash,
        "signatures": plain(list(signatures)),
        "figures": figures,
    }
    if translations:
        content[pages.TRANSLATIONS] = translations
    _fix(edition, content)


def close_signing(edition: Edition, signatures: Sequence[Any]) -> None:
    """Print who has signed beside the frozen figures, which stay as they are, and have the final files made.

    Joins the transaction of the last signature, or of the day on which the time to sign is over.
    """
    content = json.loads(edition.snapshot) | {"signatures": plain(list(signatures)), "renderer": pdf.renderer()}
    _fix(edition, content)
    edition.stage = EditionStage.RENDERING
    jobs.enqueue(RENDER, edition_id=edition.id)


def _fix(edition: Edition, content: Mapping[str, Any]) -> None:
    edition.snapshot = canonical(content)
    edition.data_hash = data_hash(edition.snapshot)


def publish_imported(event: ResultCertified) -> None:
    """An imported vote has nobody to press the button: its results report is published with its certification.

    In English where it is ready in it, else in the languages it is ready in; in none it stays owed, for a clerk to see.
    """
    record = counts.certified(event.cycle_id)
    if record is None or record.clerk_id is None or not cycles.facts(event.cycle_id).is_imported:
        return
    clerk = db.session.get_one(Person, record.clerk_id)
    line = Line(kind=ReportKind.RESULTS, subject_id=event.cycle_id)
    ready = languages.ready(line, LANGUAGES)
    if ready:
        chosen = ("en",) if "en" in ready else ready
        publish(Publish(kind=line.kind, subject_id=line.subject_id, languages=chosen), by=actor_of(clerk))


def retry(edition_id: int, *, by: Actor) -> None:
    """Have the worker make the missing files of an edition that failed, or of a draft that nobody makes them of."""
    with transaction():
        edition = _held(edition_id, by)
        has_failed = edition.stage is EditionStage.FAILED or edition_id in queries.unprinted([edition_id])
        ensure(has_failed, "not_failed", _("Only an edition that failed is tried again."))
        if edition.stage is EditionStage.FAILED:
            edition.stage, edition.fault = EditionStage.RENDERING, None
        jobs.enqueue(RENDER, edition_id=edition_id)
        tell(EditionRetried(actor_id=by.id, edition_id=edition_id))


def drop(edition_id: int, *, by: Actor) -> None:
    """Give up an edition that could not be made, or a draft that is wrong; its number is free for the next."""
    with transaction():
        known = db.session.get(Edition, edition_id)
        if known is not None and known.task_force_id is not None:
            locked(TaskForce, known.task_force_id)  # whoever signs holds the task force before the edition
        edition = _held(edition_id, by)
        message = _("Only a draft, or an edition that failed, is given up.")
        ensure(edition.stage in (EditionStage.FAILED, EditionStage.SIGNING), "not_failed", message)
        let_go(edition, by_id=by.id)


def let_go(edition: Edition, *, by_id: int | None) -> None:
    """Free the number of an edition that never was public; joins a transaction."""
    assert edition.number is not None  # only a dropped one has none
    gone = EditionDropped(actor_id=by_id, edition_id=edition.id, line=edition.line, number=edition.number)
    edition.stage, edition.fault, edition.number, edition.code = EditionStage.DROPPED, None, None, None
    db.session.flush()
    tell(gone)


def withdraw(edition_id: int, reason: str, *, by: Actor) -> None:
    """Take a published edition back, with a reason that stands on its page for good; its files are not given out."""
    with transaction():
        edition = _held(edition_id, by)
        message = _("Only a published edition is withdrawn.")
        ensure(edition.stage is EditionStage.PUBLISHED, "not_published", message)
        ensure(len(reason) >= LEAST_NOTE, "no_reason", _("Say why, in a sentence."), field="reason")
        edition.stage = EditionStage.WITHDRAWN
        db.session.add(EditionWithdrawal(edition_id=edition_id, reason=reason, person_id=by.id, withdrawn_at=now()))
        tell(EditionWithdrawn(actor_id=by.id, edition_id=edition_id, reason=reason))


def _ready(line: Line, by: Actor | None) -> SubjectFacts:
    subject = queries.subject_of(line)
    locked(Neighborhood, subject.neighborhood_id)  # two clerks at once: the second sees what the first has begun
    if NATURES[line.kind].subject is Subject.TASK_FORCE:
        locked(TaskForce, line.subject_id)  # before the edition, as by everybody who works in it
    if NATURES[line.kind].subject in HELD:
        locked(HELD[NATURES[line.kind].subject], line.subject_id)  # what is true at its moment stands in the edition
    if by is not None:
        message = _("Only a clerk of this neighborhood publishes reports.")
        ensure_standing(policies.may_publish(by, subject.neighborhood_id), message)
    try:
        ensure_period(line.kind, line.period)
    except WrongPeriod as reason:
        raise DomainError("wrong_period", _("This report does not tell of these days.")) from reason
    if queries.open_of(line) is not None:
        raise DomainError("on_its_way", _("An edition of this report is already on its way."))
    return subject


def _translations(command: Publish, figures: Mapping[str, Any], subject: SubjectFacts) -> Mapping[str, Any]:
    """What stands for its texts in other languages; refused where one is missing, in a report that is published.

    A letter goes to one person and is not held up: it says what there is.
    """
    kept, short = languages.frozen(command.line, figures, subject, command.languages)
    if short and NATURES[command.kind].is_public:
        names = ", ".join(LANGUAGES.get(code, code) for code in short)
        message = _("Some of what people wrote is not translated yet: %(languages)s.", languages=names)
        raise DomainError("untranslated", message, field="languages")
    found: Mapping[str, Any] = kept
    return found


def _says_more(newest: Edition, command: Publish, translations: Mapping[str, Any]) -> bool:
    """Whether an edition with the same figures would say them in another language, or in better words."""
    before = json.loads(newest.snapshot).get(pages.TRANSLATIONS, {})
    is_public = newest.stage is EditionStage.PUBLISHED
    return (
        not is_public
        or not set(command.languages) <= set(newest.languages)
        or any(before.get(language) != rows for language, rows in translations.items())
    )


def _newest(line: Line) -> Edition | None:
    query = sa.select(Edition).where(Edition.line == line.key, Edition.number.is_not(None))
    return db.session.scalars(query.order_by(Edition.number.desc()).limit(1)).first()


def _note(command: Publish, number: int) -> str | None:
    if number == 1:
        return None
    message = _("Say what changed since the edition before, in a sentence.")
    ensure(len(command.note.strip()) >= LEAST_NOTE, "no_note", message, field="note")
    return command.note.strip()


def _edition(command: Publish, subject: SubjectFacts, *, number: int, note: str | None, by: Actor | None) -> Edition:
    line = command.line
    languages = [code for code in LANGUAGES if code in command.languages]
    ensure(bool(languages), "no_language", _("Choose at least one language."), field="languages")
    column = SUBJECTS.get(NATURES[line.kind].subject)
    about = {column: line.subject_id} if column else {}
    return Edition(
        **about,
        kind=line.kind,
        line=line.key,
        number=number,
        code=queries.code_of(line, number),
        title=subject.name,
        neighborhood_id=subject.neighborhood_id,
        first_on=line.period.first_on if line.period else None,
        last_on=line.period.last_on if line.period else None,
        languages=languages,
        note=note,
        requested_by_id=by.id if by else None,
        requested_at=now(),
    )


def _told_requested(edition: Edition, by: Actor | None) -> None:
    assert edition.number is not None  # it was just given
    tell(
        EditionRequested(
            actor_id=by.id if by else None,
            edition_id=edition.id,
            kind=edition.kind,
            line=edition.line,
            number=edition.number,
            data_hash=edition.data_hash,
        )
    )


def _held(edition_id: int, by: Actor) -> Edition:
    edition = locked(Edition, edition_id)
    if edition is None or edition.stage not in OPEN | {EditionStage.PUBLISHED}:
        raise NotFound
    message = _("Only a clerk of this neighborhood publishes reports.")
    ensure_standing(policies.may_publish(by, edition.neighborhood_id), message)
    return edition
