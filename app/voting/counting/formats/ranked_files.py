"""Rankings from a file without costs or pot (BLT, grouped CSV): what was read, and the votes that can be made of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.voting.counting.records import Ballots, Option, Vote, ballot_matrix, in_order

ONE_CENT = 1
MOST_BALLOTS = 10_000_000  # what a machine of today counts; a weight beyond it is a typing mistake

Grouped = Sequence[tuple[int, Sequence[int]]]


@dataclass(frozen=True, kw_only=True, eq=False)
class RankedFile:
    """Ballots over options 1, 2, 3 …, each with an id (unique) and a name.

    `ballots` is the matrix of records.Vote, blank ballots included. `seats` is what the file says and decides nothing
    here. `withdrawn` options are struck from every ballot by a count. `warnings` name what was passed over.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    ballots: Ballots
    title: str = ""
    seats: int | None = None
    withdrawn: frozenset[int] = field(default=frozenset())
    warnings: tuple[str, ...] = ()

    def one_runoff(self) -> Vote:
        """A vote whose ranked-choice count is one instant runoff: every option costs the whole pot, a single cent."""
        return self.priced(ONE_CENT, dict.fromkeys(self.ids, ONE_CENT))

    def priced(self, pot_cents: int, costs: Mapping[str, int]) -> Vote:
        """The vote with a pot and a cost in cents for each id; KeyError for an id without one, BadVote for bad sums."""
        options = tuple(
            Option(number=number, id=id_, title=name, cost_cents=costs[id_])
            for number, (id_, name) in enumerate(zip(self.ids, self.names, strict=True), start=1)
        )
        return Vote(
            pot_cents=pot_cents,
            options=options,
            max_ranks=self.ballots.shape[1],
            ballots=self.ballots,
            lot_order=tuple(option.number for option in options),
            withdrawn=self.withdrawn,
        )


def from_vote(vote: Vote) -> RankedFile:
    """The rankings of a vote, without its pot and costs."""
    return RankedFile(
        ids=tuple(option.id for option in vote.options),
        names=tuple(option.title for option in vote.options),
        ballots=vote.ballots,
        withdrawn=vote.withdrawn,
    )


def spread(grouped: Grouped) -> Ballots:
    """Weights with their rankings as one row a ballot, in the order of their numbers."""
    longest = max((len(ranking) for _, ranking in grouped), default=0) or 1
    rows = ballot_matrix((ranking for _, ranking in grouped), longest)
    return in_order(np.repeat(rows, [weight for weight, _ in grouped], axis=0))


def grouped(ballots: Ballots) -> Iterable[tuple[int, tuple[int, ...]]]:
    """Equal ballots together, each with its weight, in the order of their bytes: order says nothing about voters."""
    if not len(ballots):
        return
    rows, weights = np.unique(ballots, axis=0, return_counts=True)
    for row, weight in zip(rows.tolist(), weights.tolist(), strict=True):
        yield weight, tuple(number for number in row if number)
