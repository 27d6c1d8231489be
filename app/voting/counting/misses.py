"""How narrowly an option was funded or missed, found by counting again with one thing changed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from app.voting.counting.count import funds
from app.voting.counting.records import Rule, Vote
from app.voting.counting.state import Progress

Ask = Callable[[Vote, Rule, int], bool]


@dataclass(frozen=True, kw_only=True)
class NearestMiss:
    """The largest cost in cents at which the option would have been funded, or nothing if at no cost.

    `extra_ballots` is the fewest ballots naming it alone that would have funded it: 0 if it was funded, nothing if it
    takes more than `extra_cap`.
    """

    option: int
    funded: bool
    largest_cost_cents: int | None
    extra_ballots: int | None
    extra_cap: int


def nearest_miss(
    vote: Vote, rule: Rule, option: int, *, extra_cap: int = 100, progress: Progress | None = None
) -> NearestMiss:
    """Count again with other costs and with more ballots, in the same lot order, until the limit shows.

    About 30 counts for the cost and up to `extra_cap` for the ballots, which are tried one by one because more support
    does not always help. `progress` hears the share of the most that may be needed, 0 to 1.
    Source: Counting, "The event log".
    """
    ask = _told(progress, most=vote.pot_cents.bit_length() + 2 + extra_cap)
    funded = ask(vote, rule, option)
    return NearestMiss(
        option=option,
        funded=funded,
        largest_cost_cents=largest_cost(vote, rule, option, ask),
        extra_ballots=0 if funded else fewest_extra_ballots(vote, rule, option, cap=extra_cap, ask=ask),
        extra_cap=extra_cap,
    )


def largest_cost(vote: Vote, rule: Rule, option: int, ask: Ask = funds) -> int | None:
    """The largest cost in cents at which the option is funded, or nothing if even one cent is too much.

    Until an option is funded its cost decides nothing but whether it is, so funded at one cost means funded at every
    lower one, and halving finds the limit. A cost of nothing is left out: such an option is funded by one ballot.
    """
    if vote.pot_cents == 0 or not ask(_at_cost(vote, option, 1), rule, option):
        return None
    yes, no = 1, vote.pot_cents + 1
    while no - yes > 1:
        middle = (yes + no) // 2
        if ask(_at_cost(vote, option, middle), rule, option):
            yes = middle
        else:
            no = middle
    return yes


def fewest_extra_ballots(vote: Vote, rule: Rule, option: int, *, cap: int, ask: Ask = funds) -> int | None:
    """The fewest added ballots that rank only this option and get it funded, or nothing beyond the cap."""
    for extra in range(1, cap + 1):
        if ask(_with_ballots(vote, option, extra), rule, option):
            return extra
    return None


def _told(progress: Progress | None, *, most: int) -> Ask:
    """`funds`, with every trial told as one of the `most` that may be needed."""
    done = 0

    def ask(vote: Vote, rule: Rule, option: int) -> bool:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done / most)
        return funds(vote, rule, option)

    return ask


def _at_cost(vote: Vote, option: int, cents: int) -> Vote:
    changed = (replace(o, cost_cents=cents) if o.number == option else o for o in vote.options)
    return replace(vote, options=tuple(changed))


def _with_ballots(vote: Vote, option: int, extra: int) -> Vote:
    added = np.zeros((extra, vote.ballots.shape[1]), dtype=np.uint16)
    added[:, 0] = option
    return replace(vote, ballots=np.concatenate([vote.ballots, added]))
