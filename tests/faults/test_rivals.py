"""T3: online against paper, and a cast against a strike: whoever comes first, a voter has one vote and loses none."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from random import Random

import pytest
import sqlalchemy as sa

from app.core.db import db
from app.voting.ballots import services as ballots
from app.voting.models import RollEntry, Vote
from app.voting.paper.desk import services as desk
from app.voting.queries import roll_is_whole, vote_facts
from tests.faults.rivals import ENDS_AS, race
from tests.sizes import size
from tests.voting.ballots.test_races import THREADS, without_the_writers_lock

pytestmark = [pytest.mark.slow, pytest.mark.soak]

VOTERS = size(commit=20, night=1_000)
PATIENCE = 5


@pytest.mark.parametrize("rival", ENDS_AS)
def test_whoever_comes_first_a_voter_has_one_vote(app, rival, seed, figure):
    on = race(rival, voters=VOTERS)
    failures, wrong = on.run(app, Random(seed)), on.wrong()
    of, what = f"{VOTERS} voters, {THREADS} threads", f"cast against {rival}, {db.engine.dialect.name}"
    figure("T3", what, size=of, figure=f"{wrong} wrong, {len(failures)} broken; {len(on.acknowledged)} cast first")
    assert failures == [] and wrong == 0
    assert roll_is_whole(vote_facts(on.at.cycle_id))
    assert rival != "paper spoiled" or len(on.acknowledged) == VOTERS, "somebody who may vote was refused"


@contextmanager
def a_cast_that_holds_nothing(monkeypatch, on):
    """It reads the vote and the roll, the rival acts meanwhile, and then it writes what it has read."""
    has_read, is_overridden, [act] = threading.Event(), threading.Event(), on.overrides

    def read(_vote, _voter):
        entry = db.session.scalars(sa.select(RollEntry).where(RollEntry.vote_id == on.at.vote_id)).one()
        has_read.set()
        is_overridden.wait(PATIENCE)
        return entry

    def override():
        has_read.wait(PATIENCE)
        act()
        is_overridden.set()

    unheld = sa.select(Vote.stage, Vote.closes_at).where(Vote.id == on.at.vote_id)
    monkeypatch.setattr(ballots, "_held_vote", lambda _id: tuple(db.session.execute(unheld).one()))
    monkeypatch.setattr(ballots, "_held_entry", read)
    with without_the_writers_lock():
        yield replace(on, overrides=(override,))


@contextmanager
def a_desk_that_holds_nothing(monkeypatch, on):
    """It reads the roll, the voter casts meanwhile, and then it writes what it has read."""
    has_read, has_cast, cast = threading.Event(), threading.Event(), ballots.cast

    def read(vote, number):
        stub = desk._find(vote, number)
        entry = db.session.get_one(RollEntry, stub.roll_entry_id, populate_existing=True)
        has_read.set()
        has_cast.wait(PATIENCE)
        return entry, stub

    def cast_then(*arguments, **more):
        has_read.wait(PATIENCE)
        receipt = cast(*arguments, **more)
        has_cast.set()
        return receipt

    monkeypatch.setattr(desk, "_held", read)
    monkeypatch.setattr("tests.make.votes.cast_ballot", cast_then)
    with without_the_writers_lock():
        yield on


SABOTAGED = {
    "paper returned": a_cast_that_holds_nothing,
    "strike": a_cast_that_holds_nothing,
    "paper spoiled": a_desk_that_holds_nothing,
}


@pytest.mark.parametrize("rival", SABOTAGED)
def test_the_check_notices_one_that_does_not_hold_the_roll(app, rival, seed, monkeypatch, figure):
    """On PostgreSQL the voter has two votes or none; SQLite itself refuses the later writer."""
    on = race(rival, voters=1)
    sabotage = SABOTAGED[rival]
    with sabotage(monkeypatch, on) as bent:
        failures = bent.run(app, Random(seed))
    twin = f"{sabotage.__name__.replace('_', ' ')}: {on.wrong()} wrong, {len(failures)} broken of 1"
    figure("T3", f"cast against {rival}, {db.engine.dialect.name}", twin=twin)
    assert on.wrong() or failures
