"""A disk that is really full while the files of an edition are written: words, no half edition, no gap in numbers."""

import pytest

from app.core import jobs
from app.core.access import Role
from app.reports import queries, services
from app.reports.rules import FORMS, EditionStage, ReportKind
from tests import make
from tests.browser import Browser
from tests.faults import disks
from tests.reports import printing, sample

pytestmark = [pytest.mark.slow, pytest.mark.soak]

FILE = b"%PDF " + bytes(200_000)


@pytest.fixture
def disk(app, tmp_path, monkeypatch):
    """The site's files lie on a disk of one megabyte; the press gives files of 200 kB, each another."""
    with disks.small_disk(tmp_path / "disk", megabytes=1) as folder:
        monkeypatch.setitem(app.config, "DATA_DIR", folder)
        number = iter(range(1000))
        monkeypatch.setattr("app.core.printing.press.printed", lambda sheet: FILE + str(next(number)).encode())
        with sample.published_kinds(ReportKind.DELIVERY):
            yield folder


def publish(**more) -> int:
    place = make.neighborhood()
    edition_id = printing.publish(ReportKind.DELIVERY, place.id, period=sample.QUARTER, **more)
    jobs.run_waiting()
    return edition_id


def left_behind(disk) -> set[str]:
    """The names of all files on the disk but the one that fills it."""
    return {path.name for path in disk.rglob("*") if path.is_file() and path.name != "filler"}


def test_nothing_is_published_and_what_was_made_is_kept_until_there_is_room(app, disk):
    disks.resize(disk, bytes_free=len(FILE) + 120_000)
    edition_id = publish()
    edition = queries.detail(edition_id)
    assert edition.row.stage is EditionStage.FAILED and len(edition.files) == 1
    assert left_behind(disk) == {edition.files[0].file_hash}  # no part of the second
    page = Browser(app).open(f"/reports/{edition_id}")
    assert "no room on the disk" in page.text and Browser(app).open(f"/reports/{edition_id}.pdf").status == 404
    disks.resize(disk, bytes_free=1_000_000)
    services.retry(edition_id, by=make.actor(Role.CLERK))
    whole = printing.made(edition_id)
    assert whole.row.stage is EditionStage.PUBLISHED and len(whole.files) == len(FORMS)


def test_one_that_is_given_up_leaves_no_gap_in_the_numbers(app, disk):
    disks.fill(disk)
    edition_id = publish()
    row = queries.detail(edition_id).row
    assert (row.stage, row.number, left_behind(disk)) == (EditionStage.FAILED, 1, set())
    services.drop(edition_id, by=make.actor(Role.CLERK))
    (disk / "filler").unlink()
    again = printing.publish(row.line.kind, row.line.subject_id, period=row.line.period)
    assert printing.made(again).row.number == 1
