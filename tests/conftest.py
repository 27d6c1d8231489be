"""What every test may ask for: an app on each database, a browser, and a count of statements."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from app import create_app
from app.config import Settings
from app.core.db import db
from app.core.printing import press
from tests.browser import Browser
from tests.drawing import of_either_database
from tests.figures import figure as figure
from tests.figures import pytest_terminal_summary as pytest_terminal_summary
from tests.figures import seed as seed
from tests.mailbox import Mailbox
from tests.memory import REMEMBERS, used_tables
from tests.memory import monkeypatch as monkeypatch
from tests.paper import paper as paper
from tests.paper import prints as prints
from tests.postgres import server_or_skip, throwaway_cluster
from tests.seeded import seeded as seeded
from tests.walkers import address as address
from tests.walkers import calendar as calendar
from tests.walkers import walker as walker

press.NICE = 0  # nobody else is to be served here, and other tests would keep a sheet waiting

KINDS = ("sqlite", "postgresql")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ROOM = 512 * 1024**2
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure() -> None:
    """What is collected stays: the garbage collector rests until all of it is there."""
    gc.disable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """While a commit is tried, some tests run on one of the two databases each."""
    chosen = of_either_database(items)
    if len(chosen) < len(items):
        left = set(items) - set(chosen)
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = chosen


def pytest_collection_finish() -> None:
    """What was collected stays until the end, so the garbage collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()


@dataclass
class Apps:
    """The apps made so far in this worker, one for each kind of database, and what must be stopped with them."""

    stack: ExitStack
    made: dict[str, Flask] = field(default_factory=dict)


@pytest.fixture(scope="session")
def apps() -> Iterator[Apps]:
    """The worker's apps; the cluster lives as long as they do."""
    with ExitStack() as stack:
        yield Apps(stack)


def _quick_folder() -> Path | None:
    """Where a file need not wait for a disk, on Linux: the tests of power cuts and kills bring places of their own."""
    there = Path("/dev/shm")
    return there if os.access(there, os.W_OK) and shutil.disk_usage(there).free > ROOM else None


def _database_url(kind: str, stack: ExitStack) -> str:
    if kind == "sqlite":
        return f"sqlite:///{stack.enter_context(tempfile.TemporaryDirectory(dir=_quick_folder()))}/test.sqlite3"
    server_or_skip()
    return stack.enter_context(throwaway_cluster())


def _make_app(kind: str, stack: ExitStack, data_dir: Path) -> Flask:
    url = _database_url(kind, stack)
    app = create_app(Settings(secret_key="test", database_url=url, data_dir=data_dir, testing=True))
    app.extensions[REMEMBERS] = {}
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture(params=KINDS)
def app(request: pytest.FixtureRequest, apps: Apps, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An empty Lamplight, on SQLite and then on PostgreSQL."""
    kind = request.param
    if kind not in apps.made:
        apps.made[kind] = _make_app(kind, apps.stack, tmp_path_factory.mktemp(kind))
    with apps.made[kind].app_context():
        yield apps.made[kind]
        db.session.remove()
        _empty()


def _empty() -> None:
    """Empty the tables a test has used, which are few of many."""
    used = used_tables()
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            for table in used:
                connection.execute(sa.text(f'DELETE FROM "{table}"'))
            return
    if used:
        _empty_sqlite(used)


def _empty_sqlite(tables: Sequence[str]) -> None:
    with db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        asked = "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        triggers = [(name, sql) for name, sql, table in raw.execute(asked).fetchall() if table in tables]
        raw.execute("ROLLBACK") if raw.in_transaction else None
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN IMMEDIATE")
        for name, _sql in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        for table in tables:
            raw.execute(f'DELETE FROM "{table}"')
        for _name, sql in triggers:
            raw.execute(sql)
        raw.execute("COMMIT")
        raw.execute("PRAGMA foreign_keys=ON")


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A visitor's browser."""
    return Browser(app)


@pytest.fixture
def mailbox(app: Flask) -> Mailbox:
    """The mails of this test."""
    return Mailbox(app)


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL statements sent from here on (transaction control left out)."""
    seen: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Chromium, without a screen; one for each worker, because its driver will not be started twice."""
    if CHROMIUM is None:
        missing = "Chromium is not installed (Debian: apt-get install chromium)"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()
