"""One file of every cycle's ledger: line by line what the cycles' own files say, in one statement, naming nobody."""

import pytest
import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.opendata.ledgers import exports
from app.taskforces.spending.chain.exports import COLUMNS
from tests import make
from tests.opendata import files

FILE = "/open/ledger.csv"
ROLE = "A private person: artist"


@pytest.fixture
def cycles(app):
    """Two cycles with ledgers, the older one first; somebody private is paid in both."""
    body, found = make.task_force(), []
    for _each in range(2):
        project = make.project(body=body)
        make.paid(make.commitment(project, counterparty=ROLE), purpose='Paint, "blue", and brushes')
        found.append(project.cycle_id)
    return found


def own(app, cycle_id):
    """The lines of a cycle's own file, without their head."""
    return files.text(app, f"/projects/ledger/{cycle_id}/ledger.csv").splitlines()[1:]


def of_all(app):
    """The lines of the file of all cycles, cut to what the file of a cycle has."""
    return [line.rsplit(",", len(exports.FIELDS))[0] for line in files.text(app, FILE).splitlines()[1:]]


def test_it_says_line_by_line_what_the_file_of_each_cycle_says_and_whose_it_is(app, cycles):
    older, newer = cycles
    assert of_all(app) == own(app, newer) + own(app, older)
    rows = files.rows(app, FILE)
    assert {int(row["cycle"]) for row in rows} == {older, newer} and list(rows[0])[: len(COLUMNS)] == list(COLUMNS)
    assert {row["currency"] for row in rows} == {"USD"} and rows[0]["neighborhood"].startswith("Riverside")
    assert {row["counterparty"] for row in rows if row["kind"] == "expense"} == {ROLE}


def test_the_check_notices_an_entry_that_is_told_otherwise(app, cycles, monkeypatch):
    cells = exports.cells
    monkeypatch.setattr(exports, "cells", lambda link: [str(cell).replace("100000", "100001") for cell in cells(link)])
    older, newer = cycles
    assert of_all(app) != own(app, newer) + own(app, older)


def test_it_is_read_in_one_statement_and_some_entries_at_a_time(app, cycles, statements):
    statements.clear()
    assert next(iter(exports.ledgers_csv())).startswith("cycle,number") and statements == []
    assert len(list(exports.ledgers_csv())) > 8 and len(statements) == 1


def named(app):
    told = files.text(app, FILE)
    return [name for name in db.session.scalars(sa.select(Person.public_name)) if name in told]


def test_it_names_no_person(app, cycles, monkeypatch):
    assert named(app) == []
    monkeypatch.setattr(exports, "neutral", lambda _name: db.session.scalars(sa.select(Person.public_name)).first())
    assert named(app), "the twin that names somebody"
