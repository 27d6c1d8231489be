"""A place for one vote under test: a durable database of its own, and real gunicorn processes that serve it."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest import SkipTest

import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.config import ROOT, Settings
from app.core.db import db
from app.core.jobs import make_queue
from tests.postgres import Cluster, children_of, own_cluster, server_binaries

SECRET = "a secret of the tests"
PATIENCE = 60


@dataclass(frozen=True, kw_only=True)
class Place:
    """A database, an app on it in this process, and the folder of both."""

    app: Flask
    url: str
    folder: Path
    cluster: Cluster | None

    @property
    def kind(self) -> str:
        """How the table of figures calls its database."""
        return "SQLite" if self.cluster is None else "PostgreSQL"

    def environment(self, **more: str) -> dict[str, str]:
        """What a process of this place sees."""
        ours = {"DATABASE_URL": self.url, "SECRET_KEY": SECRET, "DATA_DIR": str(self.folder), "LAMPLIGHT_DEMO": "0"}
        return os.environ | ours | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | more


class SiteEnded(Exception):
    """gunicorn has ended by itself."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running gunicorn."""

    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The processes that answer; one that was killed is replaced by another."""
        return children_of(self.process.pid)

    def end(self) -> None:
        """End it the short way: an orderly end takes seconds, and nothing is asked of it any more."""
        workers = self.workers()
        self.process.kill()
        self.process.wait()
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)

    def kill_a_worker(self, which: int) -> None:
        """`kill -9` for one of them."""
        running = self.workers()
        if running:
            with suppress(ProcessLookupError):
                os.kill(running[which % len(running)], signal.SIGKILL)


def missing(what: str) -> None:
    """Leave a test out on a machine that lacks something; fail where nothing may be left out. Not pytest's own skip,
    because the bench uses this module too."""
    assert os.environ.get("CI") != "true", what
    raise SkipTest(what)


@contextmanager
def place(kind: str, folder: Path, *settings: str, initdb: Sequence[str] = ()) -> Iterator[Place]:
    """An empty, durable database of that kind; `settings` are PostgreSQL's, `initdb` options of its first hour."""
    with built(kind, folder, *settings, initdb=initdb) as where, entered(where):
        yield where


@contextmanager
def built(kind: str, folder: Path, *settings: str, initdb: Sequence[str] = ()) -> Iterator[Place]:
    """The same for several tests, each of which enters it and brings a vote of its own."""
    with ExitStack() as stack:
        cluster = None if kind == "sqlite" else stack.enter_context(_cluster(settings, initdb))
        url = f"sqlite:///{folder}/lamplight.sqlite3" if cluster is None else cluster.url
        app = create_app(Settings(secret_key=SECRET, database_url=url, data_dir=folder, testing=True))
        with app.app_context():
            db.create_all()
            make_queue(app)
        yield Place(app=app, url=url, folder=folder, cluster=cluster)


@contextmanager
def entered(where: Place) -> Iterator[None]:
    """Work in a place; no connection outlives it."""
    with where.app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


@contextmanager
def _cluster(settings: Sequence[str], initdb: Sequence[str]) -> Iterator[Cluster]:
    if server_binaries() is None:
        missing("the PostgreSQL server is not installed (Debian: apt-get install postgresql)")
    with own_cluster(settings=settings, initdb=initdb, files=None if initdb else _ready_made()) as cluster:
        yield cluster


@cache
def _ready_made() -> Path:
    """The files of a server with all tables, made once in each process, because making them costs seconds."""
    folder = Path(tempfile.mkdtemp(prefix="lamplight-pg-made-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with own_cluster(durable=False) as cluster:
        app = create_app(Settings(secret_key=SECRET, database_url=cluster.url, data_dir=folder, testing=True))
        with app.app_context():
            db.create_all()
            db.session.remove()
            db.engine.dispose()
        cluster.shut_down()
        subprocess.run(["cp", "-a", cluster.folder / "data", folder], check=True)
    return folder / "data"


@contextmanager
def serving(where: Place, *more: str, wsgi: str = "app:create_app()", **environment: str) -> Iterator[Server]:
    """gunicorn as `scripts/serve.sh` starts it; `more` options of its own make a twin."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "scripts/gunicorn.conf.py", "--log-level", "error"]
    command += [*more, wsgi]
    with tempfile.TemporaryFile() as log:
        env = where.environment(PORT=str(port), **environment)
        server = Server(port=port, process=subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log))
        try:
            wait_until_it_answers(port, server.process)
            yield server
        finally:
            server.end()


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the site's own check of its health says yes; raises SiteEnded where it gives up."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise SiteEnded
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_whole(where: Place) -> bool:
    """What the database says when it checks its own files."""
    if where.cluster is None:
        return str(db.session.execute(sa.text("PRAGMA integrity_check")).scalar_one()) == "ok"
    db.session.execute(sa.text("CREATE EXTENSION IF NOT EXISTS amcheck"))
    tables = ("roll_entry", "envelope")
    for name in db.session.scalars(
        sa.text(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
            "WHERE relname = ANY(:tables)"
        ),
        {"tables": list(tables)},
    ).all():
        db.session.execute(sa.text("SELECT bt_index_check(CAST(:name AS regclass), true)"), {"name": name})
    db.session.rollback()
    return True
