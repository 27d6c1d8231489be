"""What the pages of a result tell at each level: the same numbers as its files, and what is not told is said."""

import json
from hashlib import sha256

import pytest

from app.core import jobs
from app.core.errors import DomainError
from app.cycles.rules import PublicationLevel
from app.voting.counting.records import Rule
from app.voting.results import queries, services
from app.voting.results.publication import rules
from tests import make
from tests.browser import Browser
from tests.reports import printing
from tests.verifiers.bundles import files_of
from tests.voting.results import board
from verifiers import recount

RANKINGS = [(1, 2)] * 6 + [(1, 3)] * 2 + [(2, 1)] * 4 + [(3,), (4, 3)]
BELOW = (PublicationLevel.CONSULTED, PublicationLevel.TOTALS)
PAGES = ("", "/steps", "/steps?step=3", "/steps?step=4", "/mine", "/compare", "/lot", "/checkers")
below = pytest.mark.parametrize("level", BELOW)
# What a page shows is made from one stored text; a second database would show the same, at the price of another vote.
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def certified(level, rule=Rule.SHARED_BUDGET):
    return board.certified(RANKINGS, publication_level=level, count_rule=rule.value)


def path(result, page=""):
    return f"/results/{result.vote.cycle_id}{page}"


def fetched(result, browser, name):
    return browser.client.get(path(result, f"/files/{name}")).data


def carried_in(outcome):
    """The sums that supporters carried, as pages write them, unless a cost or the pot is the same."""
    sums = {event["numbers"]["support_cents"] for event in outcome["events"] if "support_cents" in event["numbers"]}
    sums -= {outcome["pot_cents"], *(funded["cost_cents"] for funded in outcome["funded"])}
    return {f"${cents / 100:,.2f}" for cents in sums}


@on_sqlite
@pytest.mark.parametrize(("rule", "level"), list(zip(Rule, BELOW * 2, strict=True)))
def test_every_page_stands_and_none_tells_a_sum_carried_or_a_margin(browser, rule, level):
    result = certified(level, rule)
    jobs.run_waiting()
    steps = [f"/steps?step={number}" for number in range(2, 9)]
    pages = [browser.open(path(result, page)) for page in (*PAGES, *steps)]
    assert {page.status for page in pages} == {200}
    text = " ".join(page.text for page in pages)
    told = {"Who paid for it", "They still carried", "They carry", "would have been funded at"}
    told |= {"Ballots with at least one funded choice", result.outcome_hash, *carried_in(json.loads(result.outcome))}
    assert [word for word in told if word in text] == []


@on_sqlite
def test_at_full_all_of_it_stands_there(browser):
    """The twin: the words looked for above are on the pages where nothing is held back."""
    result = certified(PublicationLevel.FULL)
    jobs.run_waiting()
    text = "".join(browser.open(path(result, page)).text for page in ("", "/compare", "/steps?step=2"))
    assert "Who paid for it" in text and "They carry" in text and "Ballots with at least one funded choice" in text


@on_sqlite
@below
def test_the_page_says_what_it_does_not_show(browser, level):
    result = certified(level)
    text = browser.open(path(result)).text
    assert "This vote does not publish its rankings" in text and "How narrowly a project won or missed" in text
    assert "how supporters paid together" in text
    assert "not what your share of the money paid for" in browser.open(path(result, "/mine")).text


@on_sqlite
def test_each_level_says_how_to_check_it(browser):
    said = {
        PublicationLevel.FULL: "Anybody can count this result again",
        PublicationLevel.CONSULTED: "Anybody can count the runoffs again",
        PublicationLevel.TOTALS: "Anybody can check that the totals of every step",
    }
    for level, words in said.items():
        text = browser.open(path(certified(level, Rule.RANKED_CHOICE))).text
        assert [other for other in said.values() if other in text] == [words]


OFFERED = {
    PublicationLevel.FULL: {"closed-ballot-set.bin", "ballots.csv", "ballots.pb"},
    PublicationLevel.CONSULTED: {"paths.json"},
    PublicationLevel.TOTALS: set(),
}


@on_sqlite
@pytest.mark.parametrize("level", PublicationLevel)
def test_each_level_offers_its_files_and_no_others(browser, level):
    result = certified(level)
    names = set().union(*OFFERED.values())
    found = {name for name in names if browser.client.get(path(result, f"/files/{name}")).status_code == 200}
    assert found == OFFERED[level]
    outcome = json.loads(fetched(result, browser, "outcome.json"))
    assert outcome["format"] == ("lamplight-count/1" if level is PublicationLevel.FULL else "lamplight-totals/1")


@on_sqlite
def test_the_grouped_rankings_have_two_columns_and_every_ballot(browser):
    result = certified(PublicationLevel.FULL)
    header, *rows = fetched(result, browser, "ballots.csv").decode().splitlines()
    assert header == "count,ranking" and sum(int(row.split(",")[0]) for row in rows) == len(RANKINGS)
    assert len(rows) == len(set(RANKINGS))


@on_sqlite
@pytest.mark.parametrize(("rule", "level"), list(zip(Rule, BELOW[::-1] * 2, strict=True)))
def test_what_is_published_is_followed_by_the_recount_held_to_the_printed_hashes(browser, tmp_path, rule, level):
    result = certified(level, rule)
    text = browser.open(path(result)).text
    files = files_of(fetched(result, browser, "bundle.zip"))
    hashes = {"outcome_sha256": sha256(files["outcome.json"]).hexdigest()}
    if level is PublicationLevel.CONSULTED:
        hashes["paths_sha256"] = sha256(files["paths.json"]).hexdigest()
    assert all(digest in text for digest in hashes.values())
    (tmp_path / "bundle.zip").write_bytes(fetched(result, browser, "bundle.zip"))
    found = recount.recount(tmp_path / "bundle.zip", hashes)
    assert found["verdict"] in ("runoffs-equal", "totals-fit"), found
    assert rules.problems({name: files[name] for name in files if name in ("outcome.json", "paths.json")}) == []


@on_sqlite
@below
def test_the_report_tells_no_more_than_the_page(app, level):
    result = certified(level)
    edition_id = printing.results(result.vote.cycle_id)
    page = Browser(app).open(f"/reports/{edition_id}").text
    assert "What supporters carried and paid is not told" in page and result.outcome_hash not in page
    record = queries.certified(result.vote.cycle_id)
    assert record is not None and record.outcome_hash in page


def recounted(level):
    cycle_id = board.counted(RANKINGS, publication_level=level).vote.cycle_id
    board.recount(cycle_id, options=(1,), reason="Its price was wrong.")
    return board.certify(cycle_id)


@on_sqlite
@below
def test_a_replaced_count_tells_what_it_funded_and_nothing_else(browser, level):
    result = recounted(level)
    text = browser.open(path(result, "/counts/1")).text
    assert "What this count funded" in text and "More is not shown" in text and "ballot" not in text.split("More is")[0]
    names = ("outcome.json", "paths.json", "bundle.zip")
    assert {browser.client.get(path(result, f"/files/{name}?count=1")).status_code for name in names} == {404}
    assert browser.client.get(path(result, "/files/outcome.json")).status_code == 200


@on_sqlite
def test_at_full_a_replaced_count_is_shown_whole(browser):
    """The twin."""
    result = recounted(PublicationLevel.FULL)
    assert "How the count went" in browser.open(path(result, "/counts/1")).text
    assert browser.client.get(path(result, "/files/bundle.zip?count=1")).status_code == 200


def test_what_would_give_a_small_group_away_is_not_signed(app, monkeypatch):
    facts = {"publication_level": PublicationLevel.CONSULTED, "count_rule": Rule.RANKED_CHOICE.value}
    result = board.counted(RANKINGS, **facts)
    monkeypatch.setattr(rules.paths, "kept", lambda walks, *_: walks)
    with pytest.raises(DomainError) as refusal:
        services.certify(result.vote.cycle_id, by=board.clerk(result.vote.cycle_id))
    assert refusal.value.code == "small_group"
    monkeypatch.undo()
    assert services.certify(result.vote.cycle_id, by=board.clerk(result.vote.cycle_id)).clerk_id


@on_sqlite
def test_the_rule_card_says_what_will_be_published_and_that_shares_consult_every_rank(browser):
    vote = make.fixed_vote(publication_level=PublicationLevel.CONSULTED)
    text = browser.open(f"/cycles/{vote.cycle_id}/rule-card").text
    assert "What is published of the ballots, and what not" in text
    assert "this counting rule looks at every rank of every ballot" in text
