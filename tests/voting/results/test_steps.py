"""The count step by step: nothing of the log is lost, every step says something, and the page goes both ways."""

from dataclasses import replace

import pytest
from flask_babel import force_locale

from app.core.access import Role
from app.voting.counting.count import count
from app.voting.counting.outcomes import Kind, Phase
from app.voting.counting.records import OFFERED, Option, Rule, Vote, ballot_matrix
from app.voting.results.steps import words
from app.voting.results.steps.figures import figure
from app.voting.results.steps.rules import StepKind, nearest, payable, steps_of
from app.voting.results.steps.words import Teller
from tests import make
from tests.browser import Browser, text_of
from tests.voting.counting import made
from tests.voting.results import board
from tests.voting.results.test_facts import facts, outcome_text, read_outcome


def told(found, step):
    titles = {ending.number: f"Project {ending.number}" for ending in found.endings}
    return Teller(found, titles, "USD").sentence(step)


@pytest.fixture
def english(app):
    with app.test_request_context(), force_locale("en"):
        yield


@pytest.mark.parametrize("rule", OFFERED)
@pytest.mark.parametrize("seed", range(40))
def test_no_decision_is_lost_between_the_steps(rule, seed):
    events = count(made.random_vote(seed), rule).events
    steps = steps_of(events)
    decided = [event.option for event in events if event.kind in (Kind.FUND, Kind.ELIMINATE, Kind.SET_ASIDE_COST)]
    kinds = (StepKind.FUND, StepKind.OUT, StepKind.VOTELESS, StepKind.SET_ASIDE, StepKind.TOO_DEAR)
    assert [option for step in steps if step.kind in kinds for option in step.options] == decided
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert steps[-1].left_cents == events[-1].pot_after


@pytest.mark.parametrize("rule", OFFERED)
@pytest.mark.parametrize("seed", range(40))
def test_every_step_has_its_sentence_and_a_drawing_has_its_table(english, rule, seed):
    found = read_outcome(outcome_text(made.random_vote(seed), rule))
    teller = Teller(found, {ending.number: f"Project {ending.number}" for ending in found.endings}, "USD")
    for step in steps_of(found.events):
        assert teller.sentence(step).endswith(".") and teller.part(step)
        drawn = figure(step, teller)
        assert drawn is None or len(drawn.table.rows) + 1 > drawn.left_out


def test_a_runoff_step_ends_with_the_votes_of_the_next_count():
    found = facts(900_00, [900_00, 800_00, 700_00], ["a", "a", "ab", "b", "b", "cb"], Rule.RANKED_CHOICE)
    out = next(step for step in steps_of(found.events) if step.kind is StepKind.OUT)
    after = dict(found.runoffs[0].tallies[1].votes)
    assert {each.option: each.count for each in out.standing if each.option not in out.options} == after
    assert dict(out.moved) == {2: 1}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (
            StepKind.OPEN,
            "3 ballots count, and the pot holds $900. Every ballot carries an equal share of it: about $300.",
        ),
        (StepKind.FUND, "“Project 1” is funded: the 2 ballots for it carry $600 together, and it costs $600."),
        (StepKind.STOP, "The count ends: 2 projects are funded, and $0 stays in the pot."),
    ],
)
def test_a_step_says_what_happened(english, kind, sentence):
    found = facts(900_00, [600_00, 300_00], ["a", "a", "b"])
    assert told(found, next(step for step in steps_of(found.events) if step.kind is kind)) == sentence


def test_an_elimination_says_where_its_ballots_went(english):
    found = facts(900_00, [900_00, 800_00, 700_00], ["a", "a", "ab", "b", "b", "cb", "c"], Rule.RANKED_CHOICE)
    outs = [told(found, step) for step in steps_of(found.events) if step.kind is StepKind.OUT]
    assert "1 ballot moves to its next choice." in outs[0] or "names no other project" in outs[0]


def test_what_is_taken_off_the_ballots_is_told_first(english):
    vote = replace(made.vote(900_00, [300_00, 1000_00, 300_00], ["abc", "bc"]), withdrawn=frozenset({1}))
    found = read_outcome(outcome_text(vote))
    sentences = [told(found, step) for step in steps_of(found.events)][1:3]
    assert [sentence.rpartition(": ")[2] for sentence in sentences] == ["“Project 1”.", "“Project 2”."]


def test_many_projects_are_counted_in_the_sentence_and_named_under_it(english):
    found = facts(900_00, [900_00, *[800_00] * 6], ["a", "abc", "ade", "afg"], Rule.RANKED_CHOICE)
    step = next(step for step in steps_of(found.events) if step.kind is StepKind.SET_ASIDE)
    teller = Teller(found, {number: f"Project {number}" for number in range(1, 8)}, "USD")
    assert teller.sentence(step).endswith(": 6 projects.") and teller.names(step) == [
        f"Project {n}" for n in range(2, 8)
    ]
    assert figure(step, teller) is None


def test_without_ballots_nobody_carries_a_share(english):
    found = facts(900_00, [300_00], [])
    assert told(found, steps_of(found.events)[0]) == "0 ballots count, and the pot holds $900."


def test_a_lot_is_told_in_its_step(english):
    found = facts(300_00, [300_00, 300_00], ["a", "b"], lot="ba")
    assert any("the lot decided" in told(found, step) for step in steps_of(found.events))


def test_a_step_out_of_range_is_the_nearest():
    steps = steps_of(facts(900_00, [600_00], ["a"]).events)
    assert (nearest(-3, steps).number, nearest(10**9, steps).number) == (1, len(steps))


def path(result, query=""):
    return f"/results/{result.vote.cycle_id}/steps{query}"


def test_the_page_goes_forwards_and_backwards_without_scripts(browser):
    page = browser.open(path(board.certified()))
    assert "Step 1 of " in page.text and [a for a in page.all("a") if a.get("data-go") == "previous"] == []
    second = page.follow("Next")
    assert "Step 2 of " in second.text and "Step 1 of " in second.follow("Previous").text
    last = second.follow("Last")
    assert "The count ends" in last.text and [a for a in last.all("a") if a.get("data-go") == "next"] == []


def test_every_step_stands_in_the_table_with_a_link(browser):
    result = board.certified()
    page = browser.open(path(result))
    steps = steps_of(read_outcome(result.outcome).events)
    assert [
        a.get("href") for a in page.all("a") if (a.get("href") or "").endswith("#step") and not a.get("data-go")
    ] == [path(result, f"?step={step.number}#step") for step in steps]


def test_each_card_of_the_result_leads_to_the_step_that_decided(browser):
    result = board.certified()
    page = browser.open(f"/results/{result.vote.cycle_id}")
    for option in result.vote.options:
        links = [a for a in page.all("a") if text_of(a) == f"See it in the count: {option.title}"]
        if links:
            assert option.title in browser.open(links[0].get("href")).one("p", class_="ll-said")
    assert page.text.count("See it in the count") >= len(read_outcome(result.outcome).funded)


def test_before_the_certification_only_the_board_sees_the_steps(app):
    result = board.counted()
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    assert Browser(app).open(path(result)).status == 404
    assert "Not certified" in clerk.open(path(result)).text


def test_the_page_lists_the_projects_a_sentence_only_counts(browser, monkeypatch):
    monkeypatch.setattr(words, "NAMED", 0)
    result = board.certified()
    for step in steps_of(read_outcome(result.outcome).events):
        page = browser.open(path(result, f"?step={step.number}"))
        assert page.status == 200 and ("Which projects these are" in page.text) == bool(step.options)


def test_a_number_that_is_none_opens_the_first_step(browser):
    assert "Step 1 of " in browser.open(path(board.certified(), "?step=x&page=y")).text


def crowded():
    """A vote of 99 options in which every runoff eliminates dozens."""
    options = tuple(Option(number=n, id=str(n), title=f"Project {n}", cost_cents=90_00 + n) for n in range(1, 100))
    rankings = [tuple((7 * i + 11 * j * (i % 5 + 1)) % 99 + 1 for j in range(3)) for i in range(600)]
    rankings = [tuple(dict.fromkeys(ranking)) for ranking in rankings]
    return Vote(
        pot_cents=1000_00,
        options=options,
        max_ranks=3,
        ballots=ballot_matrix(rankings, 3),
        lot_order=tuple(range(1, 100)),
    )


def test_a_vote_of_ninety_nine_options_stays_readable(english):
    found = read_outcome(outcome_text(crowded(), Rule.RANKED_CHOICE))
    steps = steps_of(found.events)
    teller = Teller(found, {n: f"Project {n}" for n in range(1, 100)}, "USD")
    first = next(step for step in steps if step.phase is Phase.RUNOFFS)
    drawn = figure(first, teller)
    assert len(steps) > 200 and drawn is not None
    assert str(drawn.chart).count("Project ") <= 14 and len(drawn.table.rows) > 50


def test_who_carries_the_cost_of_what_no_longer_fits_cannot_pay():
    found = facts(900_00, [500_00, 450_00], ["a", "a", "a", "b", "b", "b"])
    costs = {ending.number: ending.cost_cents for ending in found.endings}
    look = next(step for step in steps_of(found.events) if step.kind is StepKind.LOOK)
    assert payable(look, costs) == {2}
    assert payable(replace(look, left_cents=400_00), costs) == frozenset()
