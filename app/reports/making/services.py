"""Making the files of an edition, and the marks that all are public or that one could not be made."""

from collections.abc import Mapping

import structlog
from flask import current_app

from app.core import files, jobs
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.events import publish as tell
from app.core.media import documents
from app.core.printing import pdf, press
from app.reports import pages, queries
from app.reports.binding import services as binding
from app.reports.events import EditionFailed, EditionPublished
from app.reports.models import Edition, EditionFile
from app.reports.queries import EditionDetail
from app.reports.rules import EditionStage, Form, files_of

log = structlog.get_logger()


class NoFont(RuntimeError):
    """This machine has no font for the letters of a language."""


def render_edition(lease: jobs.Lease) -> None:
    """The worker's part: file after file, each kept once it is made, then the mark that all are public.

    A killed worker leaves the files it has made; the next one goes on after them. Nothing is public before all are.
    """
    edition_id = int(lease.arguments["edition_id"])
    edition = db.session.get_one(Edition, edition_id)
    missing = _missing(edition)
    db.session.rollback()
    try:
        for language, form in missing:
            _make(edition_id, language, form, lease)
    except jobs.LeaseLost:
        raise
    except Exception as reason:  # whatever it was, the edition must say so, and a clerk can try again
        log.exception("a report could not be made", edition=edition_id)
        with lease.finishing():
            _fail(edition_id, _fault(reason))
        return
    with lease.finishing():
        _finish(edition_id)


def rendered(edition_id: int, language: str, form: Form) -> bytes:
    """The PDF of an edition made anew from its frozen figures: the same bytes as before, with the same mark."""
    return _content(queries.detail(edition_id), language, form)


def _missing(edition: Edition) -> list[tuple[str, Form]]:
    there = {(each.language, each.form) for each in edition.files}
    return [each for each in files_of(edition.kind, edition.stage, edition.languages) if each not in there]


def _fault(reason: Exception) -> str:
    """The word under which `words.FAULTS` tells why a file was not made."""
    if isinstance(reason, press.NotPrinted):
        return reason.fault.value
    named = {pdf.ForeignAddress: "address", files.MissingFile: "picture", NoFont: "font"}
    return named.get(type(reason), "disk" if isinstance(reason, OSError) else press.Fault.FAILED.value)


def _make(edition_id: int, language: str, form: Form, lease: jobs.Lease) -> None:
    if not pdf.has_letters_of(language):
        raise NoFont(language)
    edition = queries.detail(edition_id)
    db.session.rollback()
    content = _content(edition, language, form)
    digest = files.store(content)
    with transaction():
        lease.renew()
        db.session.add(
            EditionFile(
                edition_id=edition_id,
                language=language,
                form=form,
                file_hash=digest,
                size=len(content),
                renderer=pdf.renderer(),
                made_at=now(),
            )
        )


def _content(edition: EditionDetail, language: str, form: Form) -> bytes:
    """The bytes of a file; nothing of it asks the database."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        if form is Form.TEXT:
            return pages.in_plain_text(edition, language).encode()
        if form in binding.FOLDED and pages.document_of(edition.row.kind).middle is not None:
            return binding.folded(edition, language, form)
        sheet, annexes = pages.sheet(edition, language, form), pages.annexes(edition, form)
    return _bound(press.printed(sheet), annexes)


def _bound(content: bytes, annexes: Mapping[str, bytes]) -> bytes:
    return documents.laid_on(content, annexes) if annexes else content


def _finish(edition_id: int) -> None:
    edition = locked(Edition, edition_id)
    if edition is None or edition.stage is not EditionStage.RENDERING or _missing(edition):
        return
    assert edition.number is not None  # only a dropped one has none
    edition.stage, edition.published_at = EditionStage.PUBLISHED, now()
    tell(
        EditionPublished(
            actor_id=None,
            edition_id=edition_id,
            kind=edition.kind,
            line=edition.line,
            number=edition.number,
            data_hash=edition.data_hash,
            file_hashes=tuple(each.file_hash for each in edition.files),
        )
    )


def _fail(edition_id: int, fault: str) -> None:
    """Mark an edition as failed; a draft stays what it is, since its figures can be read and signed without a file."""
    edition = locked(Edition, edition_id)
    if edition is None or edition.stage not in (EditionStage.RENDERING, EditionStage.SIGNING):
        return
    if edition.stage is EditionStage.RENDERING:
        edition.stage, edition.fault = EditionStage.FAILED, fault
    tell(EditionFailed(actor_id=None, edition_id=edition_id, fault=fault))
