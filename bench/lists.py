"""How long the list of proposals and its search take, at 500 and at 5,000: the site's own time for a page, on SQLite.

One request after another in this process, in turns between the sizes. The growth is that of the processor's time, which
others on the same machine disturb less than the clock; the clock is told beside it.
"""

import math
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from app.core.clock import now
from app.core.db import db, transaction
from app.places.models import Area, Category
from app.proposals.models import EstimateLine, Proposal
from app.proposals.rules import Stage
from app.proposals.search.rules import LITTLE_WORDS
from app.proposals.search.services import keep_words_of
from app.proposals.spots.models import ProposalSpot
from app.proposals.spots.rules import Where
from app.proposals.supports.models import Support
from tests import make

AIM_MS, AIM_GROWTH, MOST_STATEMENTS = 60.0, 1.5, 12
WORDS = (
    "lamp bench crossing school park bus stop tree garden corner market night youth club music mural repair path ramp"
    " light shelter clinic river bridge yard court library hall fence gate wall stairs signal sign bike lane street"
    " evening winter children elders women families neighbors visit listen teach paint plant clean build watch open"
).split()
RARER = [
    a + b + c
    for a in ("ma", "ti", "so", "re", "lu", "pa", "no", "vi")
    for b in ("ra", "len", "do", "mi", "ster", "qui")
    for c in ("ton", "gal", "wick", "ble", "nero", "sum", "dan", "fex", "lor", "pid")
]
"""Made-up words, so that as in any language few are said often and most are said seldom."""
VOCABULARY = [*sorted(LITTLE_WORDS), *WORDS, *RARER]
WEIGHTS = [1 / (rank + 10) for rank in range(len(VOCABULARY))]
PAGES = {
    "the list": "",
    "its page 20": "page=20",
    "newest": "sort=newest",
    "most supported": "sort=supported",
    "lowest cost": "sort=cost",
    "by title": "sort=title",
    "one kind, one stage": "category={category}&stage=submitted",
    "a word in one of ten": "q=heron",
    "a word in every one": "q=neighborhood",
    "three words": "q=school+lamp+night",
    "a beginning": "q=str",
    "misspelled": "q=neihgborhodo+lapms",
    "nothing like it": "q=zebra",
    "a number": "q=2026-P9999",
    "the map": "view=map",
    "its page 20 on it": "view=map&page=20",
    "a word, on the map": "view=map&q=heron",
}


@dataclass
class Town:
    """A site of one size, and what its pages took: seconds of the processor, and by the clock."""

    app: Flask
    size: int
    category: int
    processor: dict[str, list[float]] = field(default_factory=dict)
    clock: dict[str, list[float]] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)

    def open(self, client: FlaskClient, page: str, address: str = "") -> None:
        """Open a page once, by its name or at an address, and note what it took."""
        address = address or "/proposals/?" + PAGES[page].format(category=self.category)
        seen: list[str] = []
        with self.app.app_context(), _noting(seen):
            begun, work = time.perf_counter(), time.process_time()
            answer = client.get(address)
            took, work = time.perf_counter() - begun, time.process_time() - work
        if answer.status_code != 200:
            raise click.ClickException(f"{page}: {answer.status}")
        self.processor.setdefault(page, []).append(work)
        self.clock.setdefault(page, []).append(took)
        self.statements[page] = len(seen)


@click.command()
@click.option("--small", default=500, help="Proposals of the small site.")
@click.option("--large", default=5_000, help="Proposals of the large site.")
@click.option("--turns", default=40, help="How often each page is opened.")
def lists(small: int, large: int, turns: int) -> None:
    """Print what each page takes on both sites, and whether that keeps to the aims."""
    with tempfile.TemporaryDirectory() as folder:
        towns = [town(Path(folder), size) for size in (small, large)]
        measure(towns, turns)
    click.echo(f"{'':<22}{small:>9,}{large:>9,}   growth   by the clock  statements")
    rows = [row(page, *towns) for page in PAGES]
    click.echo("\n".join(rows))
    click.echo(f"aims: under {AIM_MS:.0f} ms, growth at most {AIM_GROWTH}, at most {MOST_STATEMENTS} statements")


def measure(towns: Sequence[Town], turns: int) -> None:
    """Open every page so often on every site, after once for nothing."""
    clients = [(town, town.app.test_client()) for town in towns]
    for turn in range(turns + 1):
        for page in PAGES:
            for each, client in clients:
                each.open(client, page)
        if turn == 0:
            for each in towns:
                each.processor.clear()
                each.clock.clear()


def row(page: str, small: Town, large: Town) -> str:
    """One page in a line; a star where it misses an aim."""
    before, after = median_ms(small.processor[page]), median_ms(large.processor[page])
    clock, growth, statements = median_ms(large.clock[page]), after / before, large.statements[page]
    missed = clock >= AIM_MS or growth > AIM_GROWTH or statements > MOST_STATEMENTS
    figures = f"{before:6.1f} ms{after:6.1f} ms{growth:9.2f}{clock:9.1f} ms{statements:12}"
    return f"{page:<22}{figures}{'  *' if missed else ''}"


def median_ms(seconds: Sequence[float]) -> float:
    """Half of the answers took no longer."""
    return statistics.median(seconds) * 1000


def town(folder: Path, size: int) -> Town:
    """A site with so many proposals in one cycle."""
    url = f"sqlite:///{folder}/{size}.sqlite3"
    app = create_app(Settings(secret_key="bench", database_url=url, data_dir=folder / str(size), testing=True))
    with app.app_context():
        db.create_all()
        category = fill(size)
    return Town(app=app, size=size, category=category)


def fill(size: int) -> int:
    """Propose so much in one cycle; returns the id of one of its categories."""
    cycle, author, chance = make.cycle(), make.person(), Random(size)
    home, cycle_id, author_id = cycle.neighborhood_id, cycle.id, author.id
    with transaction():
        kinds = [Category(neighborhood_id=home, name=f"Kind {n}", icon="lighting", position=n + 2) for n in range(5)]
        areas = [Area(neighborhood_id=home, name=f"Area {n}", boundary=round_outline(n)) for n in range(5)]
        db.session.add_all([*kinds, *areas])
        db.session.flush()
        where = {"cycle_id": cycle_id, "author_id": author_id}
        for number in range(1, size + 1):
            place = {"category_id": kinds[number % 5].id, "area_id": areas[number % 7 % 5].id}
            row = proposal(number, chance, **where, **place)
            db.session.add(row)
            if number % 5:
                db.session.flush()
                db.session.add(spot(row, number % 7 % 5, chance))
        keep_words_of()
        support(chance)
        return kinds[0].id


def support(chance: Random) -> None:
    """Some people support each proposal, a few of them very many."""
    people = [make.person() for _ in range(40)]
    db.session.flush()
    crowd = [person.id for person in people]
    given = [
        {"proposal_id": id_, "person_id": person_id, "supported_at": now()}
        for id_ in db.session.scalars(sa.select(Proposal.id))
        for person_id in chance.sample(crowd, min(40, int(chance.paretovariate(1.2))))
    ]
    db.session.execute(sa.insert(Support), given)


def round_outline(area: int) -> dict[str, Any]:
    """An area of sixty corners, the next one east of the one before."""
    turns = [2 * math.pi * n / 60 for n in (*range(60), 0)]
    return {
        "type": "Polygon",
        "coordinates": [[[10 + area / 50 + math.cos(t) / 100, 50 + math.sin(t) / 100] for t in turns]],
    }


def spot(of: Proposal, area: int, chance: Random) -> ProposalSpot:
    """A spot somewhere in that area."""
    east, north = (chance.uniform(-0.006, 0.006) for _ in range(2))
    at = {"longitude": 10 + area / 50 + east, "latitude": 50 + north}
    return ProposalSpot(proposal_id=of.id, area_id=of.area_id, kind=Where.POINT, said_at=now(), **at)


def proposal(number: int, chance: Random, **more: int) -> Proposal:
    """A proposal of some hundred words, three lines of estimate, and in every second case a price."""
    heron = " heron" if number % 10 == 0 else ""
    lines = [EstimateLine(position=n, label="Work", amount_cents=chance.randrange(1, 10**6)) for n in (1, 2, 3)]
    return Proposal(
        number=number,
        title=said(chance, 5).capitalize(),
        summary=said(chance, 60) + " in our neighborhood" + heron,
        need=said(chance, 60),
        place=said(chance, 3),
        stage=Stage.FEASIBLE if number % 2 else Stage.SUBMITTED,
        cost_cents=chance.randrange(1, 10**7) if number % 2 else None,
        created_at=now(),
        submitted_at=now(),
        estimate=lines,
        watches_people=False,
        **more,
    )


def said(chance: Random, words: int) -> str:
    """So many words, common ones most often."""
    return " ".join(chance.choices(VOCABULARY, WEIGHTS, k=words))


@contextmanager
def _noting(seen: list[str]) -> Iterator[None]:
    def note(_c: object, _cur: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


if __name__ == "__main__":
    lists()
