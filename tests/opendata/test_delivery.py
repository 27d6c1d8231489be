"""The table of delivery: what delivery reports printed, corrections beside what they correct, none withdrawn."""

import pytest

from app.core.access import Role
from app.core.db import db, transaction
from app.opendata.delivery.rules import Empty
from app.reports import services
from app.taskforces.projects.models import Project
from tests import make
from tests.opendata import files
from tests.reports import printing
from tests.reports.money import year
from tests.reports.money.test_delivery import publish

TABLE = "/open/delivery.csv"


@pytest.fixture
def place(app):
    """The id of a neighborhood with a published report about its first quarter, and that edition."""
    place_id = year.lived()[0]
    return place_id, printing.made(publish(place_id))


def told(app):
    return {row["figure"]: row for row in files.rows(app, TABLE)}


def test_the_values_are_those_of_the_report_and_of_its_page(app, place):
    _place_id, edition = place
    rows, span = told(app), edition.snapshot["figures"]["spans"][0]
    assert rows["paid"]["value"] == f"{span['within']['spent_cents'] / 100:.2f}" != "0.00"
    assert rows["promised"]["value"] == f"{span['within']['committed_cents'] / 100:.2f}"
    assert (rows["paid"]["report"], rows["paid"]["data_hash"]) == (edition.row.code, edition.row.data_hash)
    assert {row["stands"] for row in rows.values()} == {"yes"}


def test_what_could_not_be_counted_is_marked(app, place):
    row = told(app)["questions_in_time"]
    assert (row["value"], row["counted"], row["why_empty"]) == ("", "0", Empty.NOTHING_TO_COUNT.value)
    assert all(row["value"] or row["why_empty"] for row in files.rows(app, TABLE))


def test_a_correction_stands_beside_what_it_corrects(app, place):
    with transaction():
        db.session.query(Project).first().title = "Lamps in Alder Lane"
    printing.made(publish(place[0], note="A sum was wrong, now it is right."))
    rows = [row for row in files.rows(app, TABLE) if row["figure"] == "paid"]
    assert [(row["revision"], row["stands"]) for row in rows] == [("1", "no"), ("2", "yes")]


def test_a_withdrawn_report_has_no_rows(app, place):
    services.withdraw(place[1].row.id, "A sum was wrong.", by=make.actor(Role.CLERK))
    assert files.rows(app, TABLE) == []


def test_the_check_notices_a_table_that_computes_anew(app, place, monkeypatch):
    monkeypatch.setattr("app.opendata.delivery.exports.figures_of", lambda snapshot: None)
    with pytest.raises(TypeError):
        files.rows(app, TABLE)
