"""What keeps a progress report from being final: what is late and nobody has explained (domain rules 17 and 24)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.clock import today
from app.core.errors import DomainError
from app.reports.progress import pages
from app.reports.progress.promises.rules import quarter_of
from app.reports.progress.works import queries as works
from app.reports.progress.works.rules import is_explained
from app.reports.rules import Line, ReportKind
from app.taskforces.projects.promises.rules import Timing
from app.taskforces.projects.promises.services import ChangeForecast, change_forecast
from app.taskforces.projects.rules import ForecastReason
from app.taskforces.rules import BodyStage
from app.taskforces.setbacks.reminders import services as reminders
from tests import make
from tests.browser import Browser, text_of
from tests.reports.progress import quarter
from tests.taskforces.meetings import gathering
from tests.taskforces.setbacks import days

ON = today()


@pytest.mark.parametrize(
    ("timing", "forecast_in", "has_reason", "has_setback", "explained"),
    [
        (Timing.LATE, -5, False, False, False),
        (Timing.LATE, -5, True, False, False),
        (Timing.LATE, 0, True, False, True),
        (Timing.LATE, 5, False, False, False),
        (Timing.LATE, -5, False, True, True),
        (Timing.EXPECTED_LATE, 5, False, False, True),
        (Timing.CLAIMED, -5, False, False, True),
        (Timing.DONE_LATE, -5, False, False, True),
    ],
)
def test_when_a_late_milestone_is_explained(timing, forecast_in, has_reason, has_setback, explained):
    said = {"has_reason": has_reason, "has_setback": has_setback, "today": ON}
    assert is_explained(timing, forecast_on=ON + timedelta(days=forecast_in), **said) is explained


@pytest.fixture
def late(app):
    """A task force, its community's co-chair, a project that is late without a word, and the line."""
    of = gathering.body()
    project = days.late(of.row, 20)
    return of, project, Line(kind=ReportKind.PROGRESS, subject_id=of.row.id, period=quarter_of(ON))


def rules(app, line):
    """The rules of what blocks a report."""
    with app.test_request_context():
        return [block.rule for block in pages.blocks(line)]


def test_a_task_force_that_is_only_proposed_reports_nothing(app):
    new = make.task_force(stage=BodyStage.PROPOSED, constituted_on=None)
    line = Line(kind=ReportKind.PROGRESS, subject_id=new.id, period=quarter_of(ON))
    with app.test_request_context():
        assert ["only proposed" in block.said for block in pages.blocks(line)] == [True]


def test_a_late_critical_milestone_without_a_word_blocks_it(app, late):
    _of, _project, line = late
    assert rules(app, line) == [24]


def test_a_new_day_with_its_reason_is_a_word(app, late):
    of, project, line = late
    new = ChangeForecast(new_on=ON + timedelta(days=9), reason=ForecastReason.SUPPLIER, explanation=quarter.WHY_LATE)
    change_forecast(project.id, project.milestones[0].id, new, by=of.ada)
    assert rules(app, line) == []


def test_a_setback_is_a_word_too(app, late):
    of, _project, line = late
    reminders.open_late(of.row.neighborhood_id, ON)
    assert rules(app, line) == []


def test_no_setback_while_something_is_late_does_not_fit_even_where_it_decides_nothing(app, late, monkeypatch):
    _of, _project, line = late
    read = works.projects

    def on_no_chain(*about):
        for each in read(*about):
            yield replace(each, milestones=tuple(replace(row, is_critical=False) for row in each.milestones))

    monkeypatch.setattr(works, "projects", on_no_chain)
    with app.test_request_context():
        (block,) = pages.blocks(line)
    assert "No setbacks are reported, but 1 milestone is late" in block.said


def test_the_clerk_reads_on_the_page_what_is_missing_and_where(app, late):
    of, project, line = late
    here = quarter.Scene(of.row, of.ada, of.ben, quarter.make.actor(quarter.Role.CLERK), project.id, 0, 0)
    clerk = Browser(app).sign_in(quarter.make.account(here.clerk))
    page = clerk.open(f"/reports/publish/progress/{of.row.id}?first={line.period.first_on}")
    assert "is late, and no setback or new date says why. (Rule 24)" in page.text
    (way,) = [text_of(link) for link in page.all("a") if text_of(link).startswith("Go there")]
    assert page.follow(way).path == f"/projects/{project.id}"
    with pytest.raises(DomainError, match="is late"):
        quarter.freeze(here)


def test_a_quarter_that_has_not_begun_has_no_report(late):
    of, _project, line = late
    ahead = quarter.next_quarter(line.period)
    with pytest.raises(DomainError, match="not begun"):
        pages.DOCUMENT.figures(Line(kind=line.kind, subject_id=of.row.id, period=ahead))
