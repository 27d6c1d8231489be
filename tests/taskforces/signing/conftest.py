"""A task force at its table: two co-chairs, and a matter whose acts are kept in a list."""

import pytest

from app.taskforces.seats.rules import Side
from app.taskforces.signing.rules import MatterKind
from app.taskforces.signing.services import Matter
from tests import make


@pytest.fixture
def table(app, monkeypatch):
    """A task force, its two co-chairs, and what has happened because both have signed."""
    body, done = make.task_force(), []
    matter = Matter(
        payload=lambda _subject, answers: {"sum": answers["sum"]},
        told=lambda payload, _currency: [("Sum", str(payload["sum"]))],
        run=lambda agreed: done.append((agreed.kind, agreed.payload["sum"])),
    )
    monkeypatch.setitem(app.extensions, "matters", {MatterKind.PAUSE: matter})
    chairs = [make.fresh(make.co_chair(body, side)) for side in Side]
    return body, chairs, done
