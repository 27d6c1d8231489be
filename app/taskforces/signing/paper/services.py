"""The one verb of paper: a clerk attests what a side has signed on a printed sheet (domain rule 7)."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from flask_babel import gettext as _

from app.accounts.visits.rules import is_fresh
from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import transaction
from app.core.errors import ensure_standing
from app.core.once import once
from app.taskforces.seats.queries import Signer
from app.taskforces.signing import queries as signing
from app.taskforces.signing import services
from app.taskforces.signing.models import Agreement
from app.taskforces.signing.paper import policies, queries
from app.taskforces.signing.queries import AgreementRow
from app.taskforces.signing.rules import Verdict, WhyNot, why_not_on_sheet, why_not_sign
from app.taskforces.signing.scans import services as scans
from app.taskforces.signing.scans.services import Scan
from app.taskforces.signing.services import MayNotSign, Sheet, Sign

FIELDS = {
    WhyNot.NO_SEAT: "person_id",
    WhyNot.SIGNED_ALREADY: "person_id",
    WhyNot.OTHER_SIDE: "person_id",
    WhyNot.CHANGED: "mark",
    WhyNot.OTHER_SHEET: "mark",
    WhyNot.NOT_THAT_DAY: "signed_on",
}
"""Where the clerk's form says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Attest:
    """What stands on a signed sheet: who, their word, the day, the code printed on it; and its picture or PDF.

    `seen` is the hash of what the clerk's page showed.
    """

    person_id: int
    verdict: Verdict
    statement: str
    signed_on: date
    mark: str
    seen: str
    file: BinaryIO


def attest(agreement_id: int, command: Attest, *, key: str, by: Actor) -> int:
    """Keep a side's word given on paper; with the last side's it happens, or is rejected. Returns the sign-off's id.

    A form with the same `key` acts once. Both names are on record: who signed, and who attests it.
    """
    scan = scans.made(command.file, title=_("Signed sheet of agreement %(number)s", number=agreement_id))
    return once(key, lambda: _attested(agreement_id, command, scan, by))


def _attested(agreement_id: int, command: Attest, scan: Scan, by: Actor) -> int:
    with transaction():
        row = services.opened(agreement_id)
        facts = signing.agreement(agreement_id)
        allowed = policies.may_attest(by, facts.neighborhood_id, sits=queries.sits(facts, by.id))
        ensure_standing(allowed, _("Only a clerk here, with no seat in the task force, attests a signature on paper."))
        signer = _signer(row, facts, command, by)
        word = Sign(verdict=command.verdict, statement=command.statement, seen=command.seen)
        services.ensure_said(word)
        with scans.drafted(agreement_id, scan) as digest:
            sheet = Sheet(attested_by_id=by.id, signed_on=command.signed_on, digest=digest, is_pdf=scan.is_pdf)
            made = services.put(row, signer, word, sheet)
        services.settle(row, signer.person_id, attested_by_id=by.id)
        return made.id


def _signer(row: Agreement, facts: AgreementRow, command: Attest, by: Actor) -> Signer:
    """In which seat they signed: the one they held on the day that stands on the sheet. Refused where they may not."""
    on, asked = today(facts.time_zone), signing.asked(row)
    signer = signing.signer_of(facts, command.person_id, command.signed_on)
    days = {"signed_on": command.signed_on, "proposed_on": facts.proposed_on, "today": on}
    reason = why_not_on_sheet(asked, mark=command.mark, **days) or why_not_sign(
        asked,
        command.person_id,
        signing.place_of(signer) if signer else None,
        seen=command.seen,
        now_is=services.hash_now(row, field="mark") if asked.ending is None else "",
        today=on,
        is_fresh=is_fresh(by.second_factor_at, now()),
    )
    if reason is not None or signer is None:
        raise MayNotSign(reason or WhyNot.NO_SEAT, field=FIELDS.get(reason or WhyNot.NO_SEAT))
    return signer
