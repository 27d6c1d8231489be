"""Every sentence in the demo's reports is a text that its document names, or a name that stays in every language."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from app.config import Settings
from app.core.db import db
from app.core.errors import DomainError
from app.places import queries as places
from app.reports.commenting.queries import figures_of
from app.reports.duties import queries as duties
from app.reports.languages.rules import split
from app.reports.pages import document_of
from app.reports.rules import Line, ReportKind

pytestmark = pytest.mark.slow
SENTENCE = 5
"""Words from which on a string is taken for a sentence."""
NAMES = set(
    "about body body_name by counterparty done_means engine lead manager name nominated_by owner place running_payer"
    " seated task_force".split()
)
"""Names of people, bodies, firms and places; what `done_means` is printed as, a document names where it prints it."""
ORIGINAL = {("minutes", "text.parts.heading"), ("minutes", "text.parts.lines"), ("minutes", "text.pieces.text")}
"""What is approved word for word, which no translation stands for; and a charter, which no report prints."""
UNPRINTED = {("progress", "body.charter"), ("minutes", "items.about")}


@pytest.fixture
def riverside(seeded, tmp_path):
    """The demo, read in place of a copy."""
    there = Path(shutil.copytree(seeded, tmp_path / "data"))
    url = f"sqlite:///{there / 'lamplight.sqlite3'}"
    site = create_app(Settings(secret_key="test", database_url=url, data_dir=there, demo=True, testing=True))
    with site.test_request_context():
        yield site
        db.session.remove()
        db.engine.dispose()


def newest_lines() -> Iterator[tuple[ReportKind, dict]]:
    """One report of each kind that the demo has something to report of."""
    place = next(each for each in places.neighborhoods() if each.slug == "riverside")
    seen: set[ReportKind] = set()
    for duty in duties.owed(place, duties.here(place)):
        line: Line = duty.line
        if line.kind not in seen:
            try:
                yield line.kind, dict(figures_of(line))
            except DomainError:
                continue
            seen.add(line.kind)


def sentences(value, way=()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every string of some words, with its way; what ballots say in other languages is no text of its own."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key != "wordings":
                yield from sentences(each, (*way, key))
    elif isinstance(value, list):
        for each in value:
            yield from sentences(each, way)
    elif isinstance(value, str) and len(value.split()) >= SENTENCE:
        yield way, value


def forgotten(kind: ReportKind, figures: dict, ways) -> set[str]:
    """The sentences that are neither named texts nor names."""
    named = split(ways)
    apart = ORIGINAL | UNPRINTED
    return {
        f"{kind}: {'.'.join(way)}: {words[:60]}"
        for way, words in sentences(figures)
        if named.named(way) is None and way[-1] not in NAMES and (kind, ".".join(way)) not in apart
    }


def test_no_sentence_of_a_report_is_forgotten(riverside):
    told = list(newest_lines())
    assert len(told) >= 11
    assert [each for kind, figures in told for each in forgotten(kind, figures, document_of(kind).texts)] == []


def test_a_sentence_that_a_document_does_not_name_is_seen():
    """The twin."""
    figures = {"projects": [{"why": "The ground was frozen until March."}]}
    assert forgotten(ReportKind.PROGRESS, figures, ("projects.title",))
    assert not forgotten(ReportKind.PROGRESS, figures, ("projects.why",))
