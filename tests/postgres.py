"""A PostgreSQL server of our own for one run of tests, so that nobody has to set one up and nothing is left behind."""

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

DEBIAN_HOME = Path("/usr/lib/postgresql")
START_SECONDS = 30
ATTEMPTS = 3


class ServerDidNotStart(Exception):
    """PostgreSQL gave up; the message is the end of its log."""


def server_binaries() -> Path | None:
    """The folder that holds `initdb` and `postgres`, the newest where there are several, or None."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    versions = sorted(DEBIAN_HOME.glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    return versions[-1].parent if versions else None


def server_or_skip() -> None:
    """Leave a test out, with the reason, where the server is not installed; where commits are tried it must be."""
    if server_binaries() is None:
        missing = "the PostgreSQL server is not installed (Debian: apt-get install postgresql)"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)


@dataclass(kw_only=True)
class Cluster:
    """A server of ours on its own files; `kill` is what a crash of all its processes does, `start` comes after it."""

    folder: Path
    settings: tuple[str, ...]
    port: int = 0
    server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its first database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Begin to serve, on the same port again where it has had one. Raises ServerDidNotStart."""
        for _ in range(ATTEMPTS):
            port = self.port or _free_port()
            options = [part for setting in self.settings for part in ("-c", setting)]
            server = _popen(self.folder, "postgres", "-D", str(self.folder / "data"), "-p", str(port), *options)
            if _answers(server, port):
                self.server, self.port = server, port
                return
            _stop(server)
        raise ServerDidNotStart(_end_of_log(self.folder))

    def kill(self) -> None:
        """End all its processes at once, without a word to any of them, and see them gone.

        One that was missed would hold the server's memory, and the next start would be refused.
        """
        assert self.server is not None
        os.kill(self.server.pid, signal.SIGSTOP)  # so that no child is born while they are counted
        mine = [self.server.pid, *children_of(self.server.pid)]
        for process in mine:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.server.wait()
        ends = time.monotonic() + START_SECONDS
        while any(map(_is_alive, mine)) and time.monotonic() < ends:
            time.sleep(0.01)

    def shut_down(self) -> None:
        """End it so that nothing is left to recover, as before a copy of its files."""
        assert self.server is not None
        _stop(self.server, signal.SIGINT)

    def stop(self) -> None:
        """End it at once; the next start recovers."""
        if self.server is not None:
            _stop(self.server)


@contextmanager
def own_cluster(
    *, durable: bool = True, settings: Sequence[str] = (), initdb: Sequence[str] = (), files: Path | None = None
) -> Iterator[Cluster]:
    """A fresh cluster that the test may kill and start again; destroyed at the end. Raises ServerDidNotStart.

    `durable` leaves fsync on, which the program demands before a vote may open. It is made by `initdb` with these more
    options, or is a copy of files that a cluster has left which was shut down.
    """
    folder = Path(tempfile.mkdtemp(prefix="lamplight-pg-"))
    ours = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100")
    ours = (*ours, *_quick_recovery(), *([] if durable else ["fsync=off"]))
    cluster = Cluster(folder=folder, settings=(*ours, *settings))
    try:
        own(folder)
        _initialize(folder, initdb) if files is None else _copy(files, folder / "data")
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def throwaway_cluster(*, durable: bool = False) -> Iterator[str]:
    """The same as an address, `postgresql+psycopg://…/postgres`; each worker process of the tests starts its own."""
    with own_cluster(durable=durable) as cluster:
        yield cluster.url


@contextmanager
def fresh_database(cluster_url: str) -> Iterator[str]:
    """An empty database in a running cluster; yields its URL and drops it at the end, whoever is still connected."""
    name = f"test_{secrets.token_hex(8)}"
    plain = cluster_url.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield cluster_url.rpartition("/")[0] + "/" + name
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def as_owner() -> dict[str, Any]:
    """What makes a new process run under the account of the servers."""
    owner = _owner()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}


def _owner() -> pwd.struct_passwd:
    # initdb refuses to run as root, so the cluster then belongs to the account that Debian's package makes.
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def own(folder: Path) -> None:
    """Give a folder to the account that the servers run under."""
    owner = _owner()
    os.chown(folder, owner.pw_uid, owner.pw_gid)


def _popen(folder: Path, program: str, *arguments: str) -> subprocess.Popen[bytes]:
    binaries = server_binaries()
    if binaries is None:
        raise ServerDidNotStart("PostgreSQL's server programs are not installed")
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [binaries / program, *arguments],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **as_owner(),
        )


def _initialize(folder: Path, more: Sequence[str]) -> None:
    options = ("--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C")
    if _popen(folder, "initdb", f"--pgdata={folder / 'data'}", *options, *more).wait() != 0:
        raise ServerDidNotStart(_end_of_log(folder))


def _copy(files: Path, to: Path) -> None:
    subprocess.run(["cp", "-a", files, to], check=True)


@cache
def _quick_recovery() -> tuple[str, ...]:
    """Before it recovers, a server syncs its thousand files; from version 14 on it can do so at once on Linux."""
    binaries = server_binaries()
    if binaries is None or sys.platform != "linux":
        return ()
    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"(\d+)", said)
    return ("recovery_init_sync_method=syncfs",) if version and int(version[1]) >= 14 else ()


def children_of(parent: int) -> list[int]:
    """The processes that one has started (Linux)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(entry.name))
    return found


def _is_alive(process: int) -> bool:
    """Whether it runs; one that is dead and only not yet collected does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


def _stop(server: subprocess.Popen[bytes], how: signal.Signals = signal.SIGQUIT) -> None:
    if server.poll() is None:
        server.send_signal(how)
    try:
        server.wait(timeout=START_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _end_of_log(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")[-2000:]
