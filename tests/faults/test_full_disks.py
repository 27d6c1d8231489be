"""T6: a full or read-only disk refuses in words, loses nothing that was acknowledged, and needs no repair."""

from contextlib import ExitStack, contextmanager
from random import Random

import pytest
import sqlalchemy as sa

from app.core.db import db
from tests import make
from tests.browser import _forget_the_last_request
from tests.faults import checking, disks, places
from tests.faults.driving import Outcome, outcome_of
from tests.faults.letters import letters
from tests.sizes import size

pytestmark = [pytest.mark.slow, pytest.mark.soak]

VOTERS, EACH = size(commit=40, night=300), size(commit=3, night=20)
ROOM = {"sqlite": size(commit=800_000, night=3_000_000), "postgresql": size(commit=80_000, night=3_000_000)}
ADVICE = "send it again"


def post(app, letter):
    """Send a letter to the app in this process; what it means, and the page."""
    _forget_the_last_request()
    client = app.test_client(use_cookies=False)
    answer = client.post(letter.path, data=letter.form, headers=letter.headers)
    return outcome_of(answer.status_code, answer.location), answer


def cast_all(app, flat):
    """Send every letter once: those acknowledged, those not, and the pages of these."""
    acknowledged, not_stored, pages = {}, [], []
    for letter in flat:
        outcome, answer = post(app, letter)
        if outcome is Outcome.OK:
            acknowledged[letter.key] = letter
        else:
            not_stored.append(letter)
            pages.append((answer.status_code, answer.get_data(as_text=True), answer.headers.get("Retry-After")))
    return acknowledged, not_stored, pages


@contextmanager
def place_on_a_small_disk(kind, tmp_path):
    """A place whose envelopes lie on a small disk: SQLite's whole folder, a tablespace of PostgreSQL."""
    if kind == "sqlite":
        with disks.small_disk(tmp_path / "disk", megabytes=64) as disk, places.place(kind, disk) as where:
            yield where, disk
        return
    with places.place(kind, tmp_path) as where:
        assert where.cluster is not None
        with disks.small_disk(where.cluster.folder / "disk", megabytes=64) as disk:
            where.cluster.own(disk)
            move_envelopes(disk)
            yield where, disk


def move_envelopes(disk):
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(f"CREATE TABLESPACE small LOCATION '{disk}'"))
        connection.execute(sa.text("ALTER TABLE envelope SET TABLESPACE small"))


def prepared(seed, voters=VOTERS, each=EACH):
    vote, roll = make.open_vote(voters=voters)
    stacks = letters(vote.cycle_id, roll, each=each, chance=Random(seed))
    cycle_id = vote.cycle_id
    db.session.rollback()
    return cycle_id, stacks, [letter for turn in zip(*stacks, strict=True) for letter in turn]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_full_disk_refuses_in_words_and_loses_nothing(kind, tmp_path, seed, figure):
    with place_on_a_small_disk(kind, tmp_path) as (where, disk):
        cycle_id, stacks, flat = prepared(seed)
        disks.resize(disk, bytes_free=ROOM[kind])
        stored, refused, pages = cast_all(where.app, flat)
        assert stored and refused, "the disk was never full"
        assert {(status, ADVICE in page, retry) for status, page, retry in pages} == {(503, True, "120")}
        assert checking.compare(cycle_id, stacks, stored) == checking.NOTHING
        disks.resize(disk, bytes_free=50 * disks.MEGABYTE)
        later, still_refused, _pages = cast_all(where.app, refused)
        found = checking.compare(cycle_id, stacks, stored | later)
        of = f"{len(stored)} stored, {len(refused)} refused, then {len(later)} stored"
        figure("T6", f"full disk, {where.kind}", size=of, figure=f"{found.text}, {len(still_refused)} refused after")
        assert found == checking.NOTHING and not still_refused and places.is_whole(where)


def test_the_check_notices_an_error_that_is_swallowed(tmp_path, seed, figure, monkeypatch):
    with place_on_a_small_disk("sqlite", tmp_path) as (where, disk):
        cycle_id, stacks, flat = prepared(seed)
        disks.resize(disk, bytes_free=ROOM["sqlite"])
        thanks = lambda _error: ("", 302, {"Location": "/thanks"})  # noqa: E731
        monkeypatch.setitem(where.app.error_handler_spec[None][None], sa.exc.DBAPIError, thanks)
        stored, _refused, _pages = cast_all(where.app, flat)
        found = checking.compare(cycle_id, stacks, stored)
        figure("T6", f"full disk, {where.kind}", twin=f"error swallowed: {found.lost} of {len(stored)} lost")
        assert found.lost > 0


@contextmanager
def read_only(app):
    """Every connection of this app finds a database that cannot be written to."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    order = "PRAGMA query_only=ON" if is_sqlite else "SET default_transaction_read_only = on"

    def weaken(connection, _record):
        with connection.cursor() if not is_sqlite else ExitStack() as cursor:
            (connection if is_sqlite else cursor).execute(order)
        is_sqlite or connection.commit()

    db.session.remove()
    db.engine.dispose()
    sa.event.listen(db.engine, "connect", weaken)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "connect", weaken)
        db.session.remove()
        db.engine.dispose()


def test_a_read_only_database_refuses_in_words_and_takes_ballots_again_later(app, seed, figure):
    cycle_id, stacks, flat = prepared(seed, voters=5, each=1)
    with read_only(app):
        stored, refused, pages = cast_all(app, flat)
    assert not stored and {(status, ADVICE in page) for status, page, _retry in pages} == {(503, True)}
    later, still_refused, _pages = cast_all(app, refused)
    figure("T6", f"read-only, {db.engine.dialect.name}", size="5 refused, sent again", figure="0 lost, 0 refused")
    assert not still_refused and checking.compare(cycle_id, stacks, later) == checking.NOTHING


def test_a_full_temporary_folder_does_not_matter(tmp_path, seed, figure, monkeypatch):
    with disks.small_disk(tmp_path / "full", megabytes=1) as full, places.place("sqlite", tmp_path) as where:
        disks.resize(full, bytes_free=0)
        monkeypatch.setattr("tempfile.tempdir", str(full))
        monkeypatch.setenv("SQLITE_TMPDIR", str(full))
        cycle_id, stacks, flat = prepared(seed, voters=20, each=2)
        stored, refused, _pages = cast_all(where.app, flat)
        figure("T6", "full temporary folder, SQLite", size=f"{len(flat)} casts", figure=f"{len(refused)} refused")
        assert not refused and checking.compare(cycle_id, stacks, stored) == checking.NOTHING


def test_what_is_no_fault_of_the_disk_stays_an_error_of_ours(app):
    with app.test_request_context(), pytest.raises(sa.exc.IntegrityError):
        app.handle_user_exception(sa.exc.IntegrityError("INSERT", {}, Exception("twice")))
