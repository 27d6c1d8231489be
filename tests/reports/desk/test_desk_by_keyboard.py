"""A clerk with nothing but keys, no scripts and a phone publishes; a resident finds it on the shelf and checks it."""

import pytest

from app.core import jobs
from app.core.access import Role
from app.core.db import db
from app.reports import queries
from app.reports.rules import Line, ReportKind
from tests import make
from tests.reports import sample

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]


def test_a_report_goes_from_the_desk_to_the_shelf(app, walker):
    body = make.task_force(constituted_on=sample.QUARTER.first_on)
    line = Line(kind=ReportKind.PROGRESS, subject_id=body.id, period=sample.QUARTER)
    with sample.published_kinds(ReportKind.PROGRESS):
        clerk = walker(make.actor(Role.CLERK))
        assert "overdue" in clerk.open("/office/reports")
        assert "DRAFT" in clerk.open(f"/office/reports/preview/{line.key}")
        clerk.open("/office/reports")
        clerk.hands.tick("lines", line.key)
        assert "1 report is frozen" in clerk.press("Freeze their figures and publish them")
        db.session.rollback()  # the site has written with another connection
        jobs.run_waiting()
        (row,) = queries.of_line(line)
        resident = walker(None)
        assert "Overdue" in resident.open("/reports/due")
        assert row.code in resident.open(f"/reports/shelf/{body.neighborhood.slug}?year={sample.YEAR}")
        assert row.code in resident.open(f"/reports/task-forces/{body.slug}?year={sample.YEAR}")
        assert "it stands" in resident.open(f"/reports/check?hash={row.data_hash[:12]}")
