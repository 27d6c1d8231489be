"""A Lamplight served by gunicorn with an open vote in it, and all the places where it could leave what people rank."""

import http.client
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from flask import Flask

from app import create_app
from app.accounts.models import Person
from app.config import Settings
from app.core.db import db
from app.core.jobs import make_queue
from app.voting.models import Vote
from tests.browser import Browser
from tests.e2e.conftest import free_port
from tests.house import ROOT
from tests.postgres import own_cluster

SECRET = "canary"
TALKATIVE = ("log_statement=all", "log_min_duration_statement=0", "log_min_messages=debug1", "log_connections=on")


@dataclass
class House:
    """Where the site keeps things: its data, its temporary files, its logs, its backups and its database."""

    folder: Path
    app: Flask
    port: int
    cluster: Path | None
    server: subprocess.Popen[bytes] | None = field(default=None)
    address: str = "127.0.0.1"
    """Where visitors come from."""

    @property
    def logs(self) -> Path:
        """What the web server writes."""
        return self.folder / "logs"

    def places(self) -> Iterator[Path]:
        """Every file that the site, its database or its backups have written."""
        roots = [self.folder] + ([self.cluster] if self.cluster else [])
        return (path for root in roots for path in root.rglob("*") if path.is_file())

    def back_up(self) -> None:
        """A backup while the vote is open, as an administrator would make one."""
        if self.cluster is None:
            with closing(sqlite3.connect(str(db.engine.url.database))) as source:
                source.execute("VACUUM INTO ?", [str(self.folder / "backup.sqlite3")])
            return
        plain = db.engine.url.set(drivername="postgresql").render_as_string()
        with psycopg.connect(plain) as connection, (self.folder / "backup.sql").open("wb") as dump:
            for table in db.metadata.sorted_tables:
                with connection.cursor().copy(f'COPY "{table.name}" TO STDOUT') as rows:
                    dump.writelines(rows)


@contextmanager
def house(kind: str, folder: Path) -> Iterator[House]:
    """An empty site on that kind of database, whose server logs all it can."""
    for name in ("data", "tmp", "logs"):
        (folder / name).mkdir()
    with ExitStack() as stack:
        cluster = stack.enter_context(own_cluster(settings=TALKATIVE)) if kind == "postgresql" else None
        url = cluster.url if cluster else f"sqlite:///{folder / 'data' / 'lamplight.sqlite3'}"
        port = free_port()
        settings = Settings(
            secret_key=SECRET, database_url=url, data_dir=folder / "data", site_url=f"http://127.0.0.1:{port}"
        )
        app = create_app(settings)
        stack.enter_context(app.app_context())
        db.create_all()
        make_queue(app)
        yield House(folder, app, port, cluster.folder if cluster else None)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def serving(site: House, factory: str = "app:create_app()", *more: str) -> Iterator[None]:
    """gunicorn as `scripts/serve.sh` starts it, with a single worker and every log turned on."""
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--worker-class", "gthread", "--workers", "1"]
    command += ["--threads", "4", "--bind", f"127.0.0.1:{site.port}", "--log-level", "debug", "--capture-output"]
    command += ["--access-logfile", str(site.logs / "access"), "--error-logfile", str(site.logs / "error"), *more]
    with (site.logs / "output").open("ab") as output:
        site.server = subprocess.Popen(
            [*command, factory], cwd=ROOT, env=_environment(site), stdout=output, stderr=output
        )
    try:
        _wait(site)
        yield
    finally:
        site.server.terminate()
        site.server.wait(timeout=30)


def _environment(site: House) -> dict[str, str]:
    url = db.engine.url.render_as_string(hide_password=False).replace("postgresql+psycopg://", "postgresql://")
    ours = {"DATABASE_URL": url, "SECRET_KEY": SECRET, "DATA_DIR": str(site.folder / "data"), "LAMPLIGHT_DEMO": "0"}
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return kept | ours | {"TMPDIR": str(site.folder / "tmp"), "PYTHONPATH": str(ROOT), "PORT": str(site.port)}


def _wait(site: House) -> None:
    for _ in range(300):
        assert site.server is not None and site.server.poll() is None, (site.logs / "error").read_text()
        try:
            if visit(site, "GET", "/healthz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("nothing answers")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: str
    cookie: str


def visit(
    site: House, method: str, path: str, cookie: str = "", fields: Sequence[tuple[str, str]] = ()
) -> Answer:
    """One request over the wire."""
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    with closing(_wire(site)) as wire:
        wire.request(method, path, urlencode(list(fields)), headers)
        answer = wire.getresponse()
        fresh = answer.headers["Set-Cookie"]
        return Answer(answer.status, answer.read().decode(), fresh.partition(";")[0] if fresh else cookie)


def _wire(site: House) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", site.port, timeout=30, source_address=(site.address, 0))


def cookie_of(site: House, person: Person) -> str:
    """The cookie of somebody who is signed in."""
    browser = Browser(site.app).sign_in(person)
    name = site.app.config["SESSION_COOKIE_NAME"]
    found = browser.client.get_cookie(name)
    assert found is not None
    return f"{name}={found.value}"


def cast(site: House, vote: Vote, cookie: str, ranking: Sequence[int], *, more: Mapping[str, str]) -> None:
    """Arrange, check and cast a ballot as a browser without JavaScript does, with `more` fields in every request."""
    path, extra = f"/ballots/{vote.cycle_id}", list(more.items())
    page = visit(site, "GET", path, cookie)
    chosen: list[tuple[str, str]] = []
    for number in ranking:
        fields = [*_hidden(page.body, "csrf_token", "served"), *chosen, ("move", f"add:{number}"), *extra]
        page = visit(site, "POST", path, page.cookie, fields)
        chosen.append(("ranked", str(number)))
    fields = [*_hidden(page.body, "csrf_token", "served"), *chosen, ("move", "review"), *extra]
    check = visit(site, "POST", path, page.cookie, fields)
    fields = [*_hidden(check.body, "csrf_token", "ready"), *chosen, *extra]
    done = visit(site, "POST", f"{path}/cast", check.cookie, fields)
    assert done.status == 302, done.body
    for broken in ([("ready", "forged"), *chosen], [*_hidden(check.body, "csrf_token"), ("ready", "forged"), *chosen]):
        assert visit(site, "POST", f"{path}/cast", check.cookie, [*broken, *extra]).status in (400, 409)


def _hidden(body: str, *names: str) -> list[tuple[str, str]]:
    found = []
    for name in names:
        match = re.search(rf'name="{name}" value="([^"]+)"', body)
        assert match, f"no {name} on the page: {body}"
        found.append((name, match.group(1)))
    return found


def memory(site: House, needles: Sequence[bytes]) -> int:
    """How many of the needles stand somewhere in the memory of the web server's processes."""
    assert site.server is not None
    children = Path(f"/proc/{site.server.pid}/task/{site.server.pid}/children").read_text().split()
    found: set[bytes] = set()
    for process in (str(site.server.pid), *children):
        for piece in _pieces(Path("/proc") / process):
            found |= {needle for needle in needles if needle in piece}
    return len(found)


def _pieces(process: Path) -> Iterator[bytes]:
    with (process / "mem").open("rb", buffering=0) as memory_file:
        for line in (process / "maps").read_text().splitlines():
            span, rights, *_rest = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            try:
                memory_file.seek(start)
                yield memory_file.read(end - start)
            except (OSError, OverflowError, ValueError):
                continue
