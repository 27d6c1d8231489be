"""T7: the machine is lost while people vote; what was acknowledged comes back from another by the written runbook."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import psycopg
import pytest

from app.core.db import db
from tests import make
from tests.faults import checking, places, runbook
from tests.faults.driving import Ledger, drive
from tests.faults.letters import letters
from tests.postgres import Cluster, own
from tests.sizes import size

pytestmark = [pytest.mark.slow, pytest.mark.soak]

VOTERS = size(commit=40, night=400)
SECONDS = size(commit=1, night=30)
PATIENCE = 90
MINUTE, HALF_HOUR = 60, 1800
RECEIVE, BASE = "Receive the write-ahead log", "Make a base backup"
WAIT = "Acknowledge nothing that is not off-site"
RESTORE = "Restore from a base backup and the write-ahead log"


@dataclass(kw_only=True)
class Timed:
    """A ledger that knows when each ballot was acknowledged."""

    ledger: Ledger
    moments: dict[bytes, float] = field(default_factory=dict)

    def __post_init__(self):
        self.ledger.hear = self.hear

    def hear(self, _count):
        for key in list(self.ledger.acknowledged)[len(self.moments) :]:
            self.moments.setdefault(key, time.time())

    def before(self, moment):
        return {key: letter for key, letter in self.ledger.acknowledged.items() if self.moments[key] < moment}


def wait_for(what, patience=PATIENCE):
    """Until it is so; what it then is."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it never happened")


@contextmanager
def at_work(title, where, **settings):
    """A block of the runbook that runs until it is ended, with all it has started."""
    running = runbook.begin(title, where, **settings)
    try:
        yield running
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.communicate(timeout=30)


def forget_connections():
    db.session.remove()
    db.engine.dispose()


def prepared(voters, seed):
    vote, roll = make.open_vote(voters=voters)
    cycle_id = vote.cycle_id
    stacks = letters(cycle_id, roll, each=1, chance=Random(seed))
    db.session.rollback()
    return cycle_id, stacks


# One machine with SQLite, copied off-site.


def copies(offsite, since=0.0):
    """The whole copies that were begun after a moment, oldest first."""
    return [path for path in sorted(offsite.glob("*Z")) if begun(path) > since]


def begun(copy):
    return datetime.strptime(copy.name, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()


def lost_while_copied(where, offsite, seed, folder):
    """Vote before and after a copy was begun, then lose the machine: what was acknowledged, and when it was lost."""
    cycle_id, stacks = prepared(VOTERS, seed)
    timed = Timed(ledger=Ledger(folder / "acknowledged"))
    copying = at_work(
        "Copy off-site, as long as a vote is open", where, OFFSITE=offsite, OFFSITE_SECONDS=str(SECONDS)
    )
    with places.serving(where) as server, copying:
        wait_for(lambda: copies(offsite))
        drive(server.port, stacks[: VOTERS // 2], timed.ledger)
        half = time.time()
        wait_for(lambda: copies(offsite, since=half))
        drive(server.port, stacks[VOTERS // 2 :], timed.ledger)
        lost_at = time.time()
    forget_connections()
    shutil.rmtree(where.folder)
    return cycle_id, stacks, timed, lost_at


def restore(copy, where):
    """Follow the runbook on an empty machine."""
    forget_connections()
    where.folder.mkdir(exist_ok=True)
    runbook.follow("Restore a copy on SQLite", where, BACKUP=copy)
    runbook.follow("Restore the files", where, BACKUP=copy)


def seconds_until_it_answers(where, restore):
    """How long it takes to restore and to start the site."""
    began = time.monotonic()
    restore()
    with places.serving(where):
        return time.monotonic() - began


def test_a_lost_machine_with_sqlite_takes_less_than_a_minute_with_it(tmp_path, seed, figure):
    site, offsite = tmp_path / "site", tmp_path / "offsite"
    site.mkdir()
    with places.place("sqlite", site) as where:
        cycle_id, stacks, timed, lost_at = lost_while_copied(where, offsite, seed, tmp_path)
        first, last = copies(offsite)[0], copies(offsite)[-1]
        took = seconds_until_it_answers(where, lambda: restore(last, where))
        found = checking.compare(cycle_id, stacks, timed.before(begun(last)))
        window = lost_at - begun(last)
        of = f"{len(timed.before(begun(last)))} of {len(stacks)} before the last copy, one every {SECONDS} s"
        result = f"{found.text} of these; {window:.0f} s lost, back in {took:.0f} s"
        figure("T7", "lost machine, SQLite", size=of, figure=result)
        assert found == checking.NOTHING and places.is_whole(where)
        assert window < MINUTE and took < HALF_HOUR
        restore(first, where)
        twin = checking.compare(cycle_id, stacks, timed.before(begun(last))).lost
        figure("T7", "lost machine, SQLite", twin=f"an older copy: {twin} lost")
        assert twin > 0, "the check would not notice a copy that is too old"


# A server of PostgreSQL, whose write-ahead log is received off-site.


@dataclass(kw_only=True)
class Lost:
    """What is left of a server that was lost while people voted."""

    where: places.Place
    folder: Path
    cycle_id: int
    stacks: list
    acknowledged: dict
    early: dict
    """Acknowledged while the other machine was away and no ballot waited for it."""
    waited: bool
    """Whether, once ballots wait for the other machine, nobody was thanked while it was away."""


def asked(where, question):
    with psycopg.connect(where.url.replace("+psycopg", ""), autocommit=True) as connection:
        return connection.execute(question).fetchone()


@contextmanager
def away(receiver):
    """The other machine hears nothing for a while."""
    os.killpg(receiver.pid, signal.SIGSTOP)
    yield
    os.killpg(receiver.pid, signal.SIGCONT)


def nobody_is_thanked(server, stack, ledger, receiver):
    """Send one ballot while the other machine is away: whether it is acknowledged only when that is back."""
    [letter] = stack
    sender = threading.Thread(target=drive, args=(server.port, [stack], ledger), kwargs={"threads": 1})
    with away(receiver):
        sender.start()
        time.sleep(1)
        early = letter.key in ledger.acknowledged
    sender.join()
    return letter.key in ledger.acknowledged and not early


def lose(where, server, stacks, ledger):
    """Kill the server among casts, with all its files."""
    moment = len(ledger.acknowledged) + len(stacks) // 2

    def hear(count):
        if count == moment:
            where.cluster.kill()

    ledger.hear = hear
    with pytest.raises(AssertionError, match="nobody could say"):
        drive(server.port, stacks, ledger, threads=3, patience=2)
    forget_connections()
    shutil.rmtree(where.cluster.folder / "data")


def copied(offsite, name):
    subprocess.run(["cp", "-a", offsite, offsite.with_name(name)], check=True)


@pytest.fixture(scope="module")
def lost(tmp_path_factory):
    folder, outside = tmp_path_factory.mktemp("lost"), Path(tempfile.mkdtemp(prefix="lamplight-offsite-"))
    with places.place("postgresql", folder) as where:
        own(outside)
        cycle_id, stacks = prepared(VOTERS, 0)
        third, ledger = VOTERS // 3, Ledger(folder / "acknowledged")
        offsite = outside / "offsite"
        receiving = at_work(RECEIVE, where, is_server=True, OFFSITE=offsite)
        with places.serving(where) as server, receiving as receiver:
            wait_for(lambda: asked(where, "SELECT 1 FROM pg_stat_replication WHERE application_name = 'offsite'"))
            to = {"is_server": True, "OFFSITE": offsite}
            backing = threading.Thread(target=runbook.follow, args=(BASE, where), kwargs=to)
            backing.start()
            drive(server.port, stacks[:third], ledger)
            backing.join()
            with away(receiver):
                drive(server.port, stacks[third : 2 * third], ledger)
                early = dict(ledger.acknowledged)
                copied(offsite, "early")
            runbook.follow(WAIT, where)
            wait_for(lambda: asked(where, "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"))
            waited = nobody_is_thanked(server, stacks[-1], ledger, receiver)
            lose(where, server, stacks[2 * third : -1], ledger)
        yield Lost(
            where=where,
            folder=outside,
            cycle_id=cycle_id,
            stacks=stacks,
            acknowledged=ledger.acknowledged,
            early=early,
            waited=waited,
        )
    shutil.rmtree(outside)


@contextmanager
def restored(lost, name):
    """A new server, made by the runbook from what is off-site; how long until it takes ballots, without the site."""
    offsite, new, old = lost.folder / name, lost.folder / f"new-{name}", lost.where.cluster
    for folder in (new, new / "data"):
        folder.mkdir()
        own(folder)
    began = time.monotonic()
    [base] = offsite.glob("base-*")
    runbook.follow(RESTORE, lost.where, is_server=True, OFFSITE=offsite, BASE=base, PGDATA=new / "data")
    server = Cluster(folder=new, settings=old.settings, port=old.port)
    server.start()
    wait_for(lambda: asked(lost.where, "SELECT 1 WHERE NOT pg_is_in_recovery()"))
    try:
        yield time.monotonic() - began
    finally:
        forget_connections()
        server.stop()


def test_a_lost_server_takes_no_acknowledged_ballot_with_it(lost, figure):
    with restored(lost, "offsite") as took:
        found = checking.compare(lost.cycle_id, lost.stacks, lost.acknowledged)
        took += seconds_until_it_answers(lost.where, forget_connections)
        size = f"{len(lost.acknowledged)} of {len(lost.stacks)} acknowledged before it"
        figure("T7", "lost machine, PostgreSQL", size=size, figure=f"{found.text}, back in {took:.0f} s")
        assert found == checking.NOTHING and places.is_whole(lost.where) and took < HALF_HOUR


def test_nobody_is_thanked_while_the_other_machine_is_away(lost, figure):
    thanked = len(lost.early) - VOTERS // 3
    figure("T7", "the other machine is away", figure="thanked after it", twin=f"not waiting: {thanked} thanked before")
    assert lost.waited and thanked


def test_the_check_notices_ballots_that_do_not_wait_for_the_other_machine(lost, figure):
    with restored(lost, "early"):
        found = checking.compare(lost.cycle_id, lost.stacks, lost.early)
        figure("T7", "lost machine, PostgreSQL", twin=f"not waiting: {found.lost} of {len(lost.early)} lost")
        assert found.lost > 0


def test_every_block_of_the_runbook_is_run_by_a_test():
    mine = {RECEIVE, BASE, WAIT, RESTORE, "Copy off-site, as long as a vote is open", "Restore a copy on SQLite"}
    assert runbook.titles() == mine | {"Back up", "Restore a copy on PostgreSQL", "Restore the files"}
