"""Projects in the infrastructure standard: only its fields, its closed lists, and ids with the registered prefix."""

from datetime import timedelta

import pytest

from app.core.clock import now
from app.core.db import transaction
from app.opendata.projects import exports
from app.opendata.projects.rules import IATI, MILESTONES, STATUSES
from app.reports.rules import ReportKind
from app.taskforces.projects.promises.rules import Timing
from app.taskforces.projects.rules import ProjectStage
from tests import make
from tests.opendata import files
from tests.opendata.shape import MILESTONE, PROJECT, complaints
from tests.reports import printing

FILE = "/open/projects/oc4ids.json"


@pytest.fixture
def lit(app):
    project = make.project()
    make.paid(make.commitment(project))
    return project


def only(app):
    (found,) = files.data(app, FILE)["projects"]
    return found


def test_a_project_has_only_what_the_standard_knows(app, lit):
    assert complaints(only(app)) == []


def test_the_check_notices_a_wrong_word_a_wrong_type_and_a_missing_id(app, lit):
    wrong = only(app) | {"status": "delivery", "type": "youth", "updated": "yesterday", "color": "red"}
    wrong["milestones"] = [{"title": "Lamps"}]
    assert len(complaints(wrong)) == 5


def test_the_kind_of_building_is_left_out(app, lit):
    assert "type" not in only(app)


def test_what_is_named_in_a_contract_stands_among_the_parties(app, lit):
    found = only(app)
    parties = {each["id"]: each for each in found["parties"]}
    (contract,) = found["contractingProcesses"]
    (supplier,) = contract["summary"]["suppliers"]
    assert parties[supplier["id"]] == {"id": supplier["id"], "name": "Lux Ltd", "roles": ["supplier", "payee"]}
    assert len(contract["summary"]["transactions"]) == 1


def test_the_prefix_stands_before_every_id(app, lit, monkeypatch):
    monkeypatch.setitem(app.config, "OC4IDS_PREFIX", "oc4ids-a1b2c3")
    found = only(app)
    ids = [found["id"], *(each["id"] for each in found["contractingProcesses"])]
    assert all(each.startswith("oc4ids-a1b2c3-") for each in ids) and len(set(ids)) == 2


def test_two_cycles_never_share_an_id(app):
    body = make.task_force()
    first, second = make.project(body=body), make.project(body=body)
    with transaction():
        second.number = first.number
    assert len({each["id"] for each in files.data(app, FILE)["projects"]}) == 2


def test_a_completed_project_says_what_it_cost(app, lit):
    with transaction():
        lit.stage = ProjectStage.COMPLETED
        lit.milestones[0].actual_on, lit.milestones[0].evidence = now().date() - timedelta(days=1), "A photo"
    found = only(app)
    assert found["status"] == "completed" and found["completion"]["finalValue"]["amount"] == 1_000
    assert complaints(found) == []


def test_more_projects_are_not_more_statements(app, statements):
    body = make.task_force()
    counted = []
    for _each in range(2):
        make.commitment(make.project(body=body))
        statements.clear()
        with app.test_request_context():
            assert "".join(exports.oc4ids_json(prefix="", license_url="")).count('"contractingProcesses"') > 0
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 9


def test_the_package_says_what_the_standard_asks_of_one(app):
    package = files.data(app, FILE)
    assert {"uri", "publishedDate", "version", "publisher", "license", "projects"} == set(package)
    assert package["publisher"]["name"] and package["version"] == "0.9"


def test_every_stage_and_every_timing_has_a_word_of_the_closed_lists():
    assert set(STATUSES) == set(IATI) == set(ProjectStage) and set(MILESTONES) == set(Timing)
    assert set(IATI.values()) == {1, 2, 3, 4, 5, 6}
    assert set(STATUSES.values()) <= PROJECT and set(MILESTONES.values()) == MILESTONE


@pytest.mark.parametrize(("promised_in", "word"), [(5, "scheduled"), (-5, "notMet")])
def test_a_milestone_is_not_met_once_its_promised_day_is_past_and_only_then(app, lit, promised_in, word):
    with transaction():
        lit.milestones[0].baseline_on = now().date() + timedelta(days=promised_in)
    (milestone,) = only(app)["milestones"]
    assert milestone["status"] == word and "dateMet" not in milestone


def test_hostile_markup_is_text_in_json(app, lit):
    with transaction():
        lit.title = '"></script><script>alert(1)</script>' + "x" * 60
    answer = app.test_client().get(FILE)
    assert answer.mimetype == "application/json" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert only(app)["title"] == lit.title


def test_a_changed_promise_keeps_its_first_value_and_tells_each_change_with_its_reason(app):
    promise = make.commitment(make.project(), 10_000_00)
    make.promise_changed(promise, 12_500_00)
    make.promise_changed(promise, 11_000_50, "Fewer poles")
    (contract,) = only(app)["contractingProcesses"]
    changes = contract["summary"]["modifications"]
    values = [(each["oldContractValue"]["amount"], each["newContractValue"]["amount"]) for each in changes]
    assert contract["summary"]["contractValue"]["amount"] == 10_000
    assert values == [(10_000, 12_500), (12_500, 11_000.5)]
    assert [each["rationale"] for each in changes] == ["Longer poles", "Fewer poles"]
    assert complaints(only(app)) == [] and only(app)["budget"]["amount"]["amount"] == 20_000


def test_what_was_given_and_moved_adds_up_to_the_budget(app, lit):
    parts = only(app)["budget"]["budgetBreakdown"]
    assert sum(each["amount"]["amount"] for each in parts) == only(app)["budget"]["amount"]["amount"]


def metric(found, kind, name):
    return [
        each.get("measure", each.get("value", {}).get("amount"))
        for one in found.get(kind, [])
        if one["id"] == name
        for each in one["observations"]
    ]


def test_milestones_are_forecast_as_promised_and_counted_once_both_sides_agree(app, lit):
    found = only(app)
    assert metric(found, "forecasts", "milestones-promised") == metric(found, "forecasts", "milestones-expected") == [1]
    assert metric(found, "metrics", "milestones-done") == [] and metric(found, "metrics", "paid") == [1_000]
    with transaction():
        lit.milestones[0].actual_on, lit.milestones[0].evidence = now().date() - timedelta(days=1), "A photo"
    assert metric(only(app), "metrics", "milestones-done") == [1]
    assert complaints(only(app)) == []


def test_a_report_about_a_project_is_one_of_its_documents_once_it_is_published(app, lit):
    edition = printing.publish(ReportKind.ONE_PAGER, lit.id)
    assert [each["id"] for each in only(app)["documents"]] == ["page"]
    row = printing.made(edition).row
    assert [each["id"] for each in only(app)["documents"]] == ["page", row.code]
    assert complaints(only(app)) == []
