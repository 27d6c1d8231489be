"""The table of milestones: what each project's page says, in few statements, and no text that is a formula."""

from datetime import timedelta

from app.core.clock import now
from app.core.db import transaction
from app.opendata.milestones import exports
from app.taskforces.projects.promises.rules import Timing
from tests import make
from tests.browser import Browser
from tests.opendata import files

TABLE = "/open/milestones.csv"


def test_a_row_says_what_was_promised_expected_and_done(app):
    project = make.project()
    with transaction():
        project.milestones[0].title = "=SUM(A1)"
        project.milestones[0].baseline_on = now().date() - timedelta(days=5)
    (row,) = files.rows(app, TABLE)
    assert (row["project"], row["number"], row["title"]) == (projects_code(app, project), "1", "'=SUM(A1)")
    assert row["timing"] == Timing.LATE.value and int(row["days_late"]) > 0 and row["done_on"] == ""
    assert "=SUM(A1)" in Browser(app).open(f"/projects/{project.id}").text


def projects_code(app, project):
    (feature,) = files.data(app, "/open/projects.geojson")["features"]
    return feature["properties"]["code"]


def test_the_days_are_those_of_the_table_of_the_project(app):
    project = make.project()
    (row,), (own,) = files.rows(app, TABLE), files.rows(app, f"/projects/{project.id}/milestones.csv")
    assert [row[name] for name in ("promised_on", "expected_on", "done_on", "title", "done_means")] == [
        own[name] for name in ("promised_on", "expected_on", "done_on", "title", "done_means")
    ]


def test_more_projects_are_not_more_statements(app, statements):
    body, counted = make.task_force(), []
    for _each in range(2):
        make.project(body=body)
        statements.clear()
        with app.test_request_context():
            assert "Lamps lit" in "".join(exports.milestones_csv())
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 5
