"""How many ballots a second the real site takes, beside a bare endpoint that inserts one row, in the same run.

Both are served by gunicorn with the site's settings on the same kind of database, and loaded in turns by the same
sender, which runs beside them on the same processors. Both open the database with the settings a vote demands.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import click

from app.core.db import db
from bench.runs import ROOT
from tests import make
from tests.faults import places
from tests.faults.letters import Letter, letters

AIM, P99 = 0.6, {"SQLite": 0.6, "PostgreSQL": 0.3}
VOTERS, EACH = 400, 25


@dataclass
class Load:
    """What a server did under load, over all turns."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def wait(self, share: float) -> float:
        """The wait, in seconds, that this share of the answers did not exceed."""
        return sorted(self.waits)[int(share * (len(self.waits) - 1))]

    def add(self, heard: dict[str, Any]) -> None:
        """Count one more turn; raises where an answer was no thanks."""
        if heard["failures"]:
            raise click.ClickException(f"{len(heard['failures'])} ballots were not stored: {heard['failures'][0]}")
        self.seconds += heard["took"]
        self.waits += heard["waits"]


@click.command()
@click.option("--database", "kinds", type=click.Choice(["sqlite", "postgresql"]), multiple=True)
@click.option("--seconds", type=float, default=5.0, help="How long each turn lasts.")
@click.option("--turns", type=int, default=3, help="How often each server is loaded.")
def casts(kinds: tuple[str, ...], seconds: float, turns: int) -> None:
    """Print casts a second, in parts of the bare endpoint's, and how long voters wait."""
    for kind in kinds or ("sqlite", "postgresql"):
        click.echo(line_of(kind, seconds=seconds, turns=turns))


def line_of(kind: str, *, seconds: float, turns: int) -> str:
    """Measure on one database and say it in a line."""
    with tempfile.TemporaryDirectory() as real, tempfile.TemporaryDirectory() as bare:
        name, ours, theirs = _measured(kind, Path(real), Path(bare), seconds=seconds, turns=turns)
    rates = f"{name:<11} {ours.rate:6.0f} casts/s  {theirs.rate:6.0f} bare/s  {ours.rate / theirs.rate:5.0%}"
    median, slowest = (f"{ours.wait(share) * 1000:.0f} ms" for share in (0.5, 0.99))
    return f"{rates} (aim ≥ {AIM:.0%})  median {median}  p99 {slowest} (aim < {P99[name] * 1000:.0f} ms)"


def _measured(kind: str, real: Path, bare: Path, *, seconds: float, turns: int) -> tuple[str, Load, Load]:
    ours, theirs = Load(), Load()
    with places.place(kind, real) as where:
        vote, roll = make.open_vote(voters=VOTERS)
        stacks = letters(vote.cycle_id, roll, each=EACH, chance=Random(1))
        db.session.rollback()
        flat = [letter for turn in zip(*stacks, strict=True) for letter in turn]
        lot = len(flat) // turns
        url = where.url if kind == "postgresql" else f"sqlite:///{bare}/bare.sqlite3"
        with (
            places.serving(where) as site,
            places.serving(where, wsgi="bench.bare:create_app()", DATABASE_URL=url, DATA_DIR=str(bare)) as endpoint,
        ):
            for turn in range(turns):
                share = flat[turn * lot : (turn + 1) * lot]
                theirs.add(_sent(endpoint.port, [_request("/cast", each) for each in share], bare, seconds))
                ours.add(_sent(site.port, [_request(each.path, each) for each in share], bare, seconds))
        return where.kind, ours, theirs


def _request(path: str, letter: Letter) -> str:
    head = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(letter.form)}"]
    return "\r\n".join([*head, *(f"{name}: {value}" for name, value in letter.headers.items()), "", letter.form])


def _sent(port: int, requests: list[str], folder: Path, seconds: float) -> dict[str, Any]:
    file = folder / "requests"
    file.write_text(json.dumps(requests))
    command = [sys.executable, "-m", "bench.sender", str(port), str(file), str(seconds)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    heard: dict[str, Any] = json.loads(done.stdout)
    return heard


if __name__ == "__main__":
    casts()
