"""An explanation as facts and as plain data: near misses, margins, and what the other rules would have done."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.voting.counting.comparison import OtherRule, compared
from app.voting.counting.misses import NearestMiss, nearest_miss
from app.voting.counting.records import Rule, Vote

FORMAT = "lamplight-explanation/1"
EXPLAIN = "results.explain"
"""The job that explains a result."""


@dataclass(frozen=True, kw_only=True)
class ExplanationFacts:
    """How narrowly each option was funded or missed, by number; each rule on the same ballots, its own first."""

    misses: Mapping[int, NearestMiss]
    compared: tuple[OtherRule, ...]


def explain(vote: Vote, rule: Rule, progress: Callable[[float], None]) -> ExplanationFacts:
    """Count again and again; `progress` hears the share of the work done, 0 to 1. Source: counting.md, event log."""
    misses = {}
    for done, option in enumerate(vote.options, start=1):
        misses[option.number] = nearest_miss(vote, rule, option.number, progress=_part_of(progress, done, vote))
    return ExplanationFacts(misses=misses, compared=compared(vote, rule))


def _part_of(progress: Callable[[float], None], done: int, vote: Vote) -> Callable[[float], None]:
    """Tells `progress` of the whole work while the option that is number `done` is looked at."""
    return lambda share: progress((done - 1 + share) / (len(vote.options) + 1))


def as_json(facts: ExplanationFacts) -> dict[str, Any]:
    """Plain values that JSON keeps as they are."""
    return {
        "format": FORMAT,
        "misses": [asdict(miss) for miss in facts.misses.values()],
        "compared": [other.as_json() for other in facts.compared],
    }


def from_json(text: str) -> ExplanationFacts:
    """The facts that `as_json` wrote."""
    plain = json.loads(text)
    return ExplanationFacts(
        misses={miss["option"]: NearestMiss(**miss) for miss in plain["misses"]},
        compared=tuple(_other_from(other) for other in plain["compared"]),
    )


def disputed(compared: Sequence[OtherRule]) -> frozenset[int]:
    """The options that some of the rules fund and others do not."""
    funded = [frozenset(other.funded) for other in compared]
    return frozenset.union(*funded) - frozenset.intersection(*funded) if funded else frozenset()


def _other_from(plain: Mapping[str, Any]) -> OtherRule:
    return OtherRule(**{**plain, "rule": Rule(plain["rule"]), "funded": tuple(plain["funded"])})
