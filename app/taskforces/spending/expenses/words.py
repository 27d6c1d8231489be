"""A large expense in plain words, before both sides sign it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.money import written


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
