"""Publishing: freeze the figures, hash them, and have a worker make the file that carries the hash."""

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.core import files, jobs, pdf
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure_standing
from app.core.events import publish as tell
from app.cycles import queries as cycles
from app.reports import figures, pages, policies
from app.reports.events import EditionPublished, EditionRequested
from app.reports.models import Edition
from app.reports.rules import EditionStage, ReportKind, canonical, data_hash
from app.voting.results import queries as counts
from app.voting.results.events import ResultCertified

RENDER = "reports.render"


def publish_results(cycle_id: int, *, language: str, by: Actor) -> Edition:
    """A new edition of a cycle's results report in `language`; its snapshot is frozen now, its PDF follows.

    Refuses while the same figures are already published in that language: there would be nothing new to say.
    """
    cycle = cycles.facts(cycle_id)
    message = _("Only a clerk of this neighborhood publishes reports.")
    ensure_standing(policies.may_publish(by, cycle.neighborhood_id), message)
    text = canonical(figures.results(cycle_id))
    with transaction():
        newest = _newest(ReportKind.RESULTS, cycle_id, language)
        if newest is not None and newest.data_hash == data_hash(text) and newest.stage is not EditionStage.FAILED:
            message = _("These figures are already published. A new edition needs new figures.")
            raise DomainError("nothing_new", message)
        edition = _freeze(cycle_id, language, text, number=newest.number + 1 if newest else 1, by=by)
        jobs.enqueue(RENDER, edition_id=edition.id)
    return edition


def publish_imported(event: ResultCertified) -> None:
    """An imported vote has nobody to press the button: its results report is published with its certification."""
    record = counts.certified(event.cycle_id)
    if record is None or record.clerk_id is None or not cycles.facts(event.cycle_id).is_imported:
        return
    clerk = db.session.get_one(Person, record.clerk_id)
    publish_results(event.cycle_id, language="en", by=actor_of(clerk))


def render_edition(lease: jobs.Lease) -> None:
    """The worker's part: document, PDF, file, and the mark that it is published, kept only while the lease is held."""
    edition_id = int(lease.arguments["edition_id"])
    file_hash = files.store(rendered(edition_id))
    with lease.finishing():
        edition = db.session.get_one(Edition, edition_id)
        edition.stage, edition.file_hash, edition.published_at = EditionStage.PUBLISHED, file_hash, now()
        tell(EditionPublished(actor_id=None, edition_id=edition_id, file_hash=file_hash))


def rendered(edition_id: int) -> bytes:
    """The PDF of an edition made anew from its frozen figures: the same bytes as before, with the same fonts."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        document = pages.document(edition_id)
    return pdf.render(document)


def _newest(kind: ReportKind, cycle_id: int, language: str) -> Edition | None:
    query = sa.select(Edition).where(Edition.kind == kind, Edition.cycle_id == cycle_id, Edition.language == language)
    return db.session.scalars(query.order_by(Edition.number.desc()).limit(1)).first()


def _freeze(cycle_id: int, language: str, text: str, *, number: int, by: Actor) -> Edition:
    edition = Edition(
        kind=ReportKind.RESULTS,
        cycle_id=cycle_id,
        language=language,
        number=number,
        stage=EditionStage.RENDERING,
        snapshot=text,
        data_hash=data_hash(text),
        requested_by_id=by.id,
        requested_at=now(),
    )
    db.session.add(edition)
    db.session.flush()
    tell(
        EditionRequested(
            actor_id=by.id,
            edition_id=edition.id,
            kind=edition.kind,
            cycle_id=cycle_id,
            number=number,
            data_hash=edition.data_hash,
        )
    )
    return edition
