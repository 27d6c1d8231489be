"""What has happened is told in the same transaction, or has not happened."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import db, transaction
from app.core.events import Event, EventOutsideTransaction, free_text, publish
from app.places.models import Neighborhood
from tests import make


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    lamp_id: int
    words: str = free_text()


def test_an_event_outside_a_transaction_is_refused(app):
    with pytest.raises(EventOutsideTransaction):
        publish(LampLit(actor_id=None, lamp_id=1, words=""))


def test_a_listener_that_fails_undoes_the_action(app, monkeypatch):
    def fail(event: Event) -> None:
        raise RuntimeError

    monkeypatch.setitem(app.extensions, "event_wiring", {LampLit: [fail]})
    with pytest.raises(RuntimeError), transaction():
        db.session.add(Neighborhood(slug="a", name="A", summary="", time_zone="UTC", currency="USD", languages=["en"]))
        publish(LampLit(actor_id=None, lamp_id=1, words=""))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Neighborhood)) == 0


def test_listeners_of_the_base_hear_first(app, monkeypatch):
    heard = []
    wiring = {LampLit: [lambda e: heard.append("lamp")], Event: [lambda e: heard.append("any")]}
    monkeypatch.setitem(app.extensions, "event_wiring", wiring)
    with transaction():
        publish(LampLit(actor_id=None, lamp_id=1, words=""))
    assert heard == ["any", "lamp"]


def test_the_audit_log_hears_every_event_and_keeps_no_words(app):
    person = make.person()
    with transaction():
        publish(LampLit(actor_id=person.id, lamp_id=7, words="The lamp by my door"))
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert entry.kind == "LampLit" and '"lamp_id":7' in entry.body
    assert "by my door" not in entry.body and "sha256:" in entry.body
