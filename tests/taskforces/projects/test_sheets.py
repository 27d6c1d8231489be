"""Milestones come and go as a table: each row has its reasons, nothing is half added, and calendars are told all."""

from datetime import date, timedelta

import pytest

from app.core.clock import today
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises import services as milestones
from app.taskforces.projects.rules import ForecastReason
from app.taskforces.projects.sheets import rules
from app.taskforces.projects.sheets.rules import BadFile, FileFault, RowFault, read
from tests import make
from tests.taskforces.projects import steps
from tests.taskforces.projects.steps import LONG

DAY = date(2026, 6, 1)
HEAD = "title,done_means,promised_on,kind,depends_on\n"
GOOD = "Lamps lit,All six work at dusk,2026-09-01,delivery,\n"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",All six work at dusk,2026-09-01,delivery,", RowFault.NO_TITLE),
        ("Lamps,Lit,2026-09-01,delivery,", RowFault.NO_MEANING),
        (f"{'L' * 161},All six work at dusk,2026-09-01,delivery,", RowFault.TOO_LONG),
        ("Lamps,All six work at dusk,2026-09-01,party,", RowFault.UNKNOWN_KIND),
        ("Lamps,All six work at dusk,1 September,delivery,", RowFault.NOT_A_DATE),
        ("Lamps,All six work at dusk,20260901,delivery,", RowFault.NOT_A_DATE),
        ("Lamps,All six work at dusk,9999-12-31,delivery,", RowFault.NOT_A_DATE),
        ("Lamps,All six work at dusk,2026-05-31,delivery,", RowFault.IN_THE_PAST),
        ("Lamps,All six work at dusk,2026-09-01,delivery,2", RowFault.NEEDS_NO_EARLIER),
        ("Lamps,All six work at dusk,2026-09-01,delivery,x", RowFault.NEEDS_NO_EARLIER),
        ("Lamps,All six work at dusk,2026-09-01", RowFault.CELLS),
    ],
)
def test_each_row_that_is_wrong_is_named_with_its_reason(row, fault):
    good, bad = read(HEAD + GOOD + row + "\n", today=DAY)
    assert [(each.number, each.faults) for each in bad] == [(2, (fault,))] and len(good) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", FileFault.EMPTY),
        ('title,"done', FileFault.NOT_CSV),
        ("title,promised_on\n", FileFault.NO_HEADER),
        (HEAD.replace("kind", "color"), FileFault.STRANGE_COLUMN),
        (HEAD + GOOD * 10_000, FileFault.TOO_MANY_ROWS),
    ],
)
def test_a_table_that_is_none_is_refused_as_a_whole(text, fault):
    with pytest.raises(BadFile) as refused:
        read(text, today=DAY)
    assert refused.value.fault is fault


def test_what_is_written_can_be_read_again_and_is_no_formula():
    row = dict.fromkeys(rules.WRITTEN, "") | {"title": "=1+1", "done_means": "All six, at dusk", "number": "1"}
    text = rules.write([row | {"kind": "delivery", "promised_on": "2026-09-01"}])
    [again], bad = read(text, today=DAY)
    assert (again.title, again.done_means, bad) == ("'=1+1", "All six, at dusk", [])


def test_a_plan_comes_as_a_table_once_every_row_is_right(app, browser):
    project, ada, _bo = steps.planned()
    page = browser.sign_in(make.account(ada)).open(f"/projects/{project.id}/plan").follow("Bring the plan as a table")
    on = (today() + timedelta(days=50)).isoformat()
    wrong = HEAD + f"Poles,Six poles stand,{on},delivery,\nWires,Six wires hang,{on},delivery,9\n"
    checked = page.press("Check it", text=wrong)
    assert "Row 2 (Wires): It depends on something" in checked.text and len(promises.milestones(project.id, DAY)) == 2
    mended = checked.press("Check it", text=wrong.replace(",9", ",1"))
    added = mended.press("Add 2 milestones to the plan")
    assert "2 milestones are in the plan" in added.text
    rows = {row.title: row for row in promises.milestones(project.id, today())}
    assert rows["Wires"].needs == (rows["Poles"].id,)


def test_a_calendar_hears_of_each_new_day_with_a_higher_number(app, browser):
    project, ada, _bo = steps.chaired()
    address = f"/projects/{project.id}/milestones.ics"
    before = browser.open(address).html
    new_on = today() + timedelta(days=77)
    change = milestones.ChangeForecast(new_on=new_on, reason=ForecastReason.STAFF, explanation=LONG)
    milestones.change_forecast(project.id, project.milestones[0].id, change, by=ada)
    after = browser.open(address).html
    assert "SEQUENCE:0" in before and "SEQUENCE:1" in after and f"{new_on:%Y%m%d}" in after
    assert "Lamps lit" in browser.open(f"/projects/{project.id}/milestones.csv").html
