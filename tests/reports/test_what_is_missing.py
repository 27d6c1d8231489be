"""A machine without fonts, and a picture that is gone: the edition says so, and nothing of it is public."""

import pytest

from app.core import files, jobs
from app.core.printing import pdf
from app.reports import queries
from app.reports.rules import EditionStage
from tests.browser import Browser
from tests.reports import printing, sheets
from tests.reports.test_one_pager import project_with_picture

NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'


def said_of(app, edition_id: int) -> str:
    """What the page of an edition that could not be made says."""
    jobs.run_waiting()
    edition = queries.detail(edition_id)
    assert edition.row.stage is EditionStage.FAILED and not edition.files
    return Browser(app).open(f"/reports/{edition_id}").text


@pytest.fixture
def without_fonts(tmp_path, monkeypatch):
    """The programs that look for fonts find none."""
    (tmp_path / "fonts.conf").write_text(NO_FONTS)
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    pdf.has_letters_of.cache_clear()
    yield
    pdf.has_letters_of.cache_clear()


def test_a_machine_without_fonts_says_so(app, without_fonts):
    assert "no font for one of the languages" in said_of(app, sheets.one_pager(project_with_picture()))


def test_with_fonts_it_is_made(app):
    edition = printing.made(sheets.one_pager(project_with_picture()))
    assert edition.row.stage is EditionStage.PUBLISHED


def test_a_picture_that_is_gone_is_named(app):
    edition_id = sheets.one_pager(project_with_picture())
    files.remove(queries.detail(edition_id).snapshot["figures"]["pictures"]["main"]["digest"])
    assert "picture of this report is gone" in said_of(app, edition_id)
