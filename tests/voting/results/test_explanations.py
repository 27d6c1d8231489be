"""What a worker finds out about a result: near misses, margins, other rules; it changes no result."""

from dataclasses import replace

import pytest

from app.core import jobs
from app.core.db import db
from app.cycles.rules import canonical
from app.voting.counting.comparison import covered
from app.voting.counting.count import count
from app.voting.counting.outcomes import ReasonCode
from app.voting.counting.records import OFFERED, Rule
from app.voting.models import Result
from app.voting.results import queries as results
from app.voting.results.explanations import queries, rules
from tests.voting.counting import made
from tests.voting.results import board

VOTE = made.vote(1000, [400, 500, 300], ["ab", "ac", "ac", "c", "b"])


def explained(result):
    db.session.rollback()
    return queries.of_result(result.id)


def test_until_a_worker_was_there_it_says_how_far_it_is(app):
    result = board.counted()
    assert explained(result) == queries.Explained(percent=0, facts=None, is_on_its_way=True)


def test_where_the_worker_gave_up_nothing_is_promised(app, monkeypatch):
    result = board.counted()
    monkeypatch.setitem(app.extensions, "job_wiring", {rules.EXPLAIN: lambda lease: 1 / 0})
    for _ in range(jobs.TRIES):
        jobs.run_waiting()
    assert not explained(result).is_on_its_way


def test_a_count_that_was_replaced_is_not_explained(app):
    first = board.counted()
    board.recount(first.vote.cycle_id, options=(1,), reason="A cost error.")
    jobs.run_waiting()
    assert explained(first) == queries.Explained(percent=0, facts=None, is_on_its_way=False)


def test_a_worker_explains_every_option_and_every_rule(app):
    result = board.counted()
    outcome = result.outcome
    jobs.run_waiting()
    found = explained(result)
    assert found.percent == 100 and sorted(found.facts.misses) == [1, 2, 3, 4, 5]
    assert {other.rule for other in found.facts.compared} == set(OFFERED)
    assert db.session.get(Result, result.id).outcome == outcome


def test_a_recount_is_explained_without_what_it_leaves_out(app):
    cycle_id = board.counted().vote.cycle_id
    second = board.recount(cycle_id, options=(1,), reason="A cost error.")
    jobs.run_waiting()
    found = explained(second).facts
    assert all(1 not in other.funded for other in found.compared)


def test_the_rule_of_the_card_stands_first_and_gives_the_certified_allocation(app):
    result = board.counted()
    jobs.run_waiting()
    first, cycle_id = explained(result).facts.compared[0], result.vote.cycle_id
    seen = results.visible(results.cycle_facts(cycle_id), board.clerk(cycle_id))
    assert first.funded == seen.facts.funded


@pytest.mark.parametrize("rule", OFFERED)
def test_a_near_miss_is_where_the_count_turns(rule):
    for number, miss in rules.explain(VOTE, rule, lambda done: None).misses.items():
        limit = miss.largest_cost_cents
        assert limit is None or (funds(VOTE, rule, number, limit) and not funds(VOTE, rule, number, limit + 1))


def funds(vote, rule, number, cents):
    options = tuple(replace(o, cost_cents=cents) if o.number == number else o for o in vote.options)
    return count(replace(vote, options=options), rule).reason(number).code is ReasonCode.FUNDED


def test_a_ballot_is_covered_where_it_ranks_something_funded():
    assert (covered(VOTE, [2]), covered(VOTE, [1, 3]), covered(VOTE, [])) == (2, 4, 0)


def test_it_survives_json():
    facts = rules.explain(VOTE, Rule.SHARED_BUDGET, lambda done: None)
    assert rules.from_json(canonical(rules.as_json(facts))) == facts
