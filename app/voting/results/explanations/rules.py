"""An explanation as facts and as plain data: near misses, margins, and what the other rules would have done."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from app.voting.counting.count import count
from app.voting.counting.misses import NearestMiss, nearest_miss
from app.voting.counting.outcomes import Outcome
from app.voting.counting.records import OFFERED, Rule, Vote

FORMAT = "lamplight-explanation/1"


@dataclass(frozen=True, kw_only=True)
class OtherRule:
    """What a rule would have done with the same ballots: option numbers in order of funding, money in cents.

    `covered` ballots rank at least one of the options it would have funded.
    """

    rule: Rule
    funded: tuple[int, ...]
    spent_cents: int
    left_cents: int
    covered: int


@dataclass(frozen=True, kw_only=True)
class ExplanationFacts:
    """How narrowly each option was funded or missed, by number, and what every rule does with the same ballots."""

    misses: Mapping[int, NearestMiss]
    compared: tuple[OtherRule, ...]


def explain(vote: Vote, rule: Rule, progress: Callable[[float], None]) -> ExplanationFacts:
    """Count again and again; `progress` hears the share of the work done, 0 to 1. Source: counting.md, event log."""
    misses = {}
    for done, option in enumerate(vote.options, start=1):
        misses[option.number] = nearest_miss(vote, rule, option.number)
        progress(done / (len(vote.options) + 1))
    others = [rule, *(other for other in OFFERED if other is not rule)]
    return ExplanationFacts(misses=misses, compared=tuple(_compared(vote, other) for other in others))


def as_json(facts: ExplanationFacts) -> dict[str, Any]:
    """Plain values that JSON keeps as they are."""
    return {
        "format": FORMAT,
        "misses": [asdict(miss) for miss in facts.misses.values()],
        "compared": [asdict(other) | {"rule": other.rule.value} for other in facts.compared],
    }


def from_json(text: str) -> ExplanationFacts:
    """The facts that `as_json` wrote."""
    plain = json.loads(text)
    return ExplanationFacts(
        misses={miss["option"]: NearestMiss(**miss) for miss in plain["misses"]},
        compared=tuple(_other_from(other) for other in plain["compared"]),
    )


def covered(vote: Vote, funded: Sequence[int]) -> int:
    """How many ballots rank at least one of these options."""
    return int(np.isin(vote.ballots, list(funded)).any(axis=1).sum()) if funded else 0


def _compared(vote: Vote, rule: Rule) -> OtherRule:
    outcome: Outcome = count(vote, rule)
    funded = tuple(each.option for each in outcome.funded)
    return OtherRule(
        rule=rule,
        funded=funded,
        spent_cents=outcome.pot_cents - outcome.left_cents,
        left_cents=outcome.left_cents,
        covered=covered(vote, funded),
    )


def _other_from(plain: Mapping[str, Any]) -> OtherRule:
    return OtherRule(**{**plain, "rule": Rule(plain["rule"]), "funded": tuple(plain["funded"])})
