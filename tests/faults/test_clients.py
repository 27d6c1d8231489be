"""T11: voters' browsers and lines at their worst: nothing is stored twice, and the same page gets the same answer."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from app.core.db import db
from tests import make
from tests.faults import checking, places
from tests.faults.driving import Ledger, Line, Outcome, drive
from tests.faults.letters import letters
from tests.sizes import size

pytestmark = [pytest.mark.slow, pytest.mark.soak]

VOTERS = size(commit=200, night=5_000, release=50_000)
SLOW, THREADS, VOTE_NOW = 10, 8, 6
SECONDS_TO_SEND = size(commit=3, night=20)
HELD_BACK = 120
"""Bytes of a request that a slow sender has still to send, at one a second: more than anybody waits for."""


def request_bytes(letter):
    """The whole request as it goes over the wire."""
    head = [f"POST {letter.path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(letter.form)}"]
    return "\r\n".join([*head, *(f"{k}: {v}" for k, v in letter.headers.items()), "", letter.form]).encode()


def abort_after_send(port, letter):
    """Send all of it and hang up before the answer."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(request_bytes(letter))


def press_three_times(port, letter):
    """Three windows of one browser send the same page at once; what each hears."""
    with ThreadPoolExecutor(3) as pool:
        return [outcome for outcome, _status in pool.map(lambda _n: Line(port).send(letter), range(3))]


def proxied_twice(port, letter):
    """A proxy that does not trust the first answer sends the request again, byte by byte the same."""
    return [outcome for outcome, _status in (Line(port).send(letter) for _ in range(2))]


def send_slowly(port, letter, started):
    """One byte a second, or nothing more after the head; how long until the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        whole = request_bytes(letter)
        line.sendall(whole[:-HELD_BACK])
        try:
            while time.monotonic() - started < HELD_BACK:
                line.settimeout(1)
                try:
                    if not line.recv(65536):
                        break
                except TimeoutError:
                    line.sendall(b"x")
        except OSError:
            pass
        return time.monotonic() - started


def behave(port, stacks, chance, ledger):
    """Everybody votes in one of the bad ways, then comes back and presses the button again."""
    ways = {abort_after_send: None, press_three_times: [Outcome.OK] * 3, proxied_twice: [Outcome.OK] * 2}
    for [page] in stacks:
        way = chance.choice(list(ways))
        assert way(port, page) == ways[way], way.__name__
    drive(port, stacks, ledger)


def bad_day(where, tmp_path, seed, *, voters, wsgi="app:create_app()"):
    """Everybody votes badly: what the checker found, and the ledger."""
    vote, roll = make.open_vote(voters=voters)
    cycle_id, chance = vote.cycle_id, Random(seed)
    stacks = letters(cycle_id, roll, each=1, chance=chance)
    db.session.rollback()
    ledger = Ledger(tmp_path / "acknowledged")
    with places.serving(where, wsgi=wsgi) as server:
        behave(server.port, stacks, chance, ledger)
    return cycle_id, checking.compare(cycle_id, stacks, ledger.acknowledged), ledger


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_page_sent_however_often_is_stored_once_and_answered_alike(kind, tmp_path, seed, figure):
    with places.place(kind, tmp_path) as where:
        cycle_id, found, ledger = bad_day(where, tmp_path, seed, voters=VOTERS)
        of = f"{VOTERS:,} voters: abort, triple click, proxy, again"
        figure("T11", f"clients, {where.kind}", size=of, figure=f"{found.text}, {ledger.refused.total()} refused")
        assert found == checking.NOTHING and not ledger.refused
        assert checking.counted_as_acknowledged(cycle_id, ledger.acknowledged)


def test_the_check_notices_a_cast_without_its_key(tmp_path, seed, figure):
    with places.place("sqlite", tmp_path) as where:
        wsgi = "tests.faults.sabotage:forgetting_keys()"
        _cycle_id, found, _ledger = bad_day(where, tmp_path, seed, voters=10, wsgi=wsgi)
        figure("T11", f"clients, {where.kind}", twin=f"no idempotency key: {found.double} too many of 10 voters")
        assert found.double > 0


def test_slow_senders_are_dropped_and_keep_nobody_from_voting(tmp_path, seed, figure):
    with places.place("sqlite", tmp_path) as where:
        vote, roll = make.open_vote(voters=SLOW + 1)
        stacks = letters(vote.cycle_id, roll, each=1, chance=Random(seed))
        db.session.rollback()
        with places.serving(where, SECONDS_TO_SEND=str(SECONDS_TO_SEND)) as server, ThreadPoolExecutor(SLOW) as pool:
            started = time.monotonic()
            slow = [pool.submit(send_slowly, server.port, letter, started) for [letter] in stacks[:SLOW]]
            time.sleep(1)
            outcome, _status = Line(server.port, timeout=40).send(stacks[SLOW][0])
            waited = time.monotonic() - started
            dropped = sorted(each.result() for each in slow)
        of = f"{SLOW} senders on {THREADS} threads, {SECONDS_TO_SEND} s allowed"
        found = f"dropped after {dropped[0]:.0f} to {dropped[-1]:.0f} s, a voter waited {waited:.0f} s"
        figure("T11", "slow senders, SQLite", size=of, figure=found)
        # Ten on eight threads: the last two are listened to when the first have been dropped.
        assert outcome is Outcome.OK and dropped[0] < SECONDS_TO_SEND + 8 and dropped[-1] < 2 * SECONDS_TO_SEND + 12


def hears_in_time(tmp_path, seed, *options):
    """Seven of eight threads listen to slow senders; how many voters hear at once."""
    with places.place("sqlite", tmp_path) as where:
        vote, roll = make.open_vote(voters=THREADS - 1 + VOTE_NOW)
        stacks = letters(vote.cycle_id, roll, each=1, chance=Random(seed))
        db.session.rollback()
        with (
            places.serving(where, *options, SECONDS_TO_SEND="60") as server,
            ThreadPoolExecutor(THREADS) as pool,
        ):
            started = time.monotonic()
            slow = [pool.submit(send_slowly, server.port, letter, started) for [letter] in stacks[: THREADS - 1]]
            time.sleep(1)
            heard = [Line(server.port, timeout=3).send(letter)[0] for [letter] in stacks[THREADS - 1 :]]
            server.end()
            assert all(each.result() for each in slow)
        return heard.count(Outcome.OK)


def test_a_process_full_of_slow_senders_leaves_voters_to_the_other(tmp_path, seed, figure):
    heard = hears_in_time(tmp_path, seed)
    of = f"{THREADS - 1} slow senders on {THREADS} threads, {VOTE_NOW} voters"
    figure("T11", "one free thread, SQLite", size=of, figure=f"{heard} heard within 3 s")
    assert heard == VOTE_NOW


def test_the_check_notices_voters_who_queue_behind_slow_senders(tmp_path, seed, figure):
    heard = hears_in_time(tmp_path, seed, "--worker-class", "gthread")
    figure("T11", "one free thread, SQLite", twin=f"gunicorn's own threads: {heard} of {VOTE_NOW} heard within 3 s")
    assert heard < VOTE_NOW
