"""The work of this project that is measured: whole counts from a closed set on disk, and single phases."""

from collections.abc import Callable
from pathlib import Path

from app.voting.counting.count import count
from app.voting.counting.equal.steps import fund_by_equal_shares
from app.voting.counting.outcomes import Kind
from app.voting.counting.records import Rule
from app.voting.counting.runoffs import fund_by_runoffs
from app.voting.counting.shared import fund_by_shares
from app.voting.counting.state import CountInProgress
from bench import votes
from bench.measured import Facts, Work, main


def make(path: Path) -> Work:
    """Generate as many ballots as the file's name says and write them as a closed set."""

    def work() -> Facts:
        votes.write(path, int(path.stem))
        return {}

    return work


def whole(rule: Rule) -> Callable[[Path], Work]:
    """A closed set on disk becomes a result with its event log."""

    def piece(path: Path) -> Work:
        def work() -> Facts:
            outcome = count(votes.read(path), rule)
            return {"funded": [funded.option for funded in outcome.funded], "events": len(outcome.events)}

        return work

    return piece


def phase(rule: Rule, step: Callable[[CountInProgress], None]) -> Callable[[Path], Work]:
    """One step of a rule on a vote that has been read."""

    def piece(path: Path) -> Work:
        vote = votes.read(path)

        def work() -> Facts:
            state = CountInProgress(vote, rule, None)
            step(state)
            ties = sum(event.kind is Kind.TIE_BREAK for event in state.events)
            return {"funded": [funded.option for funded in state.funded], "ties": ties}

        return work

    return piece


PIECES = {
    "make": make,
    "shared-budget": whole(Rule.SHARED_BUDGET),
    "equal-shares": whole(Rule.EQUAL_SHARES),
    "shared-phase": phase(Rule.SHARED_BUDGET, fund_by_shares),
    "equal-phase": phase(Rule.EQUAL_SHARES, fund_by_equal_shares),
    "runoffs": phase(Rule.RANKED_CHOICE, fund_by_runoffs),
}

if __name__ == "__main__":
    main(PIECES)
