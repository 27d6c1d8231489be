"""T1: `kill -9` of web workers and of the whole PostgreSQL server while people vote: nothing lost, nothing twice."""

import time
from random import Random

import pytest
import sqlalchemy as sa

from app.core.db import db
from tests import make
from tests.faults import checking, places
from tests.faults.driving import Ledger, drive
from tests.faults.letters import letters
from tests.sizes import size

pytestmark = [pytest.mark.slow, pytest.mark.soak]

CASTS = size(commit=1_000, night=10_000, release=100_000)
KILLS = size(commit=6, night=160, release=1_600)
EACH = 2


class Nemesis:
    """Kills something after so many acknowledgements, at moments by chance: a worker, and at times the database."""

    def __init__(self, where, server, chance, *, kills, casts):
        self.where, self.server, self.chance = where, server, chance
        self.moments = sorted(chance.sample(range(1, casts - 1), kills))
        self.every = size(commit=2, night=8) if where.cluster else 0
        self.clusters = 0

    def hear(self, count):
        if not self.moments or count < self.moments[0]:
            return
        self.moments.pop(0)
        if self.every and len(self.moments) % self.every == 0:
            self.where.cluster.kill()
            self.where.cluster.start()
            self.clusters += 1
        else:
            self.server.kill_a_worker(self.chance.randrange(2))


def vote_among_kills(where, folder, seed, *, casts, kills, wsgi="app:create_app()", forget=False):
    """Everybody casts twice among kills: cycle, letters, ledger and how often the database was killed."""
    chance = Random(seed)
    vote, roll = make.open_vote(voters=casts // EACH)
    cycle_id = vote.cycle_id
    stacks = letters(cycle_id, roll, each=EACH, chance=chance)
    forget and db.session.execute(sa.text("ALTER DATABASE postgres SET synchronous_commit = off"))
    db.session.commit()
    ledger = Ledger(folder / "acknowledged")
    with places.serving(where, wsgi=wsgi) as server:
        nemesis = Nemesis(where, server, chance, kills=kills, casts=casts)
        ledger.hear = nemesis.hear
        drive(server.port, stacks, ledger)
    db.engine.dispose()
    return cycle_id, stacks, ledger, nemesis.clusters


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_kills_while_people_vote_lose_nothing_and_double_nothing(kind, tmp_path, seed, figure):
    with places.place(kind, tmp_path) as where:
        cycle_id, stacks, ledger, clusters = vote_among_kills(where, tmp_path, seed, casts=CASTS, kills=KILLS)
        found = checking.compare(cycle_id, stacks, ledger.acknowledged)
        of = f"{len(ledger.acknowledged):,} casts, {KILLS} kills" + (f" ({clusters} of the server)" if clusters else "")
        figure("T1", f"kill -9, {where.kind}", size=of, figure=f"{found.text}; {ledger.unknown} sent again")
        assert found == checking.NOTHING
        assert places.is_whole(where)
        assert not ledger.refused and len(ledger.acknowledged) == CASTS
        assert checking.counted_as_acknowledged(cycle_id, ledger.acknowledged)


def outlives(where, wsgi):
    """Whether the site answers again after its database was away while its workers died; None if the site ended."""
    with places.serving(where, wsgi=wsgi) as server:
        where.cluster.kill()
        before = set(server.workers())
        for which in range(len(before)):
            server.kill_a_worker(which)
        replaced = before.isdisjoint
        ends = time.monotonic() + places.PATIENCE
        while server.process.poll() is None and not (len(now := server.workers()) == len(before) and replaced(now)):
            assert time.monotonic() < ends, "the workers were not replaced"
            time.sleep(0.1)
        time.sleep(1)
        where.cluster.start()
        if server.process.poll() is not None:
            return False
        places.wait_until_it_answers(server.port)
        return True


def test_workers_that_start_while_the_database_is_away_live_to_see_it_come_back(tmp_path, figure):
    with places.place("postgresql", tmp_path) as where:
        assert outlives(where, "app:create_app()")
        twin = outlives(where, "tests.faults.sabotage:needing_the_database_to_start()")
        figure("T1", "workers started without PostgreSQL", figure="all alive", twin="asking it first: the site ends")
        assert not twin


def test_the_check_notices_a_database_that_acknowledges_before_it_has_written(tmp_path, seed, figure):
    with places.place("postgresql", tmp_path, "wal_writer_delay=10s") as where:
        run = vote_among_kills(where, tmp_path, seed, casts=200, kills=8, forget=True)
        cycle_id, stacks, ledger, clusters = run
        found = checking.compare(cycle_id, stacks, ledger.acknowledged)
        twin = f"synchronous_commit=off: {found.lost} of 200 lost in {clusters} kills"
        figure("T1", "kill -9, PostgreSQL", twin=twin)
        assert found.lost > 0


def test_the_check_notices_thanks_before_the_commit(tmp_path, seed, figure):
    with places.place("sqlite", tmp_path) as where:
        early = "tests.faults.sabotage:acknowledging_early()"
        cycle_id, stacks, ledger, _ = vote_among_kills(where, tmp_path, seed, casts=200, kills=4, wsgi=early)
        found = checking.compare(cycle_id, stacks, ledger.acknowledged)
        figure("T1", "kill -9, SQLite", twin=f"thanks before the commit: {found.lost} of 200 lost in 4 kills")
        assert found.lost > 0
