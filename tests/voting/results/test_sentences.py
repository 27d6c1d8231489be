"""One sentence for each option, made of its reason and its numbers, in the language of the page."""

import pytest
from flask_babel import force_locale

from app.voting.counting.records import OFFERED, Rule
from tests.voting.counting import made
from tests.voting.results.test_facts import facts, outcome_text, read_outcome


@pytest.fixture
def say(app):
    """A macro of the sentences, in a request."""

    def said(macro, *arguments):
        with app.test_request_context(), force_locale("en"):
            module = app.jinja_env.get_template("voting/results/_sentences.html").module
            return " ".join(str(getattr(module, macro)(*arguments)).split())

    return said


OPTIONS = {number: {"title": f"Option {number}"} for number in range(1, 30)}
SAID = [
    (
        facts(900_00, [600_00, 300_00], ["a", "a", "b"]),
        1,
        "Funded on first choices: 2 ballots put it first, and their shares of the money, $600 together, "
        "covered the cost of $600.",
    ),
    (
        facts(900_00, [600_00, 300_00], ["a", "a", "b"]),
        2,
        "Funded on first choices: 1 ballot puts it first, and its share of the money, $300, covered the cost of $300.",
    ),
    (
        facts(900_00, [900_00, 600_00], ["a", "a", "b"]),
        1,
        "Funded: it won runoff 1 with 2 of 3 ballots, and its cost of $900 fitted into what was left.",
    ),
    (
        facts(900_00, [900_00, 600_50], ["a", "a", "b"]),
        2,
        "Not funded: in runoff 1, 1 ballot stood with it, and “Option 1” won with 2. After that "
        "only $0 was left, and it costs $600.50.",
    ),
    (
        facts(900_00, [1000_00], ["a"]),
        1,
        "Not funded: it costs $1,000, which is more than the whole pot.",
    ),
    (facts(900_00, [300_00, 1], ["a"]), 2, "Not funded: no ballot ranks it."),
    (facts(900_00, [0, 1], ["a"], Rule.RANKED_CHOICE), 1, "Funded: it costs nothing, and 1 ballot ranks it."),
    (
        facts(900_00, [300_00, 1_00], ["ab", "a"], Rule.POINTS),
        1,
        "Funded with 4 points from 2 ballots: when its turn came, its cost of $300 fitted into what was left.",
    ),
    (
        facts(900_00, [150_00, 750_00], ["ab", "b", "b"], Rule.EQUAL_SHARES),
        2,
        "Funded as number 2: 3 ballots rank it, and what they still carried, $750 together, covered the cost of $750. "
        "No project that could be paid then cost its supporters less for each point.",
    ),
]


@pytest.mark.parametrize(("found", "option", "sentence"), SAID)
def test_the_sentence_is_made_of_the_numbers(say, found, option, sentence):
    assert say("why", found.ending(option), "USD", found.defeats, OPTIONS) == sentence


@pytest.mark.parametrize("rule", OFFERED)
def test_every_ending_has_a_sentence_and_its_cost(say, rule):
    for seed in range(25):
        found = read_outcome(outcome_text(made.random_vote(seed), rule))
        for ending in found.endings:
            sentence = say("why", ending, "USD", found.defeats, OPTIONS)
            assert sentence.startswith("Funded" if ending.funded else "Not funded") and sentence.endswith(".")


def test_a_step_beyond_the_first_says_how_far_it_looked(say):
    found = facts(900_00, [900_00, 300_00, 400_00], ["ac", "ac", "b"])
    assert found.ending(3).round == 2
    said = say("why", found.ending(3), "USD", found.defeats, OPTIONS)
    assert said.startswith("Funded on the first 2 choices: 2 ballots have it among their first 2")


def test_a_lot_that_funded_is_told_with_the_option(say):
    found = facts(600_00, [300_00, 300_00], ["a", "b"], lot="ba")
    assert "the lot put it first" in say("by_lot", found.ending(2))


def test_a_lot_that_eliminated_names_the_option(say):
    found = facts(300_00, [300_00, 300_00], ["a", "b"], lot="ba")
    titles = {1: {"title": "Lamps"}, 2: {"title": "Benches"}}
    assert say("lot_use", found.lots[0], titles).startswith("In runoff 1, Lamps was eliminated before 1 other")


def test_another_currency_is_written_as_such(say):
    assert "€1,000" in say("why", facts(900_00, [1000_00], ["a"]).ending(1), "EUR", {}, OPTIONS)


def test_who_paid_is_told_by_rank(say):
    part = facts(900_00, [600_00, 300_00], ["a", "a", "b"]).ending(1).paid[0]
    assert say("payer", part, "USD") == "2 ballots that rank it number 1 paid $600"


def test_an_option_that_lost_a_runoff_says_to_whom_before_what_was_left(say):
    found = facts(900_00, [900_00, 800_00, 700_00], ["a", "a", "ab", "b", "b", "b", "cb"], Rule.RANKED_CHOICE)
    said = say("why", found.ending(3), "USD", found.defeats, OPTIONS)
    assert said.startswith("Not funded: in runoff 1, 1 ballot stood with it, and “Option 2” won with 4.")
    assert said.endswith("After that only $100 was left, and it costs $700.")


def test_a_funded_option_tells_the_runoffs_it_had_left_before(say):
    found = facts(900_00, [500_00, 400_00], ["a", "a", "b"], Rule.RANKED_CHOICE)
    assert say("runoff_past", found.ending(1)) == ""
    ends = facts(900_00, [300_00, 300_00, 300_00], ["a", "a", "b", "b", "cb"], Rule.RANKED_CHOICE)
    assert "It had left 1 runoff before" in say("runoff_past", ends.ending(3))
