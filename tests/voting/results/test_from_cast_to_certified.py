"""Thirty people vote, some change their mind, and what is certified is what counting their last rankings gives."""

import random
from dataclasses import replace

import pytest

from app.core.files import load
from app.cycles import queries as cycles
from app.cycles.rules import PublicationLevel, canonical
from app.voting import queries
from app.voting.counting.count import count
from app.voting.counting.formats import pabulib
from app.voting.counting.records import Option, Rule, Vote, ballot_matrix
from app.voting.results import exports
from app.voting.results import queries as results
from app.voting.results.events import ResultCertified
from tests import make
from tests.voting.results import board

RULES = ("shared-budget", "ranked-choice", "points", "equal-shares")


def everybody_votes(rule):
    """An election of 34 people with 7 options: 30 vote, 8 of them twice. Returns the vote and the last rankings."""
    draw = random.Random(f"{rule} in Riverside")
    vote, roll = make.open_vote(voters=34, options=7, pot_cents=120_000_00, count_rule=rule, max_ranks=4)
    last = {}
    for voter in [*roll[:30], *roll[4:12]]:
        last[voter.id] = tuple(draw.sample(range(1, 8), draw.randint(1, 4)))
        make.cast(vote, voter, last[voter.id])
    return vote, list(last.values())


def brought_to_its_result(vote):
    make.close(vote.cycle_id, "Everybody has voted.")
    board.open_envelopes(vote.cycle_id)
    board.count(vote.cycle_id)
    return board.certify(vote.cycle_id)


def counted_directly(cycle_id, rankings, lot_order):
    """The same rankings counted without an envelope in sight."""
    facts = queries.vote_facts(cycle_id)
    options = tuple(
        Option(number=o.number, id=o.code, title=o.title, cost_cents=o.cost_cents) for o in queries.options(facts.id)
    )
    vote = Vote(
        pot_cents=facts.cycle.spendable_cents,
        options=options,
        max_ranks=facts.max_ranks,
        ballots=ballot_matrix(rankings, facts.max_ranks),
        lot_order=tuple(lot_order),
    )
    return count(vote, Rule(facts.cycle.count_rule))


@pytest.mark.parametrize("rule", RULES)
def test_what_is_certified_is_what_the_last_rankings_give(app, rule):
    vote, rankings = everybody_votes(rule)
    result = brought_to_its_result(vote)
    outcome = counted_directly(vote.cycle_id, rankings, result.lot_order)
    assert result.outcome == canonical(outcome.as_json())
    assert results.read_outcome(result.outcome).ballots == 30


def test_the_published_pb_file_counts_to_the_same_result(app):
    vote, _rankings = everybody_votes("shared-budget")
    brought_to_its_result(vote)
    facts, record = results.published(vote.cycle_id, None)
    imported = pabulib.read(exports.made("ballots.pb", facts, record)).vote
    again = count(replace(imported, lot_order=record.facts.lot_order), Rule.SHARED_BUDGET)
    assert canonical(again.as_json()) == record.outcome
    assert cycles.facts(vote.cycle_id).publication_level is PublicationLevel.FULL


def test_the_news_carries_each_funded_option_in_the_words_of_the_ballot(app, monkeypatch):
    heard = []
    wiring = dict(app.extensions["event_wiring"])
    monkeypatch.setitem(app.extensions, "event_wiring", wiring | {ResultCertified: [heard.append]})
    vote, _rankings = everybody_votes("shared-budget")
    result = brought_to_its_result(vote)
    options = {option.number: option for option in queries.options(vote.id)}
    (news,) = heard
    assert [won.number for won in news.funded] == list(results.read_outcome(result.outcome).funded)
    assert all((w.title, w.cost_cents) == (options[w.number].title, options[w.number].cost_cents) for w in news.funded)


def test_a_vote_nobody_took_part_in_funds_nothing_and_is_certified(app):
    vote, _roll = make.open_vote(voters=2)
    result = brought_to_its_result(vote)
    assert results.read_outcome(result.outcome).funded == ()
    assert result.certified_at is not None and load(result.closed_set_hash)
