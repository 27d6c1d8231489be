"""T6: a full or read-only disk refuses in words, loses nothing that was acknowledged, and needs no repair."""

import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from random import Random

import psycopg
import pytest
import sqlalchemy as sa

from app.config import kept_secret
from app.core import files, vault
from app.core.db import db
from tests import make
from tests.browser import _forget_the_last_request
from tests.faults import checking, disks, places
from tests.faults.driving import Outcome, outcome_of
from tests.faults.letters import letters
from tests.postgres import own
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
            own(disk)
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


def hang_up():
    """Close every connection, as a server does that starts again."""
    db.session.remove()
    db.engine.dispose()


@contextmanager
def no_names_left(disk):
    hang_up()
    disks.limit_names(disk, more=0)
    yield
    disks.limit_names(disk, more=100)


@contextmanager
def mounted_read_only(disk):
    hang_up()
    disks.allow_writing(disk, False)
    yield
    hang_up()
    disks.allow_writing(disk, True)


@pytest.mark.parametrize("fault", [no_names_left, mounted_read_only])
def test_a_disk_that_takes_no_file_refuses_in_words_and_needs_no_repair(fault, tmp_path, seed, figure):
    with place_on_a_small_disk("sqlite", tmp_path) as (where, disk):
        cycle_id, stacks, flat = prepared(seed, voters=8, each=1)
        before, _refused, _pages = cast_all(where.app, flat[:3])
        with fault(disk):
            stored, refused, pages = cast_all(where.app, flat[3:])
        assert not stored
        assert {(status, ADVICE in page, retry) for status, page, retry in pages} == {(503, True, "120")}
        later, still_refused, _pages = cast_all(where.app, refused)
        found = checking.compare(cycle_id, stacks, before | later)
        of = f"{len(before)} stored, {len(refused)} refused, then {len(later)} stored"
        what = f"{fault.__name__.replace('_', ' ')}, SQLite"
        figure("T6", what, size=of, figure=f"{found.text}, {len(still_refused)} refused after")
        assert found == checking.NOTHING and not still_refused and places.is_whole(where)


@contextmanager
def out_of_room(disk):
    disks.resize(disk, bytes_free=ROOM["sqlite"])
    yield


@contextmanager
def swallowing_errors(app):
    """The twin: the app thanks for a ballot whatever the database or the disk says."""
    handlers = app.error_handler_spec[None][None]
    kept = dict(handlers)
    handlers.update(dict.fromkeys((sa.exc.DBAPIError, OSError), lambda _error: ("", 302, {"Location": "/thanks"})))
    yield
    handlers.update(kept)


@pytest.mark.parametrize("fault", [out_of_room, no_names_left, mounted_read_only])
def test_the_check_notices_an_error_that_is_swallowed(fault, tmp_path, seed, figure):
    with place_on_a_small_disk("sqlite", tmp_path) as (where, disk):
        cycle_id, stacks, flat = prepared(seed)
        with swallowing_errors(where.app), fault(disk):
            stored, _refused, _pages = cast_all(where.app, flat)
        found = checking.compare(cycle_id, stacks, stored)
        what = "full disk" if fault is out_of_room else fault.__name__.replace("_", " ")
        figure("T6", f"{what}, SQLite", twin=f"error swallowed: {found.lost} of {len(stored)} lost")
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
        disks.fill(full)
        monkeypatch.setattr("tempfile.tempdir", str(full))
        monkeypatch.setenv("SQLITE_TMPDIR", str(full))
        cycle_id, stacks, flat = prepared(seed, voters=20, each=2)
        stored, refused, _pages = cast_all(where.app, flat)
        figure("T6", "full temporary folder, SQLite", size=f"{len(flat)} casts", figure=f"{len(refused)} refused")
        assert not refused and checking.compare(cycle_id, stacks, stored) == checking.NOTHING


def keep_everything(folder):
    """Keep a file, a secret of a vote and the secret of a site; how many of them there was no room for."""
    refused = 0
    writers = [lambda: files.store(b"x" * 9000), lambda: vault.keep("vote", "key", b"x" * 9000)]
    for write in (*writers, lambda: kept_secret(folder)):
        try:
            write()
        except OSError:
            refused += 1
    return refused


def left_on(folder):
    return [path.name for path in folder.rglob("*") if path.is_file() and path.name != "filler"]


def test_a_full_disk_keeps_no_part_of_a_file_or_a_secret(tmp_path, app, figure, monkeypatch):
    with disks.small_disk(tmp_path / "disk", megabytes=1) as disk:
        monkeypatch.setitem(app.config, "DATA_DIR", disk)
        disks.fill(disk)
        assert keep_everything(disk) == 3 and left_on(disk) == []
        with monkeypatch.context() as patched:
            patched.setattr(Path, "unlink", lambda *_path, **_more: None)
            keep_everything(disk)
        what, twin = f"files on a full disk, {db.engine.dialect.name}", f"not removed: {len(left_on(disk))}"
        figure("T6", what, size="3 kinds", figure="0 left", twin=twin)
        assert left_on(disk), "the check would not notice a part that stays"
        for path in disk.rglob("*"):
            path.is_file() and path.unlink()
        assert keep_everything(disk) == 0


HEAD = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="roll.csv"\r\n\r\n'
LARGE = HEAD + bytes(700_000) + b"\r\n--cut--\r\n"
"""An upload that is too large to be kept in memory."""


def uploaded(app):
    """Send it to a page that first asks for a token, which it does not carry: the status, and whether to try again."""
    answer = app.test_client().post("/sign-in", data=LARGE, content_type="multipart/form-data; boundary=cut")
    return answer.status_code, ADVICE in answer.get_data(as_text=True)


def test_an_upload_that_finds_the_temporary_folder_full_is_refused_in_words(tmp_path, app, figure, monkeypatch):
    with disks.small_disk(tmp_path / "full", megabytes=4) as folder:
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        assert uploaded(app) == (400, False), "with room for it, something else is wrong with it"
        disks.fill(folder)
        assert uploaded(app) == (503, True)
    figure("T6", f"upload, full temporary folder, {db.engine.dialect.name}", figure="503", twin="with room: 400")


@contextmanager
def write_ahead_log_on_a_small_disk(tmp_path):
    """PostgreSQL whose `pg_wal`, in segments of one megabyte, has a disk of its own."""
    outside = Path(tempfile.mkdtemp(prefix="lamplight-wal-"))
    outside.chmod(0o755)  # the server's account must come through
    try:
        with disks.small_disk(outside / "disk", megabytes=64) as disk:
            own(disk)
            options = ["--wal-segsize=1", f"--waldir={disk}"]
            with places.place("postgresql", tmp_path, "min_wal_size=2MB", initdb=options) as where:
                yield where, disk
    finally:
        shutil.rmtree(outside)


def write_much(where):
    """Fill a tenth of a segment of the write-ahead log."""
    with suppress(psycopg.Error), psycopg.connect(where.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("SELECT pg_logical_emit_message(false, '', repeat('x', 100000))")


def cast_until_it_is_full(where, flat):
    """Cast, among much that others write, until somebody is refused; what was acknowledged, and who is left."""
    acknowledged, left = {}, list(flat)
    while left:
        write_much(where)
        outcome, _answer = post(where.app, left[0])
        if outcome is not Outcome.OK:
            return acknowledged, left
        letter = left.pop(0)
        acknowledged[letter.key] = letter
    raise AssertionError("the disk was never full")


def test_a_full_write_ahead_log_refuses_in_words_and_loses_nothing(tmp_path, seed, figure):
    with write_ahead_log_on_a_small_disk(tmp_path) as (where, disk):
        cycle_id, stacks, flat = prepared(seed, voters=60, each=1)
        disks.resize(disk, bytes_free=0)
        acknowledged, left = cast_until_it_is_full(where, flat)
        stored, refused, pages = cast_all(where.app, left[:10])
        assert acknowledged and not stored
        assert {(status, ADVICE in page, retry) for status, page, retry in pages} == {(503, True, "120")}
        with swallowing_errors(where.app):
            thanked, _refused, _pages = cast_all(where.app, left[10:13])
        disks.resize(disk, bytes_free=50 * disks.MEGABYTE)
        where.cluster.kill()
        where.cluster.start()
        later, still_refused, _pages = cast_all(where.app, refused)
        found = checking.compare(cycle_id, stacks, acknowledged | later)
        of = f"{len(acknowledged)} stored, {len(refused)} refused, then {len(later)} stored"
        twin = checking.compare(cycle_id, stacks, acknowledged | later | thanked).lost
        what = f"full pg_wal, {where.kind}"
        figure("T6", what, size=of, figure=f"{found.text}, {len(still_refused)} refused after")
        figure("T6", what, twin=f"error swallowed: {twin} of {len(thanked)} lost")
        assert found == checking.NOTHING and not still_refused and places.is_whole(where)
        assert len(thanked) == twin == 3, "the check would not notice an error that is swallowed"


def test_what_is_no_fault_of_the_disk_stays_an_error_of_ours(app):
    with app.test_request_context(), pytest.raises(sa.exc.IntegrityError):
        app.handle_user_exception(sa.exc.IntegrityError("INSERT", {}, Exception("twice")))
