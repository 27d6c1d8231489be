"""How long the library of reports takes with 1,000 editions: the site's own time, on SQLite, and its statements.

Each edition carries a snapshot of 20 kB, as a progress report does; ten task forces owe their quarters of two years.
"""

import tempfile
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import click
import sqlalchemy as sa

from app import create_app
from app.config import Settings
from app.core.clock import now
from app.core.db import db, transaction
from app.cycles.rules import Stage
from app.reports.models import Edition, EditionFile
from app.reports.rules import NATURES, EditionStage, Form, Line, Period, ReportKind, period_before, period_of
from bench.lists import Town, median_ms
from tests import make

AIM_MS, MOST_STATEMENTS = 150.0, 15
SNAPSHOT = '{"figures":"' + "lamp " * 4_000 + '"}'
QUARTERLY = (ReportKind.PROGRESS, ReportKind.QUESTIONS)
PAGES = {
    "the library": "/reports/",
    "its page 30": "/reports/?page=30",
    "words": "/reports/?q=lighting",
    "words of nothing": "/reports/?q=xylophone",
    "one kind, one year": "/reports/?kind=progress&year=2020",
    "the feed": "/reports/feed.atom",
    "its page 20": "/reports/feed.atom?page=20",
    "a year's shelf": "/reports/shelf/{place}?year=2020",
    "a task force's": "/reports/task-forces/{body}?year=2020",
    "what is due": "/reports/due",
    "a code": "/reports/check?hash={hash}",
    "a code of nothing": "/reports/check?hash=000000000000",
}


@click.command()
@click.option("--editions", default=1_000, help="Editions in the library.")
@click.option("--turns", default=20, help="How often each page is opened.")
def library(editions: int, turns: int) -> None:
    """Print what each page of the library takes, and whether that keeps to the aims."""
    click.echo("\n".join(lines(editions, turns=turns)))


def lines(editions: int, *, turns: int) -> list[str]:
    """What each page takes with so many editions, and the aims; a star where it misses one."""
    with tempfile.TemporaryDirectory() as folder:
        built, given = town(Path(folder), editions)
        client = built.app.test_client()
        for turn in range(turns + 1):
            for name, address in PAGES.items():
                built.open(client, name, address.format(**given))
            if turn == 0:
                built.processor.clear()
                built.clock.clear()
    head = f"{'':<22}{'processor':>12}{'by the clock':>15}  statements   ({editions:,} editions)"
    aims = f"aims: under {AIM_MS:.0f} ms of the processor, at most {MOST_STATEMENTS} statements"
    return [head, *(row(name, built) for name in PAGES), aims]


def row(name: str, built: Town) -> str:
    """One page in a line; a star where it misses an aim."""
    work, clock, statements = median_ms(built.processor[name]), median_ms(built.clock[name]), built.statements[name]
    missed = work >= AIM_MS or statements > MOST_STATEMENTS
    return f"{name:<22}{work:9.1f} ms{clock:12.1f} ms{statements:12}{'  *' if missed else ''}"


def town(folder: Path, size: int) -> tuple[Town, dict[str, str]]:
    """A site with so many editions in one neighborhood, and what its addresses are filled in with."""
    url = f"sqlite:///{folder}/{size}.sqlite3"
    app = create_app(Settings(secret_key="bench", database_url=url, data_dir=folder / "data", testing=True))
    with app.app_context():
        db.create_all()
        return Town(app=app, size=size, category=0), fill(size)


def fill(size: int) -> dict[str, str]:
    """Editions of ten task forces, quarter by quarter into the past, each with its file."""
    home = make.neighborhood()
    make.cycle(stage=Stage.DELIVERING, where=home)
    bodies = [make.task_force(where=home, constituted_on=date(2000, 1, 1)) for _ in range(10)]
    found: list[dict[str, object]] = []
    period = period_of(ReportKind.PROGRESS, now().date())
    while len(found) < size:
        assert period is not None  # a quarter
        period = period_before(ReportKind.PROGRESS, period)
        found += [edition(kind, body.id, body.name, home.id, period) for body in bodies for kind in QUARTERLY]
    with transaction():
        db.session.execute(sa.insert(Edition), found[:size])
        ids = range(1, size + 1)
        files = [{**FILE, "edition_id": id_, "file_hash": sha256(b"%d" % id_).hexdigest()} for id_ in ids]
        db.session.execute(sa.insert(EditionFile), files)
    return {"place": home.slug, "body": bodies[0].slug, "hash": str(found[0]["data_hash"])[:12]}


FILE = {"language": "en", "form": Form.READERS, "size": 40_000, "renderer": "none", "made_at": now()}


def edition(kind: ReportKind, body_id: int, name: str, where_id: int, period: Period) -> dict[str, object]:
    """A published edition about a quarter of a task force."""
    line = Line(kind=kind, subject_id=body_id, period=period)
    moment = now() - timedelta(days=(now().date() - period.last_on).days - 20)
    digest = sha256(line.key.encode()).hexdigest()
    return {
        "kind": kind,
        "line": line.key,
        "number": 1,
        "code": f"{NATURES[kind].code}-{body_id}-{period.first_on}-e1",
        "title": name,
        "neighborhood_id": where_id,
        "task_force_id": body_id,
        "first_on": period.first_on,
        "last_on": period.last_on,
        "languages": ["en"],
        "stage": EditionStage.PUBLISHED,
        "snapshot": SNAPSHOT,
        "data_hash": digest,
        "figures_hash": digest,
        "requested_at": moment,
        "published_at": moment,
    }


if __name__ == "__main__":
    library()
