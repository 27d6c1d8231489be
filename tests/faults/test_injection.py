"""T9: a fault at any statement of a verb, or at its commit, leaves no trace or all of it, and doing it again works."""

import os
import re
import signal
from contextlib import contextmanager
from random import Random

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


def an_exception():
    raise Broken


def a_timeout():
    raise sa.exc.OperationalError("SELECT", {}, Exception("canceling statement due to statement timeout"))


def a_kill():
    os.kill(os.getpid(), signal.SIGKILL)


class Steps:
    """Counts the steps of a verb (each statement, then its commit, then what follows it) and fails at one of them."""

    def __init__(self, fails_at=None, fault=None):
        self.fails_at, self.fault, self.taken, self.written = fails_at, fault, [], set()

    def __enter__(self):
        self.listeners = [
            (db.engine, "before_cursor_execute", lambda _c, _u, statement, *_more: self._step(statement)),
            (db.engine, "commit", lambda _connection: self._step("COMMIT")),
            (db.session, "after_commit", lambda _session: self._step(AFTERWARDS)),
        ]
        for where, name, act in self.listeners:
            sa.event.listen(where, name, act)
        return self

    def __exit__(self, *_error):
        for where, name, act in self.listeners:
            sa.event.remove(where, name, act)

    def _step(self, statement):
        self.taken.append(statement)
        self.written |= set(WRITES.findall(statement))
        is_over = statement == AFTERWARDS
        if statement == self.fails_at or (len(self.taken) - 1 == self.fails_at and not is_over):
            self.fault()


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
    if fault is not a_kill:
        with Steps(step, fault):
            try:
                prepared.act()
            except (Broken, sa.exc.OperationalError):
                db.session.rollback()
            return
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        with Steps(step, fault):
            prepared.act()
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL, "it outlived the step"


def steps_of(prepared):
    """The steps of a verb up to its commit, where it is stopped, and the tables it writes."""
    with Steps("COMMIT", an_exception) as found:
        with pytest.raises(Broken):
            prepared.act()
    db.session.rollback()
    return len(found.taken), found.written


def traces_of_faults(prepared, faults, *, at_most=1_000):
    """Let faults take turns at every step until the commit; how many steps, and those that left something."""
    everything = rows(db.metadata.tables)
    steps, tables = steps_of(prepared)
    before, traces = {name: everything[name] for name in tables}, []
    points = range(steps) if steps <= at_most else sorted(Random(steps).sample(range(steps), at_most))
    for turn, step in enumerate(points):
        attempt(prepared, step, faults[turn % len(faults)])
        if rows(tables) != before:
            traces.append(step)
    return len(points), traces


def noted(figure, verb, kind, points, traces):
    figure("T9", f"{kind}, {verb}, {db.engine.dialect.name}", size=f"{points} points", figure=f"{len(traces)} traces")


def is_done_again(prepared):
    """Do the verb, twice: the second time changes nothing."""
    prepared.act()
    done = prepared.result()
    prepared.act()
    return prepared.result() == done


@pytest.mark.parametrize("verb", VERBS)
def test_an_error_at_any_step_leaves_nothing_and_the_verb_can_be_done_again(app, verb, figure):
    prepared = VERBS[verb]()
    points, traces = traces_of_faults(prepared, [an_exception, a_timeout])
    noted(figure, verb, "errors", points, traces)
    assert traces == [] and is_done_again(prepared)


@pytest.mark.parametrize("verb", VERBS)
def test_a_kill_at_any_step_leaves_nothing_and_the_verb_can_be_done_again(app, verb, figure):
    prepared = VERBS[verb]()
    points, traces = traces_of_faults(prepared, [a_kill], at_most=size(commit=12, night=1_000))
    noted(figure, verb, "kills", points, traces)
    assert traces == [] and is_done_again(prepared)


@pytest.mark.parametrize("verb", VERBS)
def test_a_kill_after_the_commit_leaves_all_of_it(app, verb):
    prepared = VERBS[verb]()
    attempt(prepared, AFTERWARDS, a_kill)
    done = prepared.result()
    prepared.act()
    assert prepared.result() == done


@pytest.mark.parametrize("verb", VERBS)
def test_the_check_notices_a_commit_before_the_end(app, verb, figure):
    """The twin: the first write of the verb is committed on its own."""
    prepared = VERBS[verb]()
    with committing_after_the_first_write():
        points, traces = traces_of_faults(prepared, [an_exception])
    twin = f"first write committed: {len(traces)} of {points} leave traces"
    figure("T9", f"errors, {verb}, {db.engine.dialect.name}", twin=twin)
    assert traces


def kept_files(app):
    """The files on disk, with the notes about those nobody has settled."""
    return {path.name for path in (app.config["DATA_DIR"] / "files").rglob("*") if path.is_file()}


def test_an_error_in_an_opening_leaves_no_file_of_ballots(app, figure):
    prepared, before = VERBS["open_envelopes"](), kept_files(app)
    steps, _tables = steps_of(prepared)
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
