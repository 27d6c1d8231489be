"""A PostgreSQL server of our own for one run of tests, so that nobody has to set one up and nothing is left behind."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

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


@contextmanager
def throwaway_cluster(*, durable: bool = False) -> Iterator[str]:
    """A fresh cluster on a free port; yields `postgresql+psycopg://…/postgres` and destroys all of it at the end.

    `durable` leaves fsync on, which the program demands before a vote may open. Raises ServerDidNotStart.
    Each worker process of the tests starts its own, so they never meet.
    """
    folder = Path(tempfile.mkdtemp(prefix="lamplight-pg-"))
    try:
        _own(folder)
        _initialize(folder)
        server, port = _start(folder, durable=durable)
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


def _owner() -> pwd.struct_passwd:
    # initdb refuses to run as root, so the cluster then belongs to the account that Debian's package makes.
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _own(folder: Path) -> None:
    owner = _owner()
    os.chown(folder, owner.pw_uid, owner.pw_gid)


def _popen(folder: Path, program: str, *arguments: str) -> subprocess.Popen[bytes]:
    binaries = server_binaries()
    if binaries is None:
        raise ServerDidNotStart("PostgreSQL's server programs are not installed")
    owner, is_root = _owner(), os.geteuid() == 0
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [binaries / program, *arguments],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            user=owner.pw_uid if is_root else None,
            group=owner.pw_gid if is_root else None,
            extra_groups=[] if is_root else None,
        )


def _initialize(folder: Path) -> None:
    options = ("--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C")
    if _popen(folder, "initdb", f"--pgdata={folder / 'data'}", *options).wait() != 0:
        raise ServerDidNotStart(_end_of_log(folder))


def _start(folder: Path, *, durable: bool) -> tuple[subprocess.Popen[bytes], int]:
    for _ in range(ATTEMPTS):
        port = _free_port()
        settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
        settings += ["-c", "max_connections=50", *([] if durable else ["-F"])]
        server = _popen(folder, "postgres", "-D", str(folder / "data"), "-p", str(port), *settings)
        if _answers(server, port):
            return server, port
        _stop(server)
    raise ServerDidNotStart(_end_of_log(folder))


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


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGQUIT)
    try:
        server.wait(timeout=START_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _end_of_log(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")[-2000:]
