"""pyrankvote as one would use it without reading its code: an instant runoff after another, each from whole ballots."""

from collections.abc import Sequence
from pathlib import Path

from pyrankvote import Ballot, Candidate, instant_runoff_voting

from app.voting.counting.records import Vote
from bench import votes
from bench.measured import Work, main


def runoffs_of(path: Path) -> Work:
    """A plain loop: an instant runoff among what still fits, fund its winner, and again."""
    vote = votes.read(path)
    rankings = vote.ballots.tolist()
    return lambda: {"funded": _fund_by_runoffs(vote, rankings)}


def _fund_by_runoffs(vote: Vote, rankings: Sequence[Sequence[int]]) -> list[int]:
    left = vote.pot_cents
    funded: list[int] = []
    while True:
        fits = {o.number: Candidate(o.id) for o in vote.options if o.number not in funded and o.cost_cents <= left}
        ballots = [Ballot([fits[choice] for choice in ranking if choice in fits]) for ranking in rankings]
        ballots = [ballot for ballot in ballots if ballot.ranked_candidates]
        if not ballots:
            return funded
        (winner,) = instant_runoff_voting(list(fits.values()), ballots).get_winners()
        funded.append(next(number for number, candidate in fits.items() if candidate == winner))
        left -= vote.option(funded[-1]).cost_cents


PIECES = {"runoffs": runoffs_of}

if __name__ == "__main__":
    main(PIECES)
