"""Editions from before are carried over and back: one for the same figures, with a file in each language."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from app.core.db import db
from app.reports import queries
from app.reports.rules import EditionStage, Line, ReportKind
from tests.sizes import size
from tests.test_migrations import an_app, two_urls

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(size(commit=True, night=False), reason="sixty migrations, for one that never changes again"),
]
two_urls = two_urls
MOMENT = datetime(2026, 1, 9, 12)
FIRST, SECOND = "a" * 64, "b" * 64
EDITIONS = (
    {"language": "en", "number": 1, "data_hash": FIRST, "file_hash": "c" * 64, "stage": "published"},
    {"language": "es", "number": 1, "data_hash": FIRST, "file_hash": "d" * 64, "stage": "published"},
    {"language": "en", "number": 2, "data_hash": SECOND, "file_hash": None, "stage": "rendering"},
)


def rows():
    where = {"id": 1, "slug": "r", "name": "R", "summary": "", "time_zone": "UTC", "currency": "USD", "languages": []}
    person = {"id": 1, "public_name": "P", "email": "p@example.org", "locale": "en", "joined_at": MOMENT}
    cycle = {"id": 1, "neighborhood_id": 1, "stage": "delivering", "slug": "c", "name": "C", "summary": ""}
    money = {"pot_cents": 10000, "contingency_cents": 1000, "max_ranks": 5, "hides_supports": False}
    rules = {"count_rule": "shared-budget", "leftover_rule": "next_cycle", "publication_level": "full", "year": 2026}
    yield "neighborhood", where
    yield "person", person | {"is_staff": True, "active": True, "fs_uniquifier": "u"}
    yield "cycle", cycle | money | rules
    for given in EDITIONS:
        same = {"kind": "results", "cycle_id": 1, "snapshot": "{}", "requested_by_id": 1, "requested_at": MOMENT}
        yield "edition", same | given | {"published_at": MOMENT if given["file_hash"] else None}


@pytest.fixture
def before(two_urls, tmp_path):
    """A site with three editions as they were before."""
    app = an_app(two_urls[0], tmp_path)
    with app.app_context():
        upgrade(revision="0058")
        tables = sa.MetaData()
        tables.reflect(db.engine)
        with db.engine.begin() as connection:
            for table, row in rows():
                connection.execute(tables.tables[table].insert().values(**row))
        yield app
        db.session.remove()
        db.engine.dispose()


def kept():
    with db.engine.connect() as connection:
        query = sa.text("SELECT language, data_hash, file_hash, published_at FROM edition ORDER BY language")
        return [tuple(map(str, row)) for row in connection.execute(query)]


def test_the_same_figures_in_two_languages_become_one_edition(before):
    upgrade()
    second, first = queries.of_line(Line(kind=ReportKind.RESULTS, subject_id=1))
    assert (first.code, first.languages, first.stage) == ("R4-r-c-e1", ("en", "es"), EditionStage.PUBLISHED)
    assert (second.code, second.languages, second.stage) == ("R4-r-c-e2", ("en",), EditionStage.RENDERING)
    files = queries.detail(first.id).files
    assert [(file.language, file.file_hash[0]) for file in files] == [("en", "c"), ("es", "d")]
    assert str(first.published_at).startswith("2026-01-09 12:00")


def test_the_way_back_keeps_every_file_that_was_public(before):
    published = [row for row in kept() if row[2] != "None"]
    upgrade()
    downgrade(revision="0058")
    assert kept() == published
