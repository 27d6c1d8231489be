"""The open files before programs of others: each is read by the public checker of its own standard."""

import json

import geojson
import pytest
from frictionless import Package
from icalendar import Calendar
from pabulib.checker import Checker

from app.core.db import transaction
from app.proposals.spots.rules import Where
from app.taskforces.meetings.rules import MeetingStage
from tests import make
from tests.opendata import files
from tests.opendata.test_places import funded
from tests.proposals.spots.town import IN_WEST, WEST
from tests.taskforces.meetings import gathering
from tests.voting.results import board

HOSTILE = 'A; b, "c" \\n </script> ☃ '


@pytest.fixture
def lit(app):
    """A project with money in every column and a title that no format likes."""
    project = make.project()
    make.paid(make.commitment(project, 15_000_50), 4_000_25)
    with transaction():
        project.title = HOSTILE + "x" * 60
    return project


def package(app, folder, change=lambda text: text):
    """The budget package as it lies on a disk after a download."""
    for name in ("datapackage.json", "budget.csv"):
        text = files.text(app, f"/open/budget/{name}")
        (folder / name).write_text(change(text) if name.endswith("csv") else text, newline="")
    return Package(str(folder / "datapackage.json")).validate()


def test_the_budget_is_a_valid_data_package(app, lit, tmp_path):
    report = package(app, tmp_path)
    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] == 1 and report.tasks[0].stats["rows"] == len(
        files.rows(app, "/open/budget/budget.csv")
    )


def test_the_check_notices_a_table_that_is_not_the_one_described(app, lit, tmp_path):
    report = package(app, tmp_path, change=lambda text: text.replace("4000.25", "four thousand"))
    assert {"type-error", "hash-count"} & {found[0] for found in report.flatten(["type"])}


def errors(text):
    """What the checker of Pabulib has against a file."""
    said = Checker().process_files([text])[1]["results"]
    return said.get("errors", {}) if isinstance(said, dict) else {}


def test_the_ballots_are_a_valid_pabulib_file(app, monkeypatch):
    monkeypatch.setitem(app.config, "COUNTRY", "US")
    cycle_id = board.certified().vote.cycle_id
    text = files.text(app, f"/results/{cycle_id}/files/ballots.pb")
    assert errors(text) == {}
    wrong = text.replace("2026-P", "2025-P", 1).replace("num_votes;10", "num_votes;11")
    assert {"different number of votes", "vote for non-existent project"} <= set(errors(wrong))


def test_every_calendar_is_one_for_the_library_of_calendars(app):
    body = gathering.body()
    with_words = {"title": HOSTILE, "place": "Hall, room 2; left\r\nBEGIN:VALARM"}
    gathering.meeting(body.row, **with_words)
    gathering.meeting(body.row, MeetingStage.CANCELLED)
    for path in ("/calendar.ics", f"/task-forces/{body.row.slug}/meetings.ics"):
        found = Calendar.from_ical(files.text(app, path))
        events = found.walk("VEVENT")
        assert [str(each["STATUS"]) for each in events].count("CANCELLED") == 1 and len(events) == 2
        assert not any(each.errors for each in events) and not found.walk("VALARM")
        assert any(str(each["LOCATION"]) == with_words["place"].replace("\r\n", "\n") for each in events)
        assert all(each["DTSTART"].dt < each["DTEND"].dt and int(each["SEQUENCE"]) >= 0 for each in events)


def test_the_maps_are_valid_geojson(app):
    for where in (Where.POINT, Where.AREA):
        funded(where, IN_WEST)
    make.project()
    found = geojson.loads(files.text(app, "/open/projects.geojson"))
    kinds = {each.geometry["type"] if each.geometry else None for each in found.features}
    assert found.is_valid and kinds == {"Point", "Polygon", None}


def test_the_check_notices_an_outline_that_does_not_close():
    assert not geojson.loads(json.dumps({"type": "Polygon", "coordinates": [WEST[:-1]]})).is_valid
