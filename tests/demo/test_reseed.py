"""`flask demo`: the same Riverside again, dated from today, and refused where real people are."""

import shutil
import sqlite3

import pytest

from tests.seeded import flask

DECIDED = """SELECT c.name, p.title, p.stage, p.cost_cents FROM proposal p JOIN cycle c ON c.id = p.cycle_id
    ORDER BY c.year, p.number"""
PROMISES = """SELECT p.title, p.stage, m.title, m.baseline_on, m.forecast_on, m.actual_on FROM milestone m
    JOIN project p ON p.id = m.project_id ORDER BY p.title, m.position"""
PEOPLE = "SELECT public_name, email FROM person ORDER BY id"
pytestmark = pytest.mark.slow


def story(data_dir):
    with sqlite3.connect(data_dir / "lamplight.sqlite3") as connection:
        return [connection.execute(query).fetchall() for query in (DECIDED, PROMISES, PEOPLE)]


def moments(data_dir):
    with sqlite3.connect(data_dir / "lamplight.sqlite3") as connection:
        return [row[0] for row in connection.execute("SELECT recorded_at FROM audit_entry ORDER BY sequence")]


def test_riverside_seeded_twice_is_the_same_riverside(seeded, tmp_path):
    riverside = shutil.copytree(seeded, tmp_path / "data")
    first = story(riverside)
    again = flask(riverside, "demo", "reseed", "--yes")
    assert again.returncode == 0, again.stderr
    assert story(riverside) == first
    assert moments(riverside) == sorted(moments(riverside)), "the log tells the past in its order"
    assert "open until" in flask(riverside, "demo", "status").stdout


def test_a_site_that_is_not_the_demo_cannot_be_emptied(seeded, tmp_path):
    site = shutil.copytree(seeded, tmp_path / "data")
    refused = flask(site, "demo", "reseed", "--yes", LAMPLIGHT_DEMO="0")
    assert refused.returncode == 1 and "not in demo mode" in refused.stderr
    assert story(site) == story(seeded)
