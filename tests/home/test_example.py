"""The worked example is true: the engine counts it, and every amount on the page is one the engine gives."""

import re
from fractions import Fraction

import pytest

from app.home.figures import BALLOTS, END, MOMENTS, POT, SHARE, WISHES
from app.voting.counting.count import count
from app.voting.counting.outcomes import Kind, Phase
from app.voting.counting.records import Option, Rule, Vote, ballot_matrix
from app.voting.counting.rounds import runoffs_of

LETTERS = "".join(wish.letter for wish in WISHES)
COSTS = {wish.letter: wish.cost for wish in WISHES}


def counted(rule=Rule.SHARED_BUDGET):
    options = tuple(
        Option(number=n, id=wish.letter, title=wish.letter, cost_cents=wish.cost * 100)
        for n, wish in enumerate(WISHES, 1)
    )
    rankings = [tuple(LETTERS.index(letter) + 1 for letter in ballot) for ballot in BALLOTS.values()]
    vote = Vote(
        pot_cents=POT * 100,
        options=options,
        max_ranks=3,
        ballots=ballot_matrix(rankings, 3),
        lot_order=tuple(range(1, len(options) + 1)),
    )
    return count(vote, rule)


def fundings():
    """The fund events of the shared phase, each as its letter, its numbers and its rank step."""
    events = [event for event in counted().events if event.kind is Kind.FUND and event.phase is Phase.SHARED]
    return [(LETTERS[event.option - 1], event.numbers, event.round, event.pot_after // 100) for event in events]


def paid_in_turn():
    """Who pays and keeps what, by the definition of the rule in exact fractions of the supports the engine logged."""
    carried = {name: Fraction(SHARE) for name in BALLOTS}
    for letter, numbers, rank, left in fundings():
        part = Fraction(int(numbers["need_units"]), int(numbers["support_units"]))
        pays = {
            name: carried[name] * part if letter in ballot[:rank] else Fraction(0) for name, ballot in BALLOTS.items()
        }
        carried = {name: carried[name] - pays[name] for name in BALLOTS}
        yield letter, {n: round(p) for n, p in pays.items()}, {n: round(c) for n, c in carried.items()}, left


def test_who_pays_and_keeps_what_is_what_the_engine_says():
    said = [(moment.funded, moment.paid, moment.kept, moment.left) for moment in MOMENTS]
    assert said == list(paid_in_turn())


def test_the_payments_are_those_the_engine_gives_by_rank():
    for moment, (_letter, numbers, _rank, _left) in zip(MOMENTS, fundings(), strict=True):
        assert sum(moment.paid.values()) * 100 == sum(part["cents"] for part in numbers["paid"])
        assert sum(1 for paid in moment.paid.values() if paid) == numbers["supporters"]


@pytest.mark.parametrize(("key", "rule"), [("shared", Rule.SHARED_BUDGET), ("ranked", Rule.RANKED_CHOICE)])
def test_each_rule_funds_what_the_page_draws(key, rule):
    outcome = counted(rule)
    assert END[key] == ("".join(funded.id for funded in outcome.funded), outcome.left_cents // 100)


def test_the_runoffs_went_as_the_page_tells():
    one, two, three = runoffs_of(counted(Rule.RANKED_CHOICE).events)
    assert dict(two.tallies[0].votes) == {2: 2, 3: 2, 4: 1, 5: 0}
    assert [tally.eliminated for tally in two.tallies] == [5, 4, None]
    assert dict(two.tallies[-1].votes)[two.winner] == 3 and dict(three.tallies[0].votes) == {4: 3, 5: 2}
    assert [runoff.left_cents // 100 for runoff in (one, two, three)] == [1000, 700, 250]
    (last,) = runoffs_of(counted().events)
    assert (last.left_cents, dict(last.tallies[0].votes)) == (250_00, {5: 2})


def amounts_of_the_engine():
    found = {POT, SHARE, *COSTS.values()}
    for outcome in (counted(), counted(Rule.RANKED_CHOICE)):
        for event in outcome.events:
            found |= {event.pot_after // 100, event.numbers.get("support_cents", 0) // 100}
            found |= {cents // 100 for _option, _ballots, cents in event.numbers.get("support", ())}
    for _letter, paid, kept, _left in paid_in_turn():
        found |= {*paid.values(), *kept.values(), *(paid[name] + kept[name] for name in paid)}
    return found


def printed(page):
    section = page.html[page.html.index('id="example"') : page.html.index('id="ties"')]
    return {int(amount.replace(",", "")) for amount in re.findall(r"\$([\d,]*\d)", section)}


def test_every_amount_on_the_page_comes_from_the_engine(browser):
    shown = printed(browser.open("/how-votes-become-funding"))
    assert len(shown) > 12 and shown <= amounts_of_the_engine()


def test_a_wrong_amount_would_be_seen():
    """The twin: the amounts of the engine do not hold everything."""
    assert {66, 133, 110, 375} & amounts_of_the_engine() == set()
