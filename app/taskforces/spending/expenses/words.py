"""Expenses in plain words: how much a clerk enters alone, why not more, and a large one before both sides sign it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.money import written
from app.taskforces.spending.expenses.queries import Threshold
from app.taskforces.spending.expenses.rules import WINDOW_DAYS


def lead(code: str, left_cents: int, found: Threshold, currency: str) -> str:
    """What whoever enters a payment reads first: what the commitment has left, and how much of it they pay alone."""
    said = [
        _(
            "%(code)s has %(left)s left. Above %(alone)s both sides sign first.",
            code=code,
            left=written(left_cents, currency),
            alone=written(found.alone_cents, currency),
        )
    ]
    if found.together_cents:
        said += [
            _(
                "In the last %(days)s days %(paid)s was paid on it without signatures, which counts with it: up to"
                " %(rest)s more can be entered without signatures now.",
                days=WINDOW_DAYS,
                paid=written(found.together_cents, currency),
                rest=written(found.left_cents, currency),
            )
        ]
    return " ".join(said)


def in_parts(found: Threshold, currency: str) -> str:
    """Why a payment is not entered alone that is small, but not with those before it; and what to do."""
    said: str = _(
        "Payments on one commitment within %(days)s days count together. %(paid)s was paid without signatures already,"
        " so %(rest)s is left of the %(alone)s that a clerk enters alone. Enter no more than that, or ask both sides to"
        " sign: tick the box below. (Rule 1)",
        days=WINDOW_DAYS,
        paid=written(found.together_cents, currency),
        rest=written(found.left_cents, currency),
        alone=written(found.alone_cents, currency),
    )
    return said


def told_expense(payload: Mapping[str, Any], currency: str) -> Sequence[tuple[str, str]]:
    """A large expense before it is signed, line by line."""
    return [
        (_("Commitment"), payload["commitment"]),
        (_("To whom"), payload["counterparty"]),
        (_("Amount"), written(payload["amount_cents"], currency)),
        (_("What for"), payload["purpose"]),
        (_("Document"), payload["document_title"]),
        (_("Hash of the document"), payload["document"]),
    ]
