"""A report in a language that is read from the right, made up for looking at (`tests/reports/looking.py`)."""

import re

import pytest

from app.core.bidi import FIRST_STRONG, POP
from app.core.clock import today
from tests import make
from tests.reports import pseudo
from tests.reports.sheets import one_pager, register, sheet_of


@pytest.fixture
def spoken(app, tmp_path):
    """The app speaks that language for one test."""
    pseudo.catalog(tmp_path)
    pseudo.speaks(app, tmp_path)
    yield app
    pseudo.forgets(app, tmp_path)


def test_every_text_has_its_blanks_and_tags_and_no_letters_from_the_left():
    assert pseudo.said("About %(code)s: <b>two</b> {n} of 2026-J001") == "ابوعط %(code)s: <b>طوو</b> {n} وف 2026-J001"


def test_the_paper_runs_from_the_right_and_keeps_codes_whole(spoken):
    project = make.project(body=make.task_force())
    paper = sheet_of(spoken, one_pager(project.id), "ar").document
    assert '<html lang="ar" dir="rtl"' in paper and "report-rtl.css" not in paper
    codes = re.findall(r".\b\d{4,}-J\d+\b.", re.sub(r"<[^>]*>", "", paper))
    assert codes and all(each[0] == FIRST_STRONG and each[-1] == POP for each in codes)


def test_furniture_changes_sides_and_addresses_do_not(spoken):
    force = make.task_force()
    edition_id = register(force.neighborhood_id, today())
    paper = sheet_of(spoken, edition_id, "ar").document
    assert 'href="asset:/css/report-rtl.css"' in paper
    assert len(re.findall(r'<bdi dir="ltr">http://[^<]+</bdi>', paper)) == 2
    assert "report-rtl.css" not in sheet_of(spoken, edition_id, "en").document
