"""The rules again, written from their text with plain lists and no speed, for the engine to be compared with."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from app.voting.counting.records import Rule, Vote


@dataclass(frozen=True, kw_only=True)
class Arithmetic:
    """How the proportional rules reckon: what a vote is worth and what an option needs.

    Shared budget: what a supporter keeps, and how supports compare. Equal shares: how prices for a point (so many units
    for so many points) compare, and what a ballot owes for the points it has given.
    """

    unit: Any
    need: Callable[[int, int, int], Any]  # ballots, cost, pot
    keep: Callable[[Any, Any, Any], Any]  # units, support, need
    strength: Callable[[Any], Any]
    dear: Callable[[Any, int], Any] = lambda units, points: -(-units // (points * 2**48))
    due: Callable[[Any, int, int], Any] = lambda units, points, given: units * given // points


U = 2**96

WHOLE = Arithmetic(
    unit=U,
    need=lambda n, cost, pot: n * U * cost // pot,
    keep=lambda units, support, need: -((-units * (support - need)) // support),
    strength=lambda support: support // 2**48,
)
EXACT = Arithmetic(
    unit=Fraction(1),
    need=lambda n, cost, pot: Fraction(n * cost, pot),
    keep=lambda units, support, need: units * (support - need) / support,
    strength=lambda support: support,
    dear=lambda units, points: units / points,
    due=lambda units, points, given: units * given / points,
)
MILLION = Arithmetic(  # known to fail: too coarse, and rounded against voters
    unit=10**6,
    need=lambda n, cost, pot: -(-n * 10**6 * cost // pot),
    keep=lambda units, support, need: units * (support - need) // support,
    strength=lambda support: support,
    dear=lambda units, points: units // points,
    due=lambda units, points, given: -(-units * given // points),
)


def funded(vote: Vote, rule: Rule, arithmetic: Arithmetic = WHOLE) -> list[int]:
    """Option numbers in the order of funding."""
    costs = {option.number: option.cost_cents for option in vote.options}
    struck = {number for number, cost in costs.items() if cost > vote.pot_cents} | vote.withdrawn
    ballots = [[c for c in row if c and c not in struck] for row in vote.ballots.tolist()]
    ballots = [ballot for ballot in ballots if ballot]
    if rule is Rule.POINTS:
        return _points(vote, costs, ballots)
    if rule is Rule.SHARED_BUDGET:
        return _runoffs(vote, costs, ballots, _shared(vote, costs, ballots, arithmetic))
    free = _free(vote, costs, ballots)
    if rule is Rule.RANKED_CHOICE:
        return _runoffs(vote, costs, ballots, free)
    return _runoffs(vote, costs, ballots, free + _equal(vote, costs, ballots, arithmetic))


def _shared(vote: Vote, costs: dict[int, int], ballots: Sequence[Sequence[int]], by: Arithmetic) -> list[int]:
    left, done, carried = vote.pot_cents, [], [by.unit] * len(ballots)
    for k in range(1, vote.max_ranks + 1):
        while True:
            options = {}
            for p in {choice for ballot in ballots for choice in ballot[:k]} - set(done):
                support = sum(carried[i] for i, ballot in enumerate(ballots) if p in ballot[:k])
                need = by.need(len(ballots), costs[p], vote.pot_cents) if costs[p] else 0
                if costs[p] <= left and support >= need:
                    options[p] = support, need
            if not options:
                break
            p = min(options, key=lambda p: (-by.strength(options[p][0]), vote.lot_order.index(p)))
            support, need = options[p]
            done.append(p)
            left -= costs[p]
            for i, ballot in enumerate(ballots):
                if p in ballot[:k] and need:
                    carried[i] = by.keep(carried[i], support, need)
    return done


def _equal(vote: Vote, costs: dict[int, int], ballots: Sequence[Sequence[int]], by: Arithmetic) -> list[int]:
    left, done, carried = vote.pot_cents, [], [by.unit] * len(ballots)
    gives: dict[int, dict[int, int]] = {}
    for i, ballot in enumerate(ballots):
        for place, choice in enumerate(ballot):
            if costs[choice]:
                gives.setdefault(choice, {})[i] = vote.max_ranks - place
    while True:
        prices = {}
        for p in gives.keys() - set(done):
            need = by.need(len(ballots), costs[p], vote.pot_cents) if costs[p] <= left else None
            if need is not None and sum(carried[i] for i in gives[p]) >= need:
                prices[p] = _price([(carried[i], points) for i, points in gives[p].items()], need, vote.max_ranks)
        if not prices:
            return done
        p = min(prices, key=lambda p: (by.dear(*prices[p]), vote.lot_order.index(p)))
        done.append(p)
        left -= costs[p]
        for i, points in gives[p].items():
            carried[i] -= min(carried[i], by.due(*prices[p], points))


def _price(supporters: list[tuple[Any, int]], need: Any, max_ranks: int) -> tuple[Any, int]:
    even = math.lcm(*range(1, max_ranks + 1))  # so that units for a point are whole numbers and sort exactly
    points = sum(given for _, given in supporters)
    for units, given in sorted(supporters, key=lambda supporter: supporter[0] * (even // supporter[1])):
        if units * points >= need * given:
            break
        need, points = need - units, points - given
    return need, points


def _free(vote: Vote, costs: dict[int, int], ballots: Sequence[Sequence[int]]) -> list[int]:
    ranked = {choice for ballot in ballots for choice in ballot}
    return [p for p in vote.lot_order if costs[p] == 0 and p in ranked]


def _runoffs(vote: Vote, costs: dict[int, int], ballots: Sequence[Sequence[int]], first: list[int]) -> list[int]:
    done = list(first)
    left = vote.pot_cents - sum(costs[p] for p in done)
    ranked = {choice for ballot in ballots for choice in ballot}
    while race := {p for p in ranked - set(done) if costs[p] <= left}:
        winner = _winner(vote, ballots, race)
        done.append(winner)
        left -= costs[winner]
    return done


def _winner(vote: Vote, ballots: Sequence[Sequence[int]], race: set[int]) -> int:
    history: list[dict[int, int]] = []
    while True:
        votes = dict.fromkeys(race, 0)
        for ballot in ballots:
            for choice in ballot:
                if choice in race:
                    votes[choice] += 1
                    break
        leader = max(votes, key=lambda p: votes[p])
        if 2 * votes[leader] > sum(votes.values()):
            return leader
        tied = race
        for tally in [votes, *history[::-1]]:
            fewest = min(tally[p] for p in tied)
            tied = {p for p in tied if tally[p] == fewest}
        race = race - {max(tied, key=vote.lot_order.index)}
        history.append(votes)


def _points(vote: Vote, costs: dict[int, int], ballots: Sequence[Sequence[int]]) -> list[int]:
    score = dict.fromkeys(costs, 0)
    for ballot in ballots:
        for place, choice in enumerate(ballot):
            score[choice] += vote.max_ranks - place
    left, done = vote.pot_cents, []
    for p in sorted(costs, key=lambda p: (-score[p], vote.lot_order.index(p))):
        if score[p] and costs[p] <= left:
            done.append(p)
            left -= costs[p]
    return done


def matrix(rankings: Sequence[Sequence[int]]) -> Any:
    """Rankings as a ballot matrix, by another way than the engine's."""
    rows = np.zeros((len(rankings), max(map(len, rankings))), dtype=np.uint16)
    for row, ranking in zip(rows, rankings, strict=True):
        row[: len(ranking)] = ranking
    return rows
