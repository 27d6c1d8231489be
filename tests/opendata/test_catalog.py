"""The catalog: each data set with a license, a dictionary and files that are there; small groups are in none."""

import re
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

import pytest

from app.config import MissingSetting, Settings
from app.core.limits import count_try
from app.cycles.rules import PublicationLevel
from app.opendata import queries, views
from app.opendata.ledgers.exports import ledgers_csv
from app.opendata.rules import LICENSES, Name
from app.reports import queries as editions
from app.reports.rules import EditionStage
from app.taskforces.spending.chain.exports import ledger_csv
from app.voting.results import exports as result_files
from app.voting.results import queries as results
from app.voting.results.publication.rules import HOLD_RANKINGS
from app.voting.results.rules import read_outcome
from tests import make
from tests.browser import Browser
from tests.opendata import files
from tests.reports import printing
from tests.taskforces.meetings import gathering
from tests.voting.results import board

CATALOG = "/open/catalog.json"


def distributions(app):
    """Every file of the catalog: its path, and its hash where it has one."""
    found = {}
    for dataset in files.data(app, CATALOG)["dcat:dataset"]:
        for each in dataset.get("dcat:distribution", []):
            path = urlsplit(each["dcat:downloadURL"]["@id"]).path
            found[path] = each.get("spdx:checksum", {}).get("spdx:checksumValue")
    return found


def test_each_data_set_has_a_license_a_dictionary_and_files(app):
    make.project()
    catalog = files.data(app, CATALOG)
    assert {each["dct:identifier"] for each in catalog["dcat:dataset"]} == {name.value for name in Name}
    for each in catalog["dcat:dataset"]:
        assert each["dct:title"] and each["dct:description"]
        assert each["dct:license"]["@id"] == LICENSES["CC-BY-4.0"]
        page = Browser(app).open(urlsplit(each["dcat:landingPage"]["@id"]).path)
        assert "What the fields mean" in page.text and "Meaning" in page.text


def test_every_file_is_there_and_is_what_its_hash_says(app):
    board.certified()
    body = gathering.body().row
    gathering.meeting(body)
    make.paid(make.commitment(make.project(body=body)))
    found = distributions(app)
    assert len(found) > 25
    for path, hash_ in found.items():
        answer = app.test_client().get(path)
        assert answer.status_code == 200, path
        assert hash_ in (None, sha256(answer.data).hexdigest()), path
    assert {path.rpartition("/")[2] for path, hash_ in found.items() if hash_ is None} == {"reconciliation.csv"}


def test_a_ledger_and_a_count_are_hashed_once_for_as_long_as_they_stay(app, monkeypatch):
    board.certified()
    promise = make.commitment(make.project())
    before, made = distributions(app), []
    monkeypatch.setattr(queries, "ledger_csv", lambda links: made.append(1) or ledger_csv(links))
    monkeypatch.setattr(queries, "ledgers_csv", lambda: made.append(2) or ledgers_csv())
    monkeypatch.setattr(result_files, "made", None)
    assert distributions(app) == before and made == []
    make.paid(promise)
    changed = {path for path, hash_ in distributions(app).items() if hash_ != before[path]}
    assert {path.rpartition("/")[2] for path in changed} >= {"ledger.csv", "ledger.json"} and sorted(made) == [1, 2]


WITHOUT = {
    "ballots.receipt_json": "a voter's own",
    "log.proof_json": "a voter's own",
    "log_feed.head": "signed by the log itself, and changing with each ballot",
    "log_feed.consistency": "an answer to a question of a witness",
    "log_feed.leaves": "the log's own, some at a time",
    "roll_imports.rejected": "not public",
    "letters.addresses": "not public",
    "calendar.of_meeting": "in the calendar of its task force",
    "sheets.table": "in the table of all milestones",
    "sheets.days": "one project for a calendar",
    "opendata.catalog": "the catalog",
}
"""What ends like data and is in no data set, and why."""
ENDINGS = re.compile(r"\.(csv|json|ics|geojson|atom|pb)\b")


def test_whatever_ends_like_data_is_in_the_catalog_or_says_why_not(app):
    make.commitment(make.project())
    with app.test_request_context():
        match = app.url_map.bind("").match
        listed = {match(path)[0] for path in distributions(app)}
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if ENDINGS.search(rule.rule) and "GET" in rule.methods}
    assert routes - listed - set(WITHOUT) == {"reports.data", "cycles.rule_card_json"}  # once there are some
    assert routes >= set(WITHOUT) and not listed & set(WITHOUT)


def rankings_in(app):
    return [path for path in distributions(app) if path.endswith(HOLD_RANKINGS)]


def test_where_the_rule_card_keeps_rankings_only_the_count_log_is_listed_and_counting_programs_read_it(app):
    cycle_id = board.certified(publication_level=PublicationLevel.TOTALS).vote.cycle_id
    assert rankings_in(app) == []
    told = read_outcome(files.text(app, f"/results/{cycle_id}/files/outcome.json"))
    assert told.funded == results.published(cycle_id, None)[1].facts.funded != ()
    assert app.test_client().get(f"/results/{cycle_id}/files/ballots.pb").status_code == 404


def test_the_check_notices_a_catalog_that_lists_them(app, monkeypatch):
    board.certified(publication_level=PublicationLevel.TOTALS)
    monkeypatch.setattr(result_files, "on_offer", lambda *_: list(result_files.DATASETS))
    assert len(rankings_in(app)) == len(HOLD_RANKINGS)


@pytest.fixture
def edition(app):
    """A results report whose files the press has not made yet."""
    return printing.results(board.certified().vote.cycle_id)


def reports_in(app):
    return [path for path in distributions(app) if path.startswith("/reports/") and path.endswith(".json")]


def test_a_report_is_listed_once_it_is_public_with_the_hash_it_prints(app, edition):
    assert reports_in(app) == []
    row = printing.made(edition).row
    assert distributions(app)[f"/reports/{edition}.json"] == row.data_hash
    content = app.test_client().get(f"/reports/{edition}.json").data
    assert sha256(content).hexdigest() == row.data_hash


def test_the_check_notices_a_catalog_that_lists_what_is_not_public(app, edition, monkeypatch):
    page = editions.editions()
    public = replace(page, items=[replace(row, stage=EditionStage.PUBLISHED) for row in page.items])
    monkeypatch.setattr(editions, "editions", lambda **_: public)
    assert reports_in(app) == [f"/reports/{edition}.json"]


def test_a_data_set_that_is_none_is_not_found(app):
    assert app.test_client().get("/open/data/people").status_code == 404


def test_an_empty_site_has_a_catalog_and_empty_files(app):
    for path in distributions(app):
        assert app.test_client().get(path).status_code == 200, path
    assert files.data(app, "/open/projects/oc4ids.json")["projects"] == []


def test_whoever_takes_too_much_waits(app):
    with app.test_request_context():
        for _each in range(120):
            count_try("open-file", "127.0.0.1", limit=120, window=timedelta(hours=1))
    assert app.test_client().get("/open/projects.geojson").status_code == 429
    assert app.test_client().get("/open/").status_code == 200


def test_pages_elsewhere_may_read_the_files_and_no_cookie_comes_with_them(app):
    for rule in ("/open/projects.geojson", "/open/governance.json", "/open/updates.atom"):
        answer = app.test_client().get(rule)
        assert answer.data and answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("wrong", [{"OPEN_LICENSE": "mine"}, {"OC4IDS_PREFIX": "ours"}, {"COUNTRY": "usa"}])
def test_a_license_a_prefix_or_a_country_that_is_none_stops_the_start(wrong, tmp_path):
    with pytest.raises(MissingSetting, match=next(iter(wrong))):
        Settings.from_env({"DATA_DIR": str(tmp_path), **wrong})


def test_programs_find_the_catalog_and_the_feeds_from_the_page(app):
    links = Browser(app).open("/open/").all("link", rel="alternate")
    found = [link.get("href") for link in links]
    assert found == [CATALOG, "/open/updates.atom", "/open/setbacks.atom"]


def test_both_feeds_are_offered():
    assert set(views.FEEDS) == {"updates.atom", "setbacks.atom"}
