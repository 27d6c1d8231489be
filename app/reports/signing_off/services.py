"""The verbs around a draft that both sides sign: ask them, close it with the last signature, and publish on its day."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure
from app.core.events import publish
from app.reports import services as reports
from app.reports import words
from app.reports.events import EditionDropped, EditionRequested, EditionSigned
from app.reports.models import Edition
from app.reports.rules import EditionStage, Period
from app.reports.signing_off import queries
from app.taskforces.models import TaskForce
from app.taskforces.signing import services as signing
from app.taskforces.signing.events import AgreementEnded
from app.taskforces.signing.models import Agreement
from app.taskforces.signing.rules import Ending, MatterKind, Signed, Verdict
from app.taskforces.signing.services import Matter, Propose


def ask_both(event: EditionRequested) -> None:
    """Put a draft before both co-chairs, in the transaction in which its figures are frozen."""
    edition = db.session.get_one(Edition, event.edition_id)
    if edition.stage is not EditionStage.SIGNING:
        return
    assert edition.task_force_id is not None and event.actor_id is not None  # a clerk asks a task force
    asked = Propose(
        kind=MatterKind.REPORT,
        task_force_id=edition.task_force_id,
        project_id=None,
        answers={"edition_id": edition.id},
    )
    signing.propose(asked, by=actor_of(db.session.get_one(Person, event.actor_id)))


def to_report(subject_id: int, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """What both co-chairs of a task force (the subject) sign: a draft, by the hash of its figures."""
    edition = db.session.get(Edition, int(answers["edition_id"]))
    if edition is None or edition.task_force_id != subject_id:
        raise NotFound
    _ensure_waits(edition)
    return queries.payload_of(edition)


def told(payload: Mapping[str, Any], _currency: str) -> Sequence[tuple[str, str]]:
    """The same in plain words."""
    edition = db.session.get(Edition, int(payload["edition_id"]))
    lines = [(_("Report"), str(payload["code"]))]
    if edition is not None:
        lines.insert(0, (_("What it tells"), str(words.KINDS[edition.kind])))
        if edition.first_on is not None and edition.last_on is not None:
            period = Period(first_on=edition.first_on, last_on=edition.last_on)
            lines.append((_("Time it tells of"), words.named(edition.kind, period)))
    return [*lines, (_("Hash of its figures (SHA-256)"), str(payload["figures"]))]


def publish_signed(signed: Signed) -> None:
    """Close a draft that both sides have signed; joins the transaction of the last signature."""
    with transaction():
        edition = locked(Edition, int(signed.payload["edition_id"]))
        if edition is None:
            raise NotFound
        _ensure_waits(edition)
        changed = _("The figures have changed since. They must be signed anew.")
        ensure(edition.figures_hash == signed.payload["figures"], "changed", changed)
        _close(edition, by_id=signed.last_signer_id, rule=None)


def publish_when_due(neighborhood_id: int, on: date) -> None:
    """The clock of rule 5: a draft whose last day to sign has passed is published, and says whose signature is missing.

    Each in a transaction of its own; safe to run again.
    """
    waits = Edition.stage == EditionStage.SIGNING, Edition.due_on < on
    query = sa.select(Edition.id, Edition.task_force_id).where(Edition.neighborhood_id == neighborhood_id, *waits)
    found = db.session.execute(query.order_by(Edition.due_on, Edition.id)).all()
    db.session.rollback()
    for edition_id, body_id in found:
        with transaction():
            locked(TaskForce, body_id)  # whoever signs holds the task force before the edition
            edition = locked(Edition, edition_id)
            if edition is not None and edition.stage is EditionStage.SIGNING:
                _close(edition, by_id=None, rule=5)


def follow_ending(event: AgreementEnded) -> None:
    """A draft that whoever proposed it has taken back is given up; after a «no» it waits for its day (rule 5)."""
    if event.kind is not MatterKind.REPORT or event.ending is not Ending.WITHDRAWN:
        return
    asked = db.session.get_one(Agreement, event.agreement_id)
    edition = next((each for each in _drafts(asked.task_force_id) if _asks(asked, each)), None)
    if edition is not None:
        reports.let_go(edition, by_id=event.actor_id)


def end_asking(event: EditionDropped) -> None:
    """Nobody is asked to sign a draft any more that was given up; in the same transaction."""
    edition = db.session.get_one(Edition, event.edition_id)
    body = edition.task_force_id
    query = sa.select(Agreement).where(
        Agreement.task_force_id == body, Agreement.kind == MatterKind.REPORT, Agreement.ending.is_(None)
    )
    for row in db.session.scalars(query).all() if body is not None else ():
        if _asks(row, edition):
            signing.end(row, Ending.WITHDRAWN, by_id=event.actor_id)


def _drafts(task_force_id: int) -> Sequence[Edition]:
    query = sa.select(Edition).where(Edition.task_force_id == task_force_id, Edition.stage == EditionStage.SIGNING)
    return db.session.scalars(query.with_for_update()).all()


def _asks(asked: Agreement, edition: Edition) -> bool:
    return bool(json.loads(asked.payload)["edition_id"] == edition.id)


def _close(edition: Edition, *, by_id: int | None, rule: int | None) -> None:
    rows = queries.agreements_of(edition)
    lines = queries.signatures(edition, rows)
    reports.close_signing(edition, lines)
    publish(
        EditionSigned(
            actor_id=by_id,
            edition_id=edition.id,
            agreement_id=rows[0].id if rows else None,
            signed_by=tuple(line.side.value for line in lines if line.verdict is Verdict.APPROVE),
            data_hash=edition.data_hash,
            rule=rule,
        )
    )


def _ensure_waits(edition: Edition) -> None:
    message = _("This report does not wait for signatures any more.")
    ensure(edition.stage is EditionStage.SIGNING, "not_waiting", message)


REPORT = Matter(payload=to_report, told=told, run=publish_signed)
