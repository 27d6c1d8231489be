"""A side asks the council, a clerk records its decision, which may stand in for a signature; a day ends the wait."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.visits.rules import is_fresh
from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.errors import ensure, ensure_standing
from app.core.events import publish
from app.core.moments import day_in
from app.core.once import once
from app.places.workdays.queries import working_day_after
from app.taskforces.signing import queries as signing
from app.taskforces.signing import services
from app.taskforces.signing.escalating import policies, queries
from app.taskforces.signing.escalating.events import CouncilAsked, CouncilDecided, CouncilLapsed
from app.taskforces.signing.models import Agreement, Escalation
from app.taskforces.signing.paper.queries import sits
from app.taskforces.signing.queries import AgreementRow
from app.taskforces.signing.rules import (
    COUNCIL_DAYS,
    Ending,
    Outcome,
    WhyNot,
    why_not_ask_council,
    why_not_stand_in,
)
from app.taskforces.signing.scans import services as scans
from app.taskforces.signing.scans.services import Scan
from app.taskforces.signing.services import MayNotSign


@dataclass(frozen=True, kw_only=True)
class RecordDecision:
    """What the council has decided, why, where that can be looked up, and the decision as a picture or PDF."""

    outcome: Outcome
    decided_by: str
    decided_on: date
    reference: str
    explanation: str
    file: BinaryIO


def ask(agreement_id: int, reason: str, *, by: Actor) -> int:
    """Ask the council to stand in for the side that has not agreed; once. Returns the id of the agreement."""
    with transaction():
        row = services.opened(agreement_id)
        facts = signing.agreement(agreement_id)
        refusal = why_not_ask(row, facts, by)
        signer = signing.signer_of(row, by.id, today(facts.time_zone))
        if refusal is not None or signer is None:
            raise MayNotSign(refusal or WhyNot.NO_SEAT)
        due_on = working_day_after(facts.neighborhood_id, today(facts.time_zone), COUNCIL_DAYS)
        asked = {"agreement_id": row.id, "asked_by_id": by.id, "asked_at": now(), "due_on": due_on}
        db.session.add(Escalation(side=signer.side, reason=reason, **asked))
        db.session.flush()
        publish(
            CouncilAsked(
                actor_id=by.id,
                agreement_id=row.id,
                task_force_id=row.task_force_id,
                project_id=row.project_id,
                side=signer.side,
                due_on=due_on,
                reason=reason,
            )
        )
    return agreement_id


def why_not_ask(row: Agreement | AgreementRow, facts: AgreementRow, by: Actor) -> WhyNot | None:
    """Why somebody cannot take this agreement to the council now, or None."""
    signer = signing.signer_of(row, by.id, today(facts.time_zone))
    return why_not_ask_council(
        facts.asked,
        signing.place_of(signer) if signer else None,
        is_asked=facts.council_asked_at is not None,
        ended_on=day_in(facts.time_zone, facts.ended_at) if facts.ended_at else None,
        today=today(facts.time_zone),
    )


def record(agreement_id: int, command: RecordDecision, *, key: str, by: Actor) -> int:
    """Put the council's decision on record; where it stands in for a side, what was agreed happens with it.

    A form with the same `key` acts once. Returns the id of the agreement.
    """
    scan = scans.made(command.file, title=command.reference)
    return once(key, lambda: _recorded(agreement_id, command, scan, by))


def lapse(neighborhood_id: int, on: date) -> None:
    """End the wait where no decision is on record by its last day (domain rule 5): a clock; safe to run again.

    What still waited for a signature expires with it; what had ended before stays as it ended.
    """
    for agreement_id in queries.past_their_day(neighborhood_id, on):
        with transaction():
            row = services.opened(agreement_id)
            if signing.agreement(agreement_id).is_before_council:
                _lapse(row, _asked(agreement_id))


def _lapse(row: Agreement, asked: Escalation) -> None:
    asked.lapsed_at = now()
    db.session.flush()
    publish(
        CouncilLapsed(
            actor_id=None,
            agreement_id=row.id,
            task_force_id=row.task_force_id,
            project_id=row.project_id,
            due_on=asked.due_on,
            rule=5,
        )
    )
    if row.ending is None:
        services.end(row, Ending.EXPIRED, by_id=None, rule=5)


def _asked(agreement_id: int) -> Escalation:
    return db.session.scalars(sa.select(Escalation).where(Escalation.agreement_id == agreement_id)).one()


def _recorded(agreement_id: int, command: RecordDecision, scan: Scan, by: Actor) -> int:
    with transaction():
        row = services.opened(agreement_id)
        facts = signing.agreement(agreement_id)
        allowed = policies.may_record(by, facts.neighborhood_id, sits=sits(facts, by.id))
        ensure_standing(
            allowed, _("Only a clerk here, without a seat in the task force, records the council's decision.")
        )
        if not facts.is_before_council:
            raise MayNotSign(WhyNot.NOT_ASKED)
        asked = _asked(agreement_id)
        if today(facts.time_zone) > asked.due_on:  # though the clock has not come round yet
            raise MayNotSign(WhyNot.OVERDUE)
        if not is_fresh(by.second_factor_at, now()):
            raise MayNotSign(WhyNot.NOT_FRESH)
        asked_on = day_in(facts.time_zone, asked.asked_at)
        in_time = asked_on <= command.decided_on <= today(facts.time_zone)
        early = _("The council decided between the day it was asked and today. Please check the day.")
        ensure(in_time, "not_that_day", early, field="decided_on")
        with scans.drafted(agreement_id, scan) as digest:
            _keep(asked, command, scan, digest, by)
        publish(_told(facts, command, digest, by))
        _bring_about(row, facts, command, by)
    return agreement_id


def _keep(asked: Escalation, command: RecordDecision, scan: Scan, digest: str, by: Actor) -> None:
    asked.outcome, asked.decided_by, asked.decided_on = command.outcome, command.decided_by, command.decided_on
    asked.reference, asked.explanation = command.reference, command.explanation
    asked.document_digest, asked.document_is_pdf = digest, scan.is_pdf
    asked.recorded_by_id, asked.recorded_at = by.id, now()
    db.session.flush()


def _told(facts: AgreementRow, command: RecordDecision, digest: str, by: Actor) -> CouncilDecided:
    return CouncilDecided(
        actor_id=by.id,
        agreement_id=facts.id,
        task_force_id=facts.task_force_id,
        project_id=facts.project_id,
        outcome=command.outcome,
        decided_by=command.decided_by,
        decided_on=command.decided_on,
        reference=command.reference,
        document_digest=digest,
        explanation=command.explanation,
    )


def _bring_about(row: Agreement, facts: AgreementRow, command: RecordDecision, by: Actor) -> None:
    """Do what was agreed where the council stands in; end it where it does not and it still waits."""
    if command.outcome is Outcome.DECLINED:
        if row.ending is None:
            services.end(row, Ending.REJECTED, by_id=by.id, rule=5)
        return
    now_is = services.hash_now(row, field="outcome")
    refusal = why_not_stand_in(facts.asked, now_is=now_is, is_agreed_since=_is_agreed_since(row))
    if refusal is not None:
        raise MayNotSign(refusal, field="outcome")
    day = command.decided_on.isoformat()
    row.override = f"{command.decided_by}, {day}, {command.reference}: {command.explanation}"
    services.end(row, Ending.OVERRIDDEN, by_id=by.id, rule=5)
    services.run(row, by.id)


def _is_agreed_since(row: Agreement) -> bool:
    done = sa.or_(Agreement.ending.is_(None), Agreement.ending.in_([Ending.EXECUTED, Ending.OVERRIDDEN]))
    same = sa.exists().where(Agreement.payload_hash == row.payload_hash, Agreement.id > row.id, done)
    return bool(db.session.scalar(sa.select(same)))
