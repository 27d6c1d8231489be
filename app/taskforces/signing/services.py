"""The verbs of signing: propose, sign or refuse, withdraw, and let expire.

`MATTERS` of `app/wiring.py` says what is agreed and what then happens for each kind. The last signature and the act are
one commit: nothing is signed and not done, or done and not signed. Whoever signs holds the task forces first, in the
order of their ids, so that two never wait for each other.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from flask import current_app, has_request_context, url_for
from flask import request as http
from flask_babel import gettext as _

from app.accounts.queries import way_to_confirm
from app.accounts.visits.rules import is_fresh
from app.core.access import Actor, Role
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NextStep, NotFound, ensure_standing
from app.core.events import publish
from app.cycles.rules import canonical
from app.places.workdays.queries import working_day_after
from app.taskforces.models import TaskForce
from app.taskforces.seats import queries as seats
from app.taskforces.seats.queries import Signer
from app.taskforces.signing import policies, queries, words
from app.taskforces.signing.events import AgreementEnded, AgreementProposed, SideSigned, SignaturesReminded
from app.taskforces.signing.models import Agreement, AgreementReminder, SignOff
from app.taskforces.signing.queries import AgreementRow
from app.taskforces.signing.rules import (
    DEADLINE_DAYS,
    LEAST_STATEMENT,
    REMIND_DAYS,
    Ending,
    MatterKind,
    Method,
    Signed,
    Verdict,
    WhyNot,
    ending_after,
    needs_statement,
    payload_hash,
    reminds_from,
    why_not_sign,
)

Payload = Mapping[str, Any]
Lines = Sequence[tuple[str, str]]


class ToPayload(Protocol):
    """What is agreed as things stand now, from the answers of a form or from an earlier payload."""

    def __call__(self, subject_id: int, answers: Payload) -> Payload: ...


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What both sides agree on, and what then happens.

    `payload(subject_id, answers)` is everything the act depends on as it stands now, refused where it cannot be done;
    given an earlier payload as answers it says what that would be today. The subject is the project where there is one,
    else the task force. `told(payload, currency)` is the same in plain words, line by line. `run` is the verb; it joins
    the transaction of the last signature.
    """

    payload: ToPayload
    told: Callable[[Payload, str], Lines]
    run: Callable[[Signed], object]


class MayNotSign(DomainError):
    """Somebody may not sign this now."""

    def __init__(self, reason: WhyNot, *, field: str | None = None) -> None:
        super().__init__(reason.value, str(words.WHY_NOT[reason]), next_step=_way_on(reason), field=field)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Propose:
    """What both sides are to sign: about which project, if any, and a second task force where money crosses over."""

    kind: MatterKind
    task_force_id: int
    project_id: int | None
    answers: Payload
    second_task_force_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet of paper that a side has signed: who attests it, the day on it, and its picture or PDF."""

    attested_by_id: int
    signed_on: date
    digest: str
    is_pdf: bool


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A side's word on exactly what the page showed: `seen` is the hash it carried."""

    verdict: Verdict
    statement: str
    seen: str


def propose(command: Propose, *, by: Actor) -> int:
    """Ask both sides to sign; returns the id of the agreement, or of the one that already waits for the same.

    Anybody who works in the task force proposes (an observer does not), and the clerk of its neighborhood. Refused
    where it cannot be done.
    """
    with transaction():
        body = _held([command.task_force_id, command.second_task_force_id])[command.task_force_id]
        where = body.neighborhood
        on = today(where.time_zone)
        allowed = seats.works_in(body.id, by.id, on) or by.holds(Role.CLERK, where.id)
        ensure_standing(allowed, _("Only members of this task force and the clerk propose what it signs."))
        payload = matter(command.kind).payload(command.project_id or command.task_force_id, command.answers)
        digest = payload_hash(command.kind, command.task_force_id, command.project_id, payload)
        waiting = sa.or_(Agreement.ending.is_(None), queries.before_council())
        waits = db.session.scalar(sa.select(Agreement.id).where(Agreement.payload_hash == digest, waiting))
        if waits is not None:
            return waits
        due_on = working_day_after(where.id, on, DEADLINE_DAYS)
        return _put_before_both(command, canonical(payload), digest, due_on, by)


def sign(agreement_id: int, command: Sign, *, by: Actor) -> Ending | None:
    """Sign for one's side; with the last side's word it happens, or is rejected. Returns how it ended, if it did."""
    with transaction():
        row = opened(agreement_id)
        on = today(row.task_force.neighborhood.time_zone)
        signer = queries.signer_of(row, by.id, on)
        place = queries.place_of(signer) if signer else None
        asked = queries.asked(row)
        reason = why_not_sign(
            asked,
            by.id,
            place,
            seen=command.seen,
            now_is=hash_now(row, field="verdict") if asked.ending is None else "",
            today=on,
            is_fresh=is_fresh(by.second_factor_at, now()),
            has_second_factor=has_second_factor(by.id),
        )
        if reason is not None or signer is None:
            raise MayNotSign(reason or WhyNot.NO_SEAT, field="verdict" if reason is WhyNot.CHANGED else None)
        ensure_said(command)
        put(row, signer, command)
        return settle(row, by.id)


def withdraw(agreement_id: int, *, by: Actor) -> None:
    """Take back what one has proposed oneself, while it waits; what was signed of it stays on record."""
    with transaction():
        row = opened(agreement_id)
        ensure_standing(policies.may_withdraw(by, proposer_id=row.proposer_id), str(words.PROPOSER))
        if row.ending is not None:
            raise MayNotSign(WhyNot.ENDED)
        end(row, Ending.WITHDRAWN, by_id=by.id)


def expire(neighborhood_id: int, on: date) -> None:
    """End what was not signed in time, unless the council was asked (domain rule 5): a clock; safe to run again."""
    for agreement_id in _open_in(neighborhood_id, Agreement.due_on < on, ~queries.before_council()):
        with transaction():
            row = opened(agreement_id)
            if row.ending is None and not queries.agreement(agreement_id).is_before_council:
                end(row, Ending.EXPIRED, by_id=None, rule=5)


def remind(neighborhood_id: int, on: date) -> None:
    """Remind whoever has not signed, two days before the last one: a clock of the neighborhood; each only once."""
    told = sa.exists().where(AgreementReminder.agreement_id == Agreement.id)
    near = Agreement.due_on >= on, Agreement.due_on <= on + timedelta(days=REMIND_DAYS)
    for agreement_id in _open_in(neighborhood_id, *near, ~told):
        with transaction():
            row = opened(agreement_id)
            is_due = reminds_from(row.due_on) <= on <= row.due_on
            if row.ending is None and is_due and db.session.get(AgreementReminder, agreement_id) is None:
                _remind(row)


def end_open(project_id: int, ending: Ending, *, by_id: int | None) -> None:
    """End everything that waits for a signature about a project; joins the transaction of what makes it void."""
    query = sa.select(Agreement).where(Agreement.project_id == project_id, Agreement.ending.is_(None))
    for row in db.session.scalars(query.with_for_update()):
        end(row, ending, by_id=by_id)


def matter(kind: MatterKind) -> Matter:
    """What is agreed and what then happens for this kind; NotFound where nobody can propose it."""
    matters: Mapping[MatterKind, Matter] = current_app.extensions["matters"]
    if kind not in matters:
        raise NotFound
    return matters[kind]


def told(row: AgreementRow) -> Lines:
    """What is agreed in plain words, line by line; as it stands where nobody proposes this kind any more."""
    matters: Mapping[MatterKind, Matter] = current_app.extensions["matters"]
    if row.kind not in matters:
        return [(name, str(said)) for name, said in row.payload.items()]
    return matters[row.kind].told(row.payload, row.currency)


def ensure_said(command: Sign) -> None:
    """Refuse a side that does not agree and does not say why."""
    if needs_statement(command.verdict) and len(command.statement.strip()) < LEAST_STATEMENT:
        raise MayNotSign(WhyNot.NO_STATEMENT, field="statement")


def _put_before_both(command: Propose, payload: str, digest: str, due_on: date, by: Actor) -> int:
    row = Agreement(
        kind=command.kind,
        task_force_id=command.task_force_id,
        second_task_force_id=command.second_task_force_id,
        project_id=command.project_id,
        payload=payload,
        payload_hash=digest,
        proposer_id=by.id,
        proposed_at=now(),
        due_on=due_on,
    )
    db.session.add(row)
    db.session.flush()
    publish(
        AgreementProposed(
            actor_id=by.id,
            agreement_id=row.id,
            kind=row.kind,
            task_force_id=row.task_force_id,
            project_id=row.project_id,
            payload_hash=digest,
            due_on=due_on,
        )
    )
    return row.id


def _held(task_force_ids: Sequence[int | None]) -> dict[int, TaskForce]:
    """The task forces, locked in the order of their ids."""
    found = {}
    for body_id in sorted({each for each in task_force_ids if each is not None}):
        body = locked(TaskForce, body_id)
        if body is None:
            raise NotFound
        found[body_id] = body
    return found


def opened(agreement_id: int) -> Agreement:
    """The agreement as it is now, locked after its task forces; joins a transaction. NotFound where there is none."""
    known = db.session.get(Agreement, agreement_id)
    if known is None:
        raise NotFound
    _held([known.task_force_id, known.second_task_force_id])
    row = locked(Agreement, agreement_id)
    assert row is not None  # never deleted
    return row


def _open_in(neighborhood_id: int, *conditions: sa.ColumnElement[bool]) -> Sequence[int]:
    query = sa.select(Agreement.id).join(TaskForce, TaskForce.id == Agreement.task_force_id)
    query = query.where(TaskForce.neighborhood_id == neighborhood_id, Agreement.ending.is_(None), *conditions)
    return db.session.scalars(query.order_by(Agreement.id)).all()


def _remind(row: Agreement) -> None:
    db.session.add(AgreementReminder(agreement_id=row.id, reminded_at=now()))
    db.session.flush()
    publish(
        SignaturesReminded(
            actor_id=None, agreement_id=row.id, task_force_id=row.task_force_id, due_on=row.due_on, rule=5
        )
    )


def hash_now(row: Agreement, *, field: str) -> str:
    """The hash of what would be proposed now; a refusal at `field`, with its rule, where it cannot be done any more."""
    try:
        payload = matter(row.kind).payload(row.project_id or row.task_force_id, json.loads(row.payload))
    except NotFound:
        raise
    except DomainError as reason:
        raise DomainError(reason.code, reason.message, next_step=reason.next_step, field=field) from reason
    return payload_hash(row.kind, row.task_force_id, row.project_id, payload)


def put(row: Agreement, signer: Signer, command: Sign, sheet: Sheet | None = None) -> SignOff:
    """Keep a side's word, given here or on a `sheet` of paper; joins the transaction in which it is checked."""
    made = SignOff(
        agreement_id=row.id,
        content_hash=row.payload_hash,
        task_force_id=signer.task_force_id,
        side=signer.side,
        seat_id=signer.seat_id,
        person_id=signer.person_id,
        as_deputy=signer.as_deputy,
        verdict=command.verdict,
        statement=command.statement.strip() or None,
        method=Method.PAPER if sheet else Method.ACCOUNT,
        attested_by_id=sheet.attested_by_id if sheet else None,
        signed_on=sheet.signed_on if sheet else None,
        sheet_digest=sheet.digest if sheet else None,
        sheet_is_pdf=sheet.is_pdf if sheet else None,
        signed_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    _tell(made, row.kind)
    return made


def _tell(made: SignOff, kind: MatterKind) -> None:
    publish(
        SideSigned(
            actor_id=made.attested_by_id or made.person_id,
            agreement_id=made.agreement_id,
            kind=kind,
            task_force_id=made.task_force_id,
            side=made.side,
            seat_id=made.seat_id,
            as_deputy=made.as_deputy,
            verdict=made.verdict,
            method=made.method,
            payload_hash=made.content_hash,
            sheet_digest=made.sheet_digest,
            statement=made.statement,
        )
    )


def settle(row: Agreement, last_signer_id: int, *, attested_by_id: int | None = None) -> Ending | None:
    """End the agreement if everybody has spoken, and do what was agreed; joins the transaction of the last word."""
    ending = ending_after(queries.asked(row))
    if ending is None:
        return None
    end(row, ending, by_id=attested_by_id or last_signer_id)
    if ending is Ending.EXECUTED:
        run(row, last_signer_id)
    return ending


def run(row: Agreement, last_signer_id: int) -> None:
    """Do what was agreed, in the transaction of the last word."""
    signed = Signed(
        agreement_id=row.id,
        kind=row.kind,
        task_force_id=row.task_force_id,
        project_id=row.project_id,
        payload=json.loads(row.payload),
        payload_hash=row.payload_hash,
        last_signer_id=last_signer_id,
        override=row.override,
    )
    matter(row.kind).run(signed)


def end(row: Agreement, ending: Ending, *, by_id: int | None, rule: int | None = None) -> None:
    """Say how it ended; joins a transaction. `rule` is the domain rule that an act of the clock follows."""
    row.ending, row.ended_at = ending, now()
    db.session.flush()
    publish(
        AgreementEnded(
            actor_id=by_id,
            agreement_id=row.id,
            kind=row.kind,
            task_force_id=row.task_force_id,
            project_id=row.project_id,
            ending=ending,
            rule=rule,
        )
    )


def has_second_factor(person_id: int) -> bool:
    """Whether somebody can give a second factor: an app, or, for invented people of the demo, a button."""
    return way_to_confirm(person_id, demo=current_app.config["DEMO"]) != "mail"


def _way_on(reason: WhyNot) -> NextStep | None:
    if reason not in (WhyNot.NOT_FRESH, WhyNot.NO_SECOND_FACTOR) or not has_request_context():
        return None
    here = http.full_path if http.method == "GET" else (http.referrer or "").removeprefix(http.host_url.rstrip("/"))
    if reason is WhyNot.NO_SECOND_FACTOR:
        return NextStep(label=_("Connect an app"), url=url_for("authenticator.connect", next=here))
    return NextStep(label=_("Confirm that it is you"), url=url_for("confirming.confirm", next=here))
