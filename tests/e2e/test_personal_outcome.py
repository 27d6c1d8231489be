"""What the browser works out for one ballot, held to the engine: all ballots together give every number it has."""

import json
from collections.abc import Iterator
from fractions import Fraction

import pytest
from playwright.sync_api import Page

from app.voting.counting.count import count
from app.voting.counting.outcomes import Kind, Phase
from app.voting.counting.records import OFFERED, Rule
from app.voting.results.publication.totals.rules import without_sums
from app.voting.results.rules import read_outcome
from tests.voting.counting import made

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNIT = 2**96
ASK = """async ([outcome, rankings]) => {
  const { personal } = await import("/static/js/personal.js");
  const plain = (_, value) => typeof value === "bigint" ? String(value) : value;
  return rankings.map((ranking) => JSON.stringify(personal(outcome, ranking), plain));
}"""


def worked_out(page, outcome, rankings):
    """What the browser's module says of each ranking."""
    return [json.loads(each) for each in page.evaluate(ASK, [outcome.as_json(), [list(r) for r in rankings]])]


def rankings_of(vote):
    return [[int(number) for number in row if number] for row in vote.ballots]


@pytest.fixture(scope="module")
def blank(site, chromium) -> Iterator[Page]:
    """A window on our own site in which the module can be loaded."""
    page = chromium.new_page(base_url=site.url)
    page.goto("/about")
    yield page
    page.close()


def paid_by_shares(outcome):
    """The fund events in which shares paid; none under rules without them."""
    return [event for event in outcome.events if event.kind is Kind.FUND and "need_units" in event.numbers]


@pytest.mark.parametrize("rule", OFFERED)
@pytest.mark.parametrize("seed", range(30))
def test_what_all_ballots_paid_together_is_what_the_engine_took(blank, rule, seed):
    vote = made.random_vote(seed, most_ballots=40, most_options=8)
    outcome = count(vote, rule)
    told = worked_out(blank, outcome, rankings_of(vote))
    for event in paid_by_shares(outcome):
        paid = [int(p["units"]) for each in told for p in each["shares"]["payments"] if p["option"] == event.option]
        need = int(event.numbers["need_units"])
        assert len(paid) == event.numbers["supporters"]
        assert need - len(paid) <= sum(paid) <= need  # each payer keeps what rounding gives, less than a unit


@pytest.mark.parametrize("rule", OFFERED)
@pytest.mark.parametrize("seed", range(30))
def test_what_each_rank_paid_is_what_the_log_says(blank, rule, seed):
    vote = made.random_vote(seed, most_ballots=40, most_options=8)
    outcome = count(vote, rule)
    told = worked_out(blank, outcome, rankings_of(vote))
    whole = Fraction(outcome.pot_cents, max(outcome.counting_ballots, 1) * UNIT)
    for event in paid_by_shares(outcome):
        for part in event.numbers["paid"]:
            payers = [each for each in told if at_rank(each, part["rank"]) == event.option]
            paid = [
                int(p["units"]) for each in payers for p in each["shares"]["payments"] if p["option"] == event.option
            ]
            assert len(paid) == part["ballots"] and abs(sum(paid) * whole - part["cents"]) <= 1


def test_some_of_these_votes_fund_by_shares():
    """The twin: the two tests above look at something."""
    votes = [made.random_vote(seed, most_ballots=40, most_options=8) for seed in range(30)]
    assert sum(len(paid_by_shares(count(vote))) for vote in votes) > 30


PASTE = """async ([text, titles]) => {
  const { pasted } = await import("/static/js/personal.js");
  return pasted(text, new Map(titles.map((title, at) => [at + 1, title])));
}"""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("A bench\nLamps", {"ranking": [2, 3]}),
        ("A bench\nA  LAMP", {"wrong": "A  LAMP", "shared": True}),
        ("1. a lamp", {"wrong": "1. a lamp", "shared": True}),
        ("A bench\n4\n1", {"ranking": [2, 4, 1]}),
        ("A dragon", {"wrong": "A dragon"}),
        ("A bench\n2", {"wrong": "2"}),
    ],
)
def test_a_title_that_two_projects_share_means_neither_and_the_number_still_does(blank, text, read):
    assert blank.evaluate(PASTE, [text, ["A lamp", "A bench", "Lamps", "a Lamp"]]) == read


def at_rank(each, rank):
    return each["ranking"][rank - 1] if len(each["ranking"]) >= rank else None


@pytest.mark.parametrize("rule", [Rule.SHARED_BUDGET, Rule.RANKED_CHOICE])
@pytest.mark.parametrize("seed", range(20))
def test_where_the_ballots_stood_adds_up_to_every_count_of_every_runoff(blank, rule, seed):
    vote = made.random_vote(seed, most_ballots=40, most_options=8)
    outcome = count(vote, rule)
    told = worked_out(blank, outcome, rankings_of(vote))
    for number, runoff in enumerate(read_outcome(json.dumps(outcome.as_json())).runoffs):
        for at, tally in enumerate(runoff.tallies):
            stood = [each["runoffs"][number]["stood"][at] for each in told]
            assert {option: stood.count(option) for option, _votes in tally.votes} == dict(tally.votes)
        assert {each["runoffs"][number]["winner"] for each in told} == {runoff.winner}


@pytest.mark.parametrize("rule", OFFERED)
@pytest.mark.parametrize("seed", range(8))
def test_an_outcome_without_sums_tells_the_same_but_for_what_a_share_paid(blank, rule, seed):
    vote = made.random_vote(seed, most_ballots=40, most_options=8)
    whole = count(vote, rule).as_json()
    asked = [rankings_of(vote), [whole, without_sums(whole)]]
    told, reduced = ([json.loads(each) for each in blank.evaluate(ASK, [it, asked[0]])] for it in asked[1])
    assert {each["shares"] for each in reduced} <= {None}
    assert [each | {"shares": None} for each in told] == [each | {"shares": None} for each in reduced]


@pytest.mark.parametrize("seed", range(20))
def test_the_points_of_all_ballots_are_the_points_of_the_count(blank, seed):
    vote = made.random_vote(seed, most_ballots=40, most_options=8)
    outcome = count(vote, Rule.POINTS)
    told = worked_out(blank, outcome, rankings_of(vote))
    given = {}
    for gift in (gift for each in told for gift in each["points"]):
        given[gift["option"]] = given.get(gift["option"], 0) + gift["points"]
    counted = next(e for e in outcome.events if e.kind is Kind.SUPPORT and e.phase is Phase.POINTS)
    assert given == {option: points for option, points in counted.numbers["points"] if points}
