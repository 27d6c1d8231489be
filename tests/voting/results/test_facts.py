"""A result is read from its stored outcome alone, and an outcome that does not add up is not shown."""

import json
from types import SimpleNamespace

import pytest

from app.cycles.rules import canonical
from app.translating.queries import TranslationRow
from app.voting.counting.count import count
from app.voting.counting.outcomes import Kind, ReasonCode
from app.voting.counting.records import OFFERED, Rule
from app.voting.counting.rounds import runoffs_of
from app.voting.queries import OptionFacts
from app.voting.results import queries
from app.voting.results.rules import BadRecord, Ending, read_outcome
from tests.voting.counting import made


def outcome_text(vote, rule=Rule.SHARED_BUDGET):
    return canonical(count(vote, rule).as_json())


def facts(pot, costs, ballots, rule=Rule.SHARED_BUDGET, **more):
    return read_outcome(outcome_text(made.vote(pot, costs, ballots, **more), rule))


def altered(change):
    """A stored outcome after somebody's hand."""
    plain = json.loads(outcome_text(made.vote(900, [300, 300, 600], ["ab", "ba", "c", "ca"])))
    change(plain)
    return canonical(plain)


@pytest.mark.parametrize("rule", OFFERED)
@pytest.mark.parametrize("seed", range(60))
def test_the_facts_say_what_the_count_said(rule, seed):
    outcome = count(made.random_vote(seed), rule)
    found = read_outcome(canonical(outcome.as_json()))
    assert found.funded == tuple(funded.option for funded in outcome.funded)
    assert (found.left_cents, found.pot_cents) == (outcome.left_cents, outcome.pot_cents)
    assert found.spent_cents == sum(ending.cost_cents for ending in found.won)
    assert found.events == outcome.events
    assert found.runoffs == runoffs_of(outcome.events)
    assert [e.funded for e in found.endings] == [reason.code is ReasonCode.FUNDED for reason in outcome.reasons]


@pytest.mark.parametrize("seed", range(60))
def test_what_each_rank_paid_adds_up_to_the_cost(seed):
    for ending in read_outcome(outcome_text(made.random_vote(seed))).won:
        assert sum(part.cents for part in ending.paid) == ending.cost_cents


def test_the_steps_name_supporters_and_what_they_hold():
    first = facts(900, [600, 300], ["a", "a", "ba"]).steps[0]
    assert [(s.option, s.ballots, s.held_cents) for s in first.supports] == [(1, 2, 600), (2, 1, 300)]
    assert set(first.funded) == {1, 2}


@pytest.mark.parametrize(
    ("pot", "costs", "ballots", "option", "ending"),
    [
        (900, [300, 300, 300], ["a", "b", "c"], 1, Ending.BY_SHARES),
        (900, [900, 600], ["a", "a", "b"], 1, Ending.BY_RUNOFF),
        (900, [900, 600], ["a", "a", "b"], 2, Ending.DID_NOT_FIT),
        (900, [1000, 600], ["a", "b"], 1, Ending.DEARER_THAN_THE_POT),
        (900, [300, 600], ["a"], 2, Ending.UNRANKED),
    ],
)
def test_each_option_has_its_ending(pot, costs, ballots, option, ending):
    assert facts(pot, costs, ballots).ending(option).ending is ending


def test_under_ranked_choice_a_free_option_is_free():
    assert facts(900, [0, 600], ["a", "b"], Rule.RANKED_CHOICE).ending(1).ending is Ending.FREE


def test_an_option_remembers_where_it_was_eliminated():
    found = facts(900, [900, 800, 700], ["a", "a", "a", "b", "b", "cb"], Rule.RANKED_CHOICE)
    assert [(e.runoff, e.count, e.votes) for e in found.ending(3).eliminations] == [(1, 1, 1)]


def test_a_lot_is_told_with_what_it_meant():
    used = facts(300, [300, 300], ["a", "b"], lot="ba").lots
    assert [(use.option, use.of, use.meant) for use in used] == [(1, 2, Kind.ELIMINATE)]


def test_no_ballots_fund_nothing_and_can_be_told():
    found = facts(900, [300], [])
    assert (found.funded, found.ending(1).ending, found.runoffs) == ((), Ending.UNRANKED, ())
    assert not any(step.supports for step in found.steps)


def raise_a_cost(plain):
    plain["funded"][0]["cost_cents"] += 1


def forget_an_event(plain):
    del plain["events"][next(i for i, e in enumerate(plain["events"]) if e["kind"] == "fund")]


def hide_money(plain):
    plain["left_cents"] -= 1


def forget_a_reason(plain):
    plain["reasons"].pop()


def swap_a_reason(plain):
    funded = next(reason for reason in plain["reasons"] if reason["code"] == "funded")
    funded["code"] = "unranked"


def name_another_format(plain):
    plain["format"] = "lamplight-count/9"


@pytest.mark.parametrize(
    "change", [raise_a_cost, forget_an_event, hide_money, forget_a_reason, swap_a_reason, name_another_format]
)
def test_an_outcome_that_does_not_add_up_is_refused(change):
    with pytest.raises(BadRecord):
        read_outcome(altered(change))


def test_the_same_outcome_untouched_is_read():
    """The twin of the refusals: it is the change that is refused, not the outcome."""
    assert read_outcome(altered(lambda plain: None)).spent_cents > 0


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"events": [1]}'])
def test_what_is_no_outcome_is_refused(text):
    with pytest.raises(BadRecord):
        read_outcome(text)


def test_no_translation_of_the_same_words_comes_to_a_title_that_the_ballot_has(app, monkeypatch):
    """One option is called in Spanish what another is called in English, which people have translated since."""
    of = {"proposal_id": 1, "code": "", "summary": "", "cost_cents": 1, "need": "", "place": ""}
    kept = OptionFacts(number=1, title="Lamps", wordings={"es": {"title": "Plaza", "text": ""}}, **of)
    late = TranslationRow(**dict.fromkeys(TranslationRow.__annotations__) | {"wording": "La plaza"})
    monkeypatch.setattr(queries.votes, "options", lambda _id: [kept, OptionFacts(number=2, title="Plaza", **of)])
    monkeypatch.setattr(queries.translations, "beside", lambda *_given: {"Plaza": late})
    vote = SimpleNamespace(id=b"", cycle=SimpleNamespace(neighborhood_id=1))
    with app.test_request_context(headers={"Accept-Language": "es"}):
        titles = [each.title for each in queries.options_by_number(vote).values()]
    assert titles == ["Plaza", "La plaza"]
