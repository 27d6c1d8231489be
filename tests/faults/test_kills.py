"""T1: `kill -9` of web workers and of the whole PostgreSQL server while people vote: nothing lost, nothing twice."""

import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager, nullcontext
from functools import cache
from random import Random

import psycopg
import pytest

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


@pytest.fixture(scope="module")
def servers(shared_places):
    """One gunicorn for each kind of database, which outlives the kills of one test after another."""
    with ExitStack() as stack:
        yield cache(lambda kind: stack.enter_context(places.serving(shared_places[kind.lower()])))


def vote_among_kills(where, server, folder, seed, *, casts, kills, takes_receipts=False, under=None):
    """Everybody casts twice among kills: cycle, letters, ledger and how often the database was killed."""
    chance = Random(seed)
    vote, roll = make.open_vote(voters=casts // EACH)
    cycle_id = vote.cycle_id
    stacks = letters(cycle_id, roll, each=EACH, chance=chance)
    db.session.rollback()
    ledger = Ledger(folder / "acknowledged")
    nemesis = Nemesis(where, server, chance, kills=kills, casts=casts)
    ledger.hear = nemesis.hear
    with under or nullcontext():
        drive(server.port, stacks, ledger, takes_receipts=takes_receipts)
    db.engine.dispose()
    return cycle_id, stacks, ledger, nemesis.clusters


def is_kept(where, cycle_id, stacks, ledger, seed):
    """Whether everything that was promised holds: at once, after the next batch, and after the close."""
    given, chance = (ledger.acknowledged, ledger.receipts), Random(seed)
    assert len(ledger.receipts) == len(stacks)
    assert checking.compare(cycle_id, stacks, *given) == checking.NOTHING
    checking.grow_the_log(cycle_id)
    assert checking.compare(cycle_id, stacks, *given) == checking.NOTHING
    assert checking.unproved(cycle_id, ledger.receipts, chance) == 0
    assert checking.counted_as_acknowledged(cycle_id, ledger.acknowledged)
    assert checking.compare(cycle_id, stacks, *given) == checking.NOTHING
    return checking.unproved(cycle_id, ledger.receipts, chance) == 0 and places.is_whole(where)


def test_kills_while_people_vote_lose_nothing_and_double_nothing(where, servers, tmp_path, seed, figure):
    server, sizes = servers(where.kind), {"casts": CASTS, "kills": KILLS}
    run = vote_among_kills(where, server, tmp_path, seed, takes_receipts=True, **sizes)
    cycle_id, stacks, ledger, clusters = run
    found = checking.compare(cycle_id, stacks, ledger.acknowledged, ledger.receipts)
    of = f"{len(ledger.acknowledged):,} casts, {KILLS} kills" + (f" ({clusters} of the server)" if clusters else "")
    proved = f"{len(ledger.receipts)} receipts proved"
    figure("T1", f"kill -9, {where.kind}", size=of, figure=f"{found.text}; {proved}; {ledger.unknown} sent again")
    assert not ledger.refused and len(ledger.acknowledged) == CASTS
    assert is_kept(where, cycle_id, stacks, ledger, seed)


def says_anything(server):
    """Wait until a worker answers, be it that the database is away; whether one does before the site ends."""
    while server.process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
        else:
            raise AssertionError("the database was not away")
    return False


def outlives(where, server):
    """Whether the site answers again after its database was away while its workers died."""
    where.cluster.kill()
    before = set(server.workers())
    for which in range(len(before)):
        server.kill_a_worker(which)
    replaced = before.isdisjoint
    ends = time.monotonic() + places.PATIENCE
    while server.process.poll() is None and not (len(now := server.workers()) == len(before) and replaced(now)):
        assert time.monotonic() < ends, "the workers were not replaced"
        time.sleep(0.1)
    lives = says_anything(server)
    where.cluster.start()
    lives and places.wait_until_it_answers(server.port, server.process)
    return lives


def test_workers_that_start_while_the_database_is_away_live_to_see_it_come_back(postgresql, servers, figure):
    assert outlives(postgresql, servers(postgresql.kind))
    with places.serving(postgresql, wsgi="tests.faults.sabotage:needing_the_database_to_start()") as asking_first:
        twin = outlives(postgresql, asking_first)
    figure("T1", "workers started without PostgreSQL", figure="all alive", twin="asking it first: the site ends")
    assert not twin


@contextmanager
def hasty(where):
    """PostgreSQL does not wait for the disk on any connection that is made from now on."""
    with psycopg.connect(where.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("ALTER DATABASE postgres SET synchronous_commit = off")
    yield
    with psycopg.connect(where.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("SET synchronous_commit = on")
        connection.execute("ALTER DATABASE postgres RESET synchronous_commit")


def test_the_check_notices_a_database_that_acknowledges_before_it_has_written(
    postgresql, servers, tmp_path, seed, figure
):
    under, server = hasty(postgresql), servers(postgresql.kind)
    run = vote_among_kills(postgresql, server, tmp_path, seed, casts=200, kills=8, under=under)
    cycle_id, stacks, ledger, clusters = run
    found = checking.compare(cycle_id, stacks, ledger.acknowledged)
    twin = f"synchronous_commit=off: {found.lost} of 200 lost in {clusters} kills"
    figure("T1", "kill -9, PostgreSQL", twin=twin)
    assert found.lost > 0


def test_the_check_notices_thanks_before_the_commit(sqlite, tmp_path, seed, figure):
    with places.serving(sqlite, wsgi="tests.faults.sabotage:acknowledging_early()") as early:
        cycle_id, stacks, ledger, _ = vote_among_kills(sqlite, early, tmp_path, seed, casts=200, kills=4)
    found = checking.compare(cycle_id, stacks, ledger.acknowledged)
    figure("T1", "kill -9, SQLite", twin=f"thanks before the commit: {found.lost} of 200 lost in 4 kills")
    assert found.lost > 0
