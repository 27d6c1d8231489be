"""The data dictionaries: every column and every key of a file is explained on the page of its data set."""

import pytest

from app.opendata.rules import Name
from app.opendata.words import DATASETS
from tests import make
from tests.opendata import files
from tests.opendata.test_catalog import distributions
from tests.reports import printing
from tests.voting.results import board

CSV = {
    Name.BUDGET: "/open/budget/budget.csv",
    Name.MILESTONES: "/open/milestones.csv",
    Name.DELIVERY: "/open/delivery.csv",
    Name.INDICATORS: "/open/indicators.csv",
    Name.LEDGER: "/ledger.csv",
    Name.RECONCILIATION: "/reconciliation.csv",
    Name.RESULTS: "/ballots.csv",
}
ITSELF = {"format"}
"""Every file of ours names its format; nobody needs that explained."""


@pytest.fixture
def paths(app):
    printing.made(printing.results(board.certified().vote.cycle_id))
    make.paid(make.commitment(make.project()))
    return list(distributions(app))


def explained(name, file=""):
    """The names that the dictionary of a data set explains (of one of its files)."""
    found = set()
    for field in DATASETS[name].fields:
        of, _, names = field.name.rpartition(": ")
        if of == file:
            found |= {each.split(".")[0] for each in (names or field.name).split(", ")}
    return found


def keys_in(app, paths):
    """The keys of every file of JSON, by its data set and, where there are several, its name."""
    for project in files.data(app, "/open/projects/oc4ids.json")["projects"]:
        yield Name.PROJECTS, "", project
    for feature in files.data(app, "/open/projects.geojson")["features"]:
        yield Name.PLACES, "", {"id", "geometry", *feature["properties"]}
    yield Name.GOVERNANCE, "", files.data(app, "/open/governance.json")
    for path in paths:
        file = path.rpartition("/")[2]
        if file in ("outcome.json", "lot.json", "log.json", "paths.json"):
            yield Name.RESULTS, file, files.data(app, path)
        elif file == "rule-card.json":
            yield Name.RULE_CARDS, "", files.data(app, path)
        elif file == "ledger.json":
            yield Name.LEDGER, "", files.data(app, path)["entries"][0]
        elif path.startswith("/reports/") and file.endswith(".json"):
            yield Name.REPORTS, "", files.data(app, path)


def test_every_column_and_every_key_is_explained(app, paths):
    for name, end in CSV.items():
        path = next(each for each in paths if each.endswith(end))
        columns = set(files.text(app, path).splitlines()[0].split(","))
        assert columns - explained(name, "ballots.csv" if name is Name.RESULTS else "") == set(), name
    found = list(keys_in(app, paths))
    assert {name for name, _file, _keys in found} >= {Name.RESULTS, Name.RULE_CARDS, Name.LEDGER, Name.REPORTS}
    for name, file, keys in found:
        assert set(keys) - explained(name, file) - ITSELF == set(), (name, file)


def test_the_check_notices_a_column_that_nobody_explains(app, monkeypatch):
    monkeypatch.setattr("app.opendata.budget.exports.COLUMNS", ("cycle", "mood"))
    columns = set(files.text(app, CSV[Name.BUDGET]).splitlines()[0].split(","))
    assert columns - explained(Name.BUDGET) == {"mood"}
