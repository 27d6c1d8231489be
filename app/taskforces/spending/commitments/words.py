"""Commitments in plain words: why not now, payees that are persons, and what both sides read before they sign."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.money import written
from app.taskforces.spending.commitments.rules import PayeeRole, WhyNot

ROLES: Mapping[PayeeRole, LazyString] = {
    PayeeRole.ARTIST: _l("A private person: artist"),
    PayeeRole.CARER: _l("A private person: carer"),
    PayeeRole.INTERPRETER: _l("A private person: interpreter"),
    PayeeRole.SPEAKER: _l("A private person: speaker"),
    PayeeRole.TEACHER: _l("A private person: teacher"),
    PayeeRole.TRADESPERSON: _l("A private person: tradesperson"),
    PayeeRole.VOLUNTEER: _l("A private person: volunteer"),
    PayeeRole.YOUTH_WORKER: _l("A private person: youth worker"),
    PayeeRole.OTHER: _l("A private person"),
}

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NOT_IN_THIS_STAGE: _l("Money is promised from the day the plan stands until the project is completed."),
    WhyNot.IMPAIRED: _l(
        "The task force is impaired: it lacks a co-chair. Fill the seat first; until then only small amounts are"
        " promised. (Rule 6)"
    ),
    WhyNot.FORECAST_OVER: _l(
        "The project is expected to cost more than it has. Report that as a setback first, with what is done about it."
        " (Rule 16)"
    ),
    WhyNot.SAME_AMOUNT: _l("That is what it is already. Enter another amount, or say that it ends."),
}


def told_commitment(payload: Mapping[str, Any], currency: str) -> Sequence[tuple[str, str]]:
    """A commitment before it is signed, line by line."""
    return [
        (_("To whom"), payload["counterparty"]),
        (_("Amount"), written(payload["amount_cents"], currency)),
        (_("What for"), payload["purpose"]),
        (_("Document"), payload["document_title"]),
        (_("Hash of the document"), payload["document"]),
    ]


def told_change(payload: Mapping[str, Any], currency: str) -> Sequence[tuple[str, str]]:
    """A changed commitment before it is signed, line by line."""
    return [
        (_("Commitment"), payload["commitment"]),
        (_("To whom"), payload["counterparty"]),
        (_("Promised so far"), written(payload["was_cents"], currency)),
        (_("From now on"), written(payload["amount_cents"], currency)),
        (_("Why"), payload["reason"]),
        (_("Does it end?"), _("Yes: nothing more is paid on it.") if payload["ends"] else _("No")),
    ]
