"""What each rule would do with the same ballots, side by side."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from app.voting.counting.count import count
from app.voting.counting.outcomes import Outcome
from app.voting.counting.records import OFFERED, Rule, Vote


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

    def as_json(self) -> dict[str, Any]:
        """Plain values that JSON keeps as they are."""
        return asdict(self) | {"rule": self.rule.value, "funded": list(self.funded)}


def compared(vote: Vote, first: Rule, progress: Callable[[float], None] | None = None) -> tuple[OtherRule, ...]:
    """Every rule on offer on this vote, the named one first; `progress` hears the share of the work done, 0 to 1."""
    rules = [first, *(rule for rule in OFFERED if rule is not first)]
    found = []
    for done, rule in enumerate(rules, start=1):
        found.append(_with(vote, rule))
        if progress is not None:
            progress(done / len(rules))
    return tuple(found)


def covered(vote: Vote, funded: Sequence[int]) -> int:
    """How many ballots rank at least one of these options."""
    return int(np.isin(vote.ballots, list(funded)).any(axis=1).sum()) if funded else 0


def _with(vote: Vote, rule: Rule) -> OtherRule:
    outcome: Outcome = count(vote, rule)
    funded = tuple(each.option for each in outcome.funded)
    return OtherRule(
        rule=rule,
        funded=funded,
        spent_cents=outcome.pot_cents - outcome.left_cents,
        left_cents=outcome.left_cents,
        covered=covered(vote, funded),
    )
