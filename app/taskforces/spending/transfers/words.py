"""Transfers in plain words, before both sides sign them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.money import written


def told_transfer(payload: Mapping[str, Any], currency: str) -> Sequence[tuple[str, str]]:
    """A transfer between projects, line by line."""
    lines = [
        (_("From"), f"{payload['from']} · {payload['from_title']}"),
        (_("To"), f"{payload['to']} · {payload['to_title']}"),
        (_("Amount"), written(payload["amount_cents"], currency)),
        (_("Why"), payload["reason"]),
    ]
    return [*lines, (_("Decided by the council"), payload["council"])] if payload["council"] else lines


def told_release(payload: Mapping[str, Any], currency: str) -> Sequence[tuple[str, str]]:
    """A release of some of the reserve, line by line."""
    return [
        (_("To"), f"{payload['project']} · {payload['title']}"),
        (_("From the reserve"), written(payload["amount_cents"], currency)),
        (_("Why"), payload["reason"]),
    ]
