"""T9: a fault at any statement of a verb, or at its commit, leaves no trace or all of it, and doing it again works."""

import os
import re
import signal
from contextlib import contextmanager
from random import Random

import psycopg
import pytest
import sqlalchemy as sa

from app.core import files
from app.core.db import db
from app.voting.models import Vote
from app.voting.opening.services import remove_left_sets
from tests.faults.verbs import VERBS
from tests.sizes import size

pytestmark = [pytest.mark.slow, pytest.mark.soak]

WRITES = re.compile(r"^(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")

AFTERWARDS = "after the commit"


class Broken(Exception):
    """The injected fault."""


def an_exception(_raw):
    raise Broken


def a_timeout(raw):
    """The database itself breaks the statement off, so that the transaction is spoiled on its side too."""
    if db.engine.dialect.name == "postgresql":
        with raw.cursor() as cursor, pytest.raises(psycopg.errors.QueryCanceled) as reason:
            cursor.execute("SET LOCAL statement_timeout = 1; SELECT pg_sleep(60)")
        raise sa.exc.OperationalError("SELECT", {}, reason.value)
    once = iter([1])
    raw.set_progress_handler(lambda: next(once, 0), 1)


def a_kill(_raw):
    os.kill(os.getpid(), signal.SIGKILL)


class Steps:
    """Counts the steps of a verb (each statement, then its commit, then what follows it) and fails at one of them."""

    def __init__(self, fails_at=None, fault=None):
        self.fails_at, self.fault, self.taken, self.written = fails_at, fault, [], set()

    def __enter__(self):
        self.listeners = [
            (db.engine, "before_cursor_execute", lambda c, _u, statement, *_more: self._step(statement, c)),
            (db.engine, "commit", lambda connection: self._step("COMMIT", connection)),
            (db.session, "after_commit", lambda _session: self._step(AFTERWARDS, None)),
        ]
        for where, name, act in self.listeners:
            sa.event.listen(where, name, act)
        return self

    def __exit__(self, *_error):
        for where, name, act in self.listeners:
            sa.event.remove(where, name, act)

    def _step(self, statement, connection):
        self.taken.append(statement)
        self.written |= set(WRITES.findall(statement))
        is_over = statement == AFTERWARDS
        if statement == self.fails_at or (len(self.taken) - 1 == self.fails_at and not is_over):
            self.fault(connection and connection.connection.dbapi_connection)


def rows(tables):
    """All there is in these tables."""
    db.session.rollback()
    found = {}
    for name in tables:
        found[name] = sorted(repr(row) for row in db.session.execute(db.metadata.tables[name].select()))
    db.session.rollback()
    return found


def attempt(prepared, step, fault):
    """Do the verb with a fault at one step; in a process of its own where the fault is its death."""
    db.session.remove()  # what is left of the last attempt would save this one a statement
    if fault is not a_kill:
        with Steps(step, fault), pytest.raises((Broken, sa.exc.OperationalError)):
            prepared.act()
        db.session.rollback()
        return
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        with Steps(step, fault):
            prepared.act()
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL, "it outlived the step"


class Tried:
    """A verb that is made to fail, and what there was before."""

    def __init__(self, prepared):
        everything = rows(db.metadata.tables)
        db.session.remove()
        with Steps("COMMIT", an_exception) as found, pytest.raises(Broken):
            prepared.act()
        db.session.rollback()
        self.prepared, self.steps = prepared, len(found.taken)
        self.before = {name: everything[name] for name in found.written}

    def leaves_traces(self, step, fault):
        """Whether the tables that the verb writes are other than before."""
        attempt(self.prepared, step, fault)
        return rows(self.before) != self.before

    def points(self, chance):
        """What is injected at which steps until the commit. At night everything everywhere; otherwise every step is
        broken by an exception or by a timeout, and some, because each costs a process, by a kill."""
        steps = chance.sample(range(self.steps), self.steps)
        return size(
            commit={an_exception: steps[::2], a_timeout: steps[1::2], a_kill: steps[:12]},
            night={an_exception: steps, a_timeout: steps, a_kill: steps},
        )


@pytest.mark.parametrize("verb", VERBS)
def test_a_fault_at_any_step_leaves_nothing_and_one_after_the_commit_leaves_all(app, verb, seed, figure):
    """And the verb can then be done; done again it changes nothing."""
    tried = Tried(VERBS[verb]())
    points = tried.points(Random(seed))
    traces = [(step, fault) for fault, steps in points.items() for step in steps if tried.leaves_traces(step, fault)]
    of = ", ".join(f"{fault.__name__.partition('_')[2]} at {len(steps)}" for fault, steps in points.items())
    what = f"{verb}, {db.engine.dialect.name}"
    figure("T9", what, size=f"{tried.steps} points: {of}", figure=f"{len(traces)} traces")
    assert traces == []
    attempt(tried.prepared, AFTERWARDS, a_kill)
    done = tried.prepared.result()
    assert rows(tried.before) != tried.before
    tried.prepared.act()
    assert tried.prepared.result() == done


@pytest.mark.parametrize("verb", ["cast", "close", "certify"])
def test_the_check_notices_a_commit_before_the_end(app, verb, seed, figure):
    """The twin: the first write of the verb is committed on its own."""
    tried = Tried(VERBS[verb]())
    with committing_after_the_first_write():
        has_traces = tried.leaves_traces("COMMIT", an_exception)
    figure("T9", f"{verb}, {db.engine.dialect.name}", twin="first write committed: traces")
    assert has_traces


def kept_files(app):
    """The files on disk, with the notes about those nobody has settled."""
    return {path.name for path in (app.config["DATA_DIR"] / "files").rglob("*") if path.is_file()}


def test_an_error_in_an_opening_leaves_no_file_of_ballots(app, figure):
    prepared, before = VERBS["open_envelopes"](), kept_files(app)
    steps = Tried(prepared).steps
    remove_left_sets()
    for step in (steps // 2, steps - 3, steps - 2):
        attempt(prepared, step, an_exception)
    left = kept_files(app) - before
    figure("T9", f"files of an opening, {db.engine.dialect.name}", size="3 points", figure=f"{len(left)} left")
    assert left == set()


def test_what_a_kill_at_the_commit_of_an_opening_leaves_is_gone_after_the_next(app):
    prepared, before = VERBS["open_envelopes"](), kept_files(app)
    attempt(prepared, "COMMIT", a_kill)
    assert len(kept_files(app) - before) == 2, "the set and its note"
    prepared.act()
    assert kept_files(app) - before == {closed_set_hash()}


def test_what_a_fault_at_the_commit_of_an_opening_leaves_is_gone_after_a_start(app):
    prepared, before = VERBS["open_envelopes"](), kept_files(app)
    attempt(prepared, "COMMIT", an_exception)
    assert remove_left_sets() == 1 and kept_files(app) == before


def test_a_kill_after_the_commit_of_an_opening_leaves_its_file(app):
    prepared, before = VERBS["open_envelopes"](), kept_files(app)
    attempt(prepared, AFTERWARDS, a_kill)
    assert remove_left_sets() == 1 and kept_files(app) - before == {closed_set_hash()}


def test_the_check_notices_an_opening_that_leaves_its_file(app, figure, monkeypatch):
    prepared, before = VERBS["open_envelopes"](), kept_files(app)
    monkeypatch.setattr(files, "settle", lambda *_name, **_kept: None)
    attempt(prepared, "COMMIT", an_exception)
    prepared.act()
    left = kept_files(app) - before - {closed_set_hash()}
    figure("T9", f"files of an opening, {db.engine.dialect.name}", twin=f"nothing settled: {len(left)} left")
    assert left


def closed_set_hash():
    db.session.rollback()
    return db.session.scalars(sa.select(Vote.closed_set_hash)).one()


@contextmanager
def committing_after_the_first_write():
    def commit(connection, _cursor, statement, *_more):
        if WRITES.match(statement):
            connection.connection.commit()

    sa.event.listen(db.engine, "after_cursor_execute", commit)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "after_cursor_execute", commit)
