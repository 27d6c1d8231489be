"""Many casts at once: one counted ballot a voter, nobody refused, and what was acknowledged before the close counts."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask, current_app

from app.core.access import Actor
from app.core.databases.turns import TURNS
from app.core.db import _begin_sqlite, db
from app.voting.ballots import services
from app.voting.ballots.services import NotCast
from app.voting.models import RollEntry
from app.voting.rules import VoteStage
from tests import make
from tests.sizes import size
from tests.voting.ballots import box

THREADS, VOTERS = 13, 12
CLOSES = size(commit=4, night=80, release=800)
"""Those of T4 that the board presses; the others are in test_deadlines.py."""


def at_once(app: Flask, jobs: Sequence[Callable[[], object]]) -> list[Exception]:
    """Run the jobs in threads of their own; what went wrong in them."""
    failures: list[Exception] = []

    def run(job: Callable[[], object]) -> None:
        with app.app_context():
            try:
                job()
            except Exception as reason:
                failures.append(reason)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, jobs))
    return failures


def everybody_casts_twice(app: Flask, voters: int) -> None:
    """Each voter casts from two windows at the same moment; fails unless all is as promised."""
    vote, roll = make.open_vote(voters=voters)
    cycle_id = vote.cycle_id
    db.session.rollback()
    jobs = [lambda who=who, rank=rank: make.cast_in(cycle_id, who, [rank]) for who in roll for rank in (1, 2)]
    failures = at_once(app, jobs)
    assert failures == [], "somebody who may vote was refused"
    box.close(cycle_id)
    assert len(box.rankings(cycle_id)) == voters, "a voter counts other than once"
    assert set(db.session.scalars(sa.select(RollEntry.revision))) == {2}


@contextmanager
def waiting_for_each_other(monkeypatch: pytest.MonkeyPatch, *, lock: bool) -> Iterator[None]:
    """Two casts of one voter both read the roll before either writes it."""
    both_have_read = threading.Barrier(2, timeout=5)
    held = services._held_entry

    def read(vote: object, voter: Actor) -> RollEntry:
        query = sa.select(RollEntry).where(RollEntry.person_id == voter.id)
        entry = held(vote, voter) if lock else db.session.scalars(query).one()
        both_have_read.wait()
        return entry

    with monkeypatch.context() as patch:
        patch.setattr(services, "_held_entry", read)
        yield


@contextmanager
def without_the_writers_lock() -> Iterator[None]:
    """SQLite begins as a reader and nobody waits for a turn, so that the writers are not queued for us."""
    if db.engine.dialect.name != "sqlite":
        yield
        return
    turns = current_app.extensions.pop(TURNS)

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    sa.event.remove(db.engine, "begin", _begin_sqlite)
    sa.event.listen(db.engine, "begin", begin)
    try:
        yield
    finally:
        current_app.extensions[TURNS] = turns
        sa.event.remove(db.engine, "begin", begin)
        sa.event.listen(db.engine, "begin", _begin_sqlite)


@contextmanager
def without_the_primary_key() -> Iterator[None]:
    """An envelope table that takes the same revision of a voter twice."""
    with db.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE envelope DROP CONSTRAINT pk_envelope"))
    try:
        yield
    finally:
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM envelope"))
            connection.execute(
                sa.text("ALTER TABLE envelope ADD CONSTRAINT pk_envelope PRIMARY KEY (roll_entry_id, revision)")
            )


def test_the_check_notices_a_missing_lock(app, monkeypatch):
    with waiting_for_each_other(monkeypatch, lock=False), without_the_writers_lock():
        with pytest.raises(AssertionError, match="refused"):
            everybody_casts_twice(app, voters=1)


def test_the_check_notices_a_missing_lock_and_constraint(app, monkeypatch):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite keeps the rows of this table in its primary key, so it cannot be dropped")
    with without_the_primary_key(), waiting_for_each_other(monkeypatch, lock=False):
        with pytest.raises(AssertionError, match="other than once"):
            everybody_casts_twice(app, voters=1)


def cast_again_and_again(cycle_id: int, voter: Actor, acknowledged: dict[int, tuple[int, ...]]) -> None:
    """Up to thirty ballots of one voter, until the close; notes the last that was acknowledged."""
    choice = random.Random(voter.id)
    for _ in range(30):
        ranking = tuple(choice.sample(range(1, 10), 5))
        try:
            make.cast_in(cycle_id, voter, ranking)
        except NotCast:
            return
        acknowledged[voter.id] = ranking


def close_among_casts(app: Flask, *, voters: int = VOTERS) -> int:
    """Close while everybody casts; fails unless the closed set is exactly what was acknowledged."""
    vote, roll = make.open_vote(voters=voters, options=9)
    cycle_id, acknowledged, counted = vote.cycle_id, {}, []
    db.session.rollback()

    def close() -> None:
        while len(acknowledged) < voters:
            time.sleep(0.005)
        box.close(cycle_id)
        counted.extend(box.rankings(cycle_id))

    casts = [lambda who=who: cast_again_and_again(cycle_id, who, acknowledged) for who in roll]
    assert at_once(app, [close, *casts]) == []
    assert counted == sorted(acknowledged.values()), "an acknowledged ballot is not in the closed set"
    return len(counted)


@pytest.mark.slow
@pytest.mark.soak
def test_what_was_acknowledged_before_the_close_is_counted(app, figure):
    counted = sum(close_among_casts(app) for _ in range(CLOSES))
    of, found = f"{CLOSES} closes, {VOTERS} threads", f"{counted} acknowledged, {counted} counted"
    figure("T4", f"close among casts, {db.engine.dialect.name}", size=of, figure=found)


def test_the_check_notices_a_cast_that_does_not_hold_the_vote(app, monkeypatch, figure):
    read_early = (VoteStage.OPEN, datetime.max.replace(tzinfo=UTC))
    monkeypatch.setattr(services, "_held_vote", lambda vote_id: read_early)
    with pytest.raises(AssertionError, match="not in the closed set"):
        close_among_casts(app, voters=6)
    figure("T4", f"close among casts, {db.engine.dialect.name}", twin="no lock: acknowledged ballots missed")
