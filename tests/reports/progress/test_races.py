"""Two hands on one draft: the last signature and the clock of its day, and two clocks; it is closed once."""

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import db
from app.reports import queries
from app.reports.rules import EditionStage
from app.reports.signing_off import queries as signing_off
from app.reports.signing_off import services as closing
from app.taskforces.signing import services as signing
from tests import make
from tests.proposals.said import all_at_once
from tests.reports.progress import quarter
from tests.taskforces.signing.words import word


@pytest.fixture
def draft(app, monkeypatch):
    """A draft that the community's side has signed, with what is still to happen to it."""
    here = quarter.table()
    edition_id = quarter.freeze(here)
    agreement_id = signing_off.asked_in(edition_id)
    signing.sign(agreement_id, word(agreement_id), by=make.fresh(here.ada))
    command, ben, home = word(agreement_id), make.fresh(here.ben), here.body.neighborhood_id
    late = queries.detail(edition_id).due_on.replace(year=2099)
    db.session.rollback()
    return edition_id, lambda: signing.sign(agreement_id, command, by=ben), lambda: closing.publish_when_due(home, late)


def closed():
    """How often it was said that the time to sign is over."""
    db.session.rollback()
    query = sa.select(sa.func.count()).select_from(AuditEntry).where(AuditEntry.kind == "EditionSigned")
    return db.session.scalar(query)


def test_the_last_signature_and_the_clock_close_it_once(app, draft):
    edition_id, sign, ring = draft
    all_at_once(app, [sign, ring])
    assert closed() == 1 and quarter.stage(edition_id) is EditionStage.RENDERING


def test_two_clocks_close_it_once(app, draft):
    edition_id, _sign, ring = draft
    all_at_once(app, [ring, ring])
    assert closed() == 1 and quarter.stage(edition_id) is EditionStage.RENDERING


def test_the_twin_that_does_not_look_again_closes_it_twice(app, draft, monkeypatch):
    edition_id, _sign, ring = draft
    ring()
    monkeypatch.setattr(closing, "EditionStage", Anything)
    ring()
    assert closed() == 2


class Anything:
    """Stages that do not tell a draft from what is public."""

    SIGNING = EditionStage.RENDERING
