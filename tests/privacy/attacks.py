"""Trying to join voters with ballots by the orders and values that were found, held against what chance would give."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tests.privacy.traces import Item, Traces

ALPHA = 0.01
AT_ONCE = 128
"""Up to so many places are compared in one table."""


@dataclass(frozen=True)
class Outcome:
    """What one attack achieved in one vote."""

    linked: int
    """Voters joined with their own ballot (by an order of both; for a join, by the value shared)."""
    expected: float
    """How many chance joins on average: one for an order of everybody, none for a shared value."""
    concordant: float
    """Share of pairs of voters whose ballots come in the same order; 0.5 by chance."""
    pairs_variance: float
    size: int


def attacked(traces: Traces, truth: Mapping[Item, Item]) -> dict[str, Outcome]:
    """Every order of the voters against every order of the ballots, forward and backward, and every join."""
    found: dict[str, Outcome] = {}
    for v_name, voters in traces.voters.orders.items():
        for b_name, ballots in traces.ballots.orders.items():
            forward, backward = _by_order(voters, ballots, truth)
            found[f"{v_name} × {b_name}"], found[f"{v_name} × {b_name}, backward"] = forward, backward
    for name, pairs in traces.joins.items():
        right = sum(truth.get(voter) == ballot for voter, ballot in pairs)
        found[f"join on {name}"] = Outcome(right, 0.0, 0.5, 1.0, len(pairs))
    return found


def _by_order(
    voters: Sequence[Item], ballots: Sequence[Item], truth: Mapping[Item, Item]
) -> tuple[Outcome, Outcome]:
    """What an order of the voters against an order of the ballots achieves, read forward and read backward."""
    place = {ballot: n for n, ballot in enumerate(ballots)}
    places = np.array([place[truth[voter]] for voter in voters if truth[voter] in place])
    n = len(places)
    is_whole = n == len(voters) == len(ballots)
    variance, expected = (2 * n + 5) / (18 * n * (n - 1)) if n > 1 else 1.0, 1.0 if is_whole else 0.0
    linked = [int(np.count_nonzero(places == np.arange(n)[::step])) if is_whole else 0 for step in (1, -1)]
    share = _concordant(places) if n > 1 else 0.5
    return (
        Outcome(linked[0], expected, share, variance, n),
        Outcome(linked[1], expected, 1 - share, variance, n),
    )


def _concordant(places: np.ndarray) -> float:
    n = len(places)
    if n <= AT_ONCE:
        rising = int(np.count_nonzero(np.triu(places[None, :] > places[:, None], 1)))
        return rising / (n * (n - 1) / 2)
    rising = sum(int(np.count_nonzero(places[i + 1 :] > places[i])) for i in range(n - 1))
    return rising / (n * (n - 1) / 2)


@dataclass(frozen=True)
class Verdict:
    """What an attack achieved over several votes, and how likely chance alone would have done as much."""

    name: str
    linked: int
    expected: float
    concordant: float
    p_linked: float
    p_order: float


def verdicts(runs: Sequence[Mapping[str, Outcome]]) -> list[Verdict]:
    """Each attack over all runs in which it could be tried."""
    names = sorted({name for run in runs for name in run})
    return [_verdict(name, [run[name] for run in runs if name in run]) for name in names]


def suspects(found: Sequence[Verdict]) -> list[Verdict]:
    """The attacks that did better than chance at p < 0.01, taking into account how many were tried."""
    limit = ALPHA / max(1, len(found))
    return [each for each in found if min(each.p_linked, each.p_order) < limit]


def _verdict(name: str, outcomes: Sequence[Outcome]) -> Verdict:
    linked, expected = sum(o.linked for o in outcomes), sum(o.expected for o in outcomes)
    mean = sum(o.concordant for o in outcomes) / len(outcomes)
    deviation = math.sqrt(sum(o.pairs_variance for o in outcomes)) / len(outcomes)
    return Verdict(
        name=name,
        linked=linked,
        expected=expected,
        concordant=mean,
        p_linked=at_least(linked, expected),
        p_order=math.erfc(abs(mean - 0.5) / deviation / math.sqrt(2)),
    )


def at_least(linked: int, expected: float) -> float:
    """How likely chance joins at least so many, where it joins `expected` on average (a Poisson law)."""
    if linked == 0:
        return 1.0
    below, term = 0.0, math.exp(-expected)
    for k in range(linked):
        below += term
        term *= expected / (k + 1)
    return max(0.0, 1.0 - below)


def fixed_bits(ids: Sequence[bytes]) -> list[int]:
    """The bits that are the same in all, or in step from each to the next: of a version, a clock, a counter, …"""
    numbers, width = [int.from_bytes(each, "big") for each in ids], 8 * len(ids[0])
    steps = [a ^ b for a, b in zip(numbers, numbers[1:], strict=False)]
    return [
        bit for bit in range(width) for found in (numbers, steps) if len({number >> bit & 1 for number in found}) == 1
    ]
