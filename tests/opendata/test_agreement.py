"""One way of asking: screen, report, tables and open files say the same sums of a project, a cycle and a year.

That the paper says them, too, is held against these files where it is printed (`tests/reports/money/test_annual.py`).
"""

import csv
import io
from collections import defaultdict
from decimal import Decimal

import pytest

from app.opendata.budget import exports
from app.opendata.budget.rules import Phase
from app.opendata.rules import decimal
from app.reports import queries
from app.reports.annual import pages
from app.taskforces.projects import queries as projects
from app.taskforces.spending.reconciliation.queries import cycles_with_a_ledger
from app.taskforces.spending.rules import EFFECTS, EntryKind
from tests.browser import Browser
from tests.opendata import files
from tests.reports import reading
from tests.reports.money import year
from tests.reports.money.test_annual import MONEY, publish

Sums = tuple[int, int, int]
"""Given, promised and paid, in cents."""


@pytest.fixture
def edition(app):
    """The id of a year's report; nobody prints it here."""
    return publish(year.lived()[0])


def cents(text: object) -> int:
    return int(Decimal(str(text)) * 100)


def by_project(rows, key, amounts) -> dict[str, Sums]:
    return {row[key]: tuple(int(row[name]) for name in amounts) for row in rows}


def from_the_budget(app, during: str = "") -> dict[str, Sums]:
    """The open table of money, the months of a year only."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in files.rows(app, "/open/budget/budget.csv"):
        if row["month"].startswith(during):
            found[row["project"]][2 if row["phase"] == Phase.EXECUTED else 0] += cents(row["amount"])
            found[row["project"]][1] += cents(row["committed"])
    return {code: (given, promised, paid) for code, (given, promised, paid) in found.items()}


def from_the_ledger(app, address: str) -> dict[str, Sums]:
    """A ledger as it is taken home: that of the cycle, or the one of all cycles."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in files.rows(app, address):
        effect, amount = EFFECTS[EntryKind(row["kind"])], int(row["amount_cents"])
        if row["project"]:
            for place, part in enumerate((effect.allocated, effect.committed, effect.spent)):
                found[row["project"]][place] += part * amount
    return {code: (given, promised, paid) for code, (given, promised, paid) in found.items()}


def from_the_standard(app) -> dict[str, Sums]:
    """Budgets, contracts with their changes, and payments of the infrastructure standard."""
    found = {}
    for project in files.data(app, "/open/projects/oc4ids.json")["projects"]:
        contracts = [each["summary"] for each in project["contractingProcesses"]]
        changed = [each.get("modifications", [{}])[-1].get("newContractValue") for each in contracts]
        values = [last or each["contractValue"] for each, last in zip(contracts, changed, strict=True)]
        paid = [each["value"]["amount"] for contract in contracts for each in contract.get("transactions", [])]
        promised = sum(cents(each["amount"]) for each in values)
        given = cents(project["budget"]["amount"]["amount"])
        assert given == sum(cents(each["amount"]["amount"]) for each in project["budget"]["budgetBreakdown"])
        found["-".join(project["id"].split("-")[-2:])] = (given, promised, sum(map(cents, paid)))
    return found


def from_the_map(app) -> dict[str, Sums]:
    told = [each["properties"] for each in files.data(app, "/open/projects.geojson")["features"]]
    return {each["code"]: tuple(cents(each[name]) for name in ("allocated", "committed", "spent")) for each in told}


def everywhere(app, edition_id, cycle_id) -> dict[str, dict[str, Sums]]:
    """The sums of each project, by where they are told."""
    figures = queries.detail(edition_id).snapshot["figures"]
    names = ("allocated_cents", "committed_cents", "spent_cents")
    table = csv.DictReader(io.StringIO(pages.tables(figures)["projects.csv"].decode()))
    return {
        "pages": {card.code: tuple(getattr(card, name) for name in names) for card in projects.everything()},
        "report, its data": by_project(figures["projects"], "code", names),
        "report, its table": by_project(table, "code", names),
        "budget": from_the_budget(app),
        "ledger": from_the_ledger(app, f"/projects/ledger/{cycle_id}/ledger.csv"),
        "all ledgers": from_the_ledger(app, "/open/ledger.csv"),
        "standard": from_the_standard(app),
        "map": from_the_map(app),
    }


def test_every_place_tells_the_same_sums_of_a_project_a_cycle_and_a_year(app, edition):
    ((cycle_id, _name),) = cycles_with_a_ledger()
    told = everywhere(app, edition, cycle_id)
    assert len({str(sorted(sums.items())) for sums in told.values()}) == 1, told
    whole = [sum(column) for column in zip(*told["ledger"].values(), strict=True)]
    figures = queries.detail(edition).snapshot["figures"]
    assert [figures["after"][name] for name in ("allocated_cents", "committed_cents", "spent_cents")] == whole
    in_it = [sum(column) for column in zip(*from_the_budget(app, str(year.YEAR)).values(), strict=True)]
    assert in_it[2] == figures["within"]["spent_cents"] and in_it[1] == figures["within"]["committed_cents"]
    accounts = files.rows(app, f"/projects/ledger/{cycle_id}/reconciliation/reconciliation.csv")
    assert all(row["agrees"] in ("yes", "") for row in accounts if row["part"] in ("chain", "total", "project"))
    last = reading.table_of_page(Browser(app).open(f"/reports/{edition}"), MONEY)[-1]
    assert [last[place] for place in (3, 4, 5)] == [f"${each // 100:,}" for each in whole]
    for card in projects.everything():
        screen = Browser(app).open(f"/projects/{card.id}").text
        assert all(_written(each) in screen for each in told["ledger"][card.code])


def _written(sum_: int) -> str:
    return f"{sum_ // 100:,}" if sum_ % 100 == 0 else f"{decimal(sum_)}"


def test_the_check_notices_a_cent_that_one_of_them_has_more(app, edition, monkeypatch):
    ((cycle_id, _name),) = cycles_with_a_ledger()
    monkeypatch.setattr(exports, "decimal", lambda sum_: decimal(sum_ + 1))
    told = everywhere(app, edition, cycle_id)
    assert {where for where, sums in told.items() if sums != told["ledger"]} == {"budget"}
