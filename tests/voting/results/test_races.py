"""Two hands on the same button: one closed set, one result, one certification."""

import threading

import pytest
import sqlalchemy as sa

from app.core.db import db
from app.voting.models import CountedBallot, Result
from app.voting.opening import services as opening
from app.voting.results import services
from tests.voting.ballots.test_races import at_once
from tests.voting.results import board


def number_of(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def pressed_at_once(app, verb, cycle_id, people):
    db.session.rollback()
    return at_once(app, [lambda who=who: verb(cycle_id, by=who) for who in people])


def test_four_clerks_open_the_envelopes_once(app):
    cycle_id, clerks = board.closed().cycle_id, [board.clerk() for _ in range(4)]
    assert pressed_at_once(app, opening.open_envelopes, cycle_id, clerks) == []
    assert number_of(CountedBallot) == len(board.RANKINGS)


def test_four_clerks_count_once(app):
    cycle_id, clerks = board.opened().cycle_id, [board.clerk() for _ in range(4)]
    assert pressed_at_once(app, services.count, cycle_id, clerks) == []
    assert number_of(Result) == 1


def test_a_clerk_and_an_observer_signing_at_once_certify(app):
    cycle_id = board.counted().vote.cycle_id
    assert pressed_at_once(app, services.certify, cycle_id, [board.clerk(), board.observer()]) == []
    assert db.session.scalars(sa.select(Result)).one().certified_at is not None


def test_without_the_lock_two_openings_write_every_ballot_twice(app, monkeypatch):
    """The twin: what holds is the lock on the vote (on SQLite the writers' door holds it too)."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite lets one writer in at a time whatever the code does")
    cycle_id, clerks = board.closed().cycle_id, [board.clerk() for _ in range(2)]
    both = threading.Barrier(2, timeout=10)

    def unlocked(kind, key):
        row = db.session.get(kind, key, populate_existing=True)
        both.wait()
        return row

    monkeypatch.setattr(opening, "locked", unlocked)
    pressed_at_once(app, opening.open_envelopes, cycle_id, clerks)
    assert number_of(CountedBallot) == 2 * len(board.RANKINGS)
