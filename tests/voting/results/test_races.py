"""Two hands on the same button: one closed set, one result, one certification."""

import threading

import pytest
import sqlalchemy as sa

from app.core.db import db
from app.voting.board import queries as boards
from app.voting.board import services as acts
from app.voting.board.models import PendingAction
from app.voting.board.rules import ActKind
from app.voting.models import CountedBallot, Result
from app.voting.opening import services as opening
from app.voting.results import services
from tests import make
from tests.voting.ballots.test_races import at_once
from tests.voting.results import board


def number_of(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def agreed_at_once(app, cycle_id, kind, hands):
    """The second member agrees in so many windows at once; what went wrong in them."""
    first, second, _observer = make.board_of(cycle_id)
    asked = acts.request(cycle_id, kind, {}, by=first)
    seen = boards.action(cycle_id, asked.hex()).hash
    db.session.rollback()
    return at_once(app, [lambda: acts.approve(asked, seen, by=second)] * hands)


def test_four_agreements_open_the_envelopes_once(app):
    cycle_id = board.closed().cycle_id
    make.agreed(ActKind.RECONCILE, cycle_id)
    failures = agreed_at_once(app, cycle_id, ActKind.OPEN_ENVELOPES, 4)
    assert len(failures) == 3 and number_of(CountedBallot) == len(board.RANKINGS)


def test_four_agreements_count_once(app):
    cycle_id = board.opened().cycle_id
    assert len(agreed_at_once(app, cycle_id, ActKind.COUNT, 4)) == 3
    assert number_of(Result) == 1


def test_a_clerk_and_an_observer_signing_at_once_certify(app):
    cycle_id = board.counted().vote.cycle_id
    signers = [board.clerk(cycle_id), board.observer(cycle_id)]
    db.session.rollback()
    assert at_once(app, [lambda who=who: services.certify(cycle_id, by=who) for who in signers]) == []
    assert db.session.scalars(sa.select(Result)).one().certified_at is not None


def test_without_the_locks_two_agreements_write_every_ballot_twice(app, monkeypatch):
    """The twin: what holds are the locks on vote and request (on SQLite the writers' door holds it too)."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite lets one writer in at a time whatever the code does")
    cycle_id = board.closed().cycle_id
    make.agreed(ActKind.RECONCILE, cycle_id)
    both = threading.Barrier(2, timeout=10)

    def unlocked(cycle_id):
        row = db.session.scalars(sa.select(opening.Vote).where(opening.Vote.cycle_id == cycle_id)).one()
        both.wait()
        return row

    monkeypatch.setattr(opening, "locked_vote", unlocked)
    monkeypatch.setattr(opening, "take", lambda approval: both.wait())
    agreed_at_once(app, cycle_id, ActKind.OPEN_ENVELOPES, 2)
    assert number_of(CountedBallot) == 2 * len(board.RANKINGS)
    assert number_of(PendingAction)
