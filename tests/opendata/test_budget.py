"""Money by phase and month: page, ledger and package say the same, and the package is what the standard asks for."""

import json
from collections import defaultdict
from decimal import Decimal
from hashlib import sha256

import pytest

from app.core.db import transaction
from app.opendata.budget.rules import Phase, phase_of
from app.opendata.budget.words import COLUMN_TYPES
from app.opendata.rules import decimal
from app.taskforces.projects import queries as projects
from app.taskforces.spending.rules import EntryKind
from tests import make
from tests.browser import Browser
from tests.opendata import files

TABLE, PACKAGE = "/open/budget/budget.csv", "/open/budget/datapackage.json"


@pytest.fixture
def lit(app):
    """A project with a promise of which some is paid."""
    project = make.project()
    promise = make.commitment(project, 15_000_50)
    make.paid(promise, 4_000_25)
    return project


def cents(text):
    return int(Decimal(text) * 100)


def summed(app):
    """By phase, and what is promised, in cents."""
    sums = defaultdict(int)
    for row in files.rows(app, TABLE):
        sums[row["phase"]] += cents(row["amount"])
        sums["committed"] += cents(row["committed"])
    return dict(sums)


def test_the_table_the_ledger_and_the_page_say_the_same(app, lit):
    card = projects.project(lit.id)
    table = summed(app)
    assert table == {"approved": 20_000_00, "executed": 4_000_25, "committed": 15_000_50}
    entries = files.rows(app, f"/projects/ledger/{lit.cycle_id}/ledger.csv")
    paid = sum(int(each["amount_cents"]) for each in entries if each["kind"] == "expense")
    given = sum(int(each["amount_cents"]) for each in entries if each["kind"] == "allocate")
    assert (table["approved"], table["executed"]) == (given, paid)
    assert (table["approved"], table["executed"], table["committed"]) == (
        card.allocated_cents,
        card.spent_cents,
        card.committed_cents,
    )
    page = Browser(app).open(f"/projects/{lit.id}").text
    assert "20,000" in page and "4,000.25" in page


def test_other_open_files_say_the_same_sums(app, lit):
    (feature,) = files.data(app, "/open/projects.geojson")["features"]
    (told,) = files.data(app, "/open/projects/oc4ids.json")["projects"]
    (contract,) = told["contractingProcesses"]
    properties = feature["properties"]
    assert [properties[name] for name in ("allocated", "committed", "spent")] == ["20000.00", "15000.50", "4000.25"]
    assert told["budget"]["amount"]["amount"] == 20_000
    assert contract["summary"]["contractValue"]["amount"] == 15_000.5
    assert [each["value"]["amount"] for each in contract["summary"]["transactions"]] == [4_000.25]


def test_every_kind_of_entry_of_a_project_has_a_phase():
    none = {kind for kind in EntryKind if phase_of(kind) is None}
    assert none == {EntryKind.POT_IN, EntryKind.CONTINGENCY_HOLD}
    assert phase_of(EntryKind.ALLOCATE) is Phase.APPROVED and phase_of(EntryKind.REALLOCATE_OUT) is Phase.ADJUSTED


def test_the_package_describes_the_table_that_lies_beside_it(app, lit):
    package, table = files.data(app, PACKAGE), files.text(app, TABLE)
    (resource,) = package["resources"]
    names = [field["name"] for field in resource["schema"]["fields"]]
    assert resource["hash"] == f"sha256:{sha256(table.encode()).hexdigest()}"
    assert resource["bytes"] == len(table.encode())
    assert table.splitlines()[0] == ",".join(names)
    keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in files.rows(app, TABLE)]
    assert len(set(keys)) == len(keys) > 0


def test_the_package_has_what_the_standards_ask_for(app, lit):
    package = files.data(app, PACKAGE)
    (resource,) = package["resources"]
    assert package["profile"] == "tabular-data-package" and resource["profile"] == "tabular-data-resource"
    assert {"name", "path", "schema"} <= set(resource) and {"name", "licenses"} <= set(package)
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert {field["type"] for field in fields.values()} <= {"integer", "string", "date", "number"}
    types = {field["columnType"]: field["type"] for field in fields.values() if "columnType" in field}
    assert (types["value"], types["phase:id"], types["date:fiscal-year"]) == ("number", "string", "integer")
    assert set(types) == set(COLUMN_TYPES.values())
    assert all(field["description"] for field in fields.values())
    assert json.loads(json.dumps(package)) == package


def test_a_title_cannot_be_a_formula(app, lit):
    with transaction():
        lit.title = "=HYPERLINK(1)"
    assert {row["title"] for row in files.rows(app, TABLE)} == {"'=HYPERLINK(1)"}


@pytest.mark.parametrize(("whole", "written"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-123_45, "-123.45")])
def test_cents_are_written_exactly(whole, written):
    assert decimal(whole) == written
