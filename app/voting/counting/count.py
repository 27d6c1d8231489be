"""The way into a count: a vote and a rule in, the outcome with its log out."""

from collections.abc import Callable

from app.voting.counting.equal.steps import fund_by_equal_shares
from app.voting.counting.outcomes import Outcome
from app.voting.counting.points import fund_by_points
from app.voting.counting.records import Rule, Vote
from app.voting.counting.runoffs import fund_by_runoffs, fund_the_free
from app.voting.counting.shared import fund_by_shares
from app.voting.counting.state import CountInProgress, Decided, Progress

STEPS: dict[Rule, tuple[Callable[[CountInProgress], None], ...]] = {
    Rule.SHARED_BUDGET: (fund_by_shares, fund_by_runoffs),
    Rule.RANKED_CHOICE: (fund_the_free, fund_by_runoffs),
    Rule.POINTS: (fund_by_points,),
    Rule.EQUAL_SHARES: (fund_the_free, fund_by_equal_shares, fund_by_runoffs),
}


def count(vote: Vote, rule: Rule = Rule.SHARED_BUDGET, progress: Progress | None = None) -> Outcome:
    """Count the vote by the rule.

    The same vote gives the same outcome, to the byte, whatever order its ballots stand in. `progress`, if given, hears
    the share of the work done, from 0 to 1. Raises ValueError for the name of no rule.
    Source: Counting, "The rules" C1 to C4.
    """
    state = CountInProgress(vote, Rule(rule), progress)
    for step in STEPS[state.rule]:
        step(state)
    return state.outcome()


def funds(vote: Vote, rule: Rule, option: int) -> bool:
    """Whether the count by the rule funds the option (a number from 1): the same count, left as soon as that is sure.

    Raises as `count` does.
    """
    try:
        state = CountInProgress(vote, Rule(rule), None, until=option)
        for step in STEPS[state.rule]:
            step(state)
    except Decided as decided:
        return decided.funded
    return False
