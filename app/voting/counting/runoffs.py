"""Ranked-choice rounds: fund the winner of a runoff among what still fits, bring the others back, and go on."""

import numpy as np

from app.voting.counting.outcomes import Kind, Phase, Tie, TiedBy
from app.voting.counting.piles import Piles
from app.voting.counting.records import Rule
from app.voting.counting.state import TIED_LISTED, CountInProgress, lot_tie, paid_by_rank


def fund_by_runoffs(state: CountInProgress) -> None:
    """Spend what is left by runoffs with whole ballots over the options still open. Source: Counting, C1 and C2."""
    piles = _opening_piles(state)
    at_start = state.left
    for round_ in range(1, len(state.costs) + 1):
        state.enter(Phase.RUNOFFS, Rule.RANKED_CHOICE, round=round_)
        _set_aside_too_dear(state, piles)
        if not piles.standing:
            break
        _fund(state, piles, *_runoff(state, piles))
        state.tell(0.5 + 0.5 * (at_start - state.left) / max(at_start, 1))


def fund_the_free(state: CountInProgress) -> None:
    """Fund every option without cost that a ballot ranks, in lot order: the runoffs have nothing to decide there."""
    state.enter(Phase.RUNOFFS, Rule.RANKED_CHOICE, round=0)
    ranks = [np.bincount(column, minlength=len(state.costs)) for column in state.rows.T]
    for option in sorted(state.open_options, key=lambda number: int(state.lot[number])):
        if state.costs[option] == 0:
            ballots = np.array([rank[option] for rank in ranks], dtype=np.int64)
            state.fund(option, {"ballots": int(ballots.sum())}, paid_by_rank(0, ballots, ballots.tolist()))


class History:
    """How the votes of each option grew from count to count of one runoff, kept as steps, for ties.

    Votes of an option in the race never fall, so (count, votes) pairs where they rose tell every earlier count.
    """

    def __init__(self, piles: Piles) -> None:
        self.count = 1
        self._steps: dict[int, list[tuple[int, int]]] = {
            option: [(1, int(piles.votes[option]))] for option in np.flatnonzero(piles.alive).tolist()
        }

    def grow(self, piles: Piles, risen: list[int]) -> None:
        """Begin the next count, where the given options have more votes than in the last."""
        self.count += 1
        for option in risen:
            self._steps[option].append((self.count, int(piles.votes[option])))

    def fewest_earlier(self, tied: list[int]) -> tuple[list[int], int | None]:
        """Of options level now, those with the fewest votes in the latest earlier count that tells them apart.

        Returns them and that count, or all and nothing where no count does, going back count by count.
        """
        deciding, left = None, tied
        depth = 1
        while len(left) > 1:
            rose = {option: self._steps[option][-depth][0] for option in left}
            latest = max(rose.values())
            if latest == 1:
                break
            kept = [option for option in left if rose[option] == latest]
            before = {option: self._steps[option][-depth - 1][1] for option in kept}
            fewest = min(before.values())
            kept = [option for option in kept if before[option] == fewest]
            deciding = latest - 1 if len(kept) < len(left) else deciding
            left, depth = kept, depth + 1
        return left, deciding


def _opening_piles(state: CountInProgress) -> Piles:
    piles = Piles(state.rows, len(state.vote.options))
    open_options = set(state.open_options)
    for option in range(1, len(state.costs)):
        if option not in open_options:
            piles.remove(option)
    return piles


def _set_aside_too_dear(state: CountInProgress, piles: Piles) -> None:
    for option in np.flatnonzero(piles.alive).tolist():
        if state.costs[option] > state.left:
            state.set_aside(option)
            piles.remove(option)


def _runoff(state: CountInProgress, piles: Piles) -> tuple[int, Piles]:
    """Eliminate the lowest, one at a time, until one option has more than half of the standing ballots."""
    race = piles.copy()
    history = History(race)
    _log_count(state, race)
    while True:
        leader = int(race.votes.argmax())
        if 2 * int(race.votes[leader]) > race.standing:
            return leader, race
        if history.count == 1:
            _eliminate_voteless(state, race, history)
        loser, tie = _lowest(state, race, history)
        state.eliminate(loser, {"count": history.count, "votes": int(race.votes[loser])}, tie)
        moved, exhausted = race.remove(loser)
        risen = np.flatnonzero(moved).tolist()
        _log_transfer(state, loser, [[option, int(moved[option])] for option in risen], exhausted)
        history.grow(race, risen)


def _eliminate_voteless(state: CountInProgress, race: Piles, history: History) -> None:
    """Eliminate, last in the lot first, the options no ballot stands with; nothing moves, so no count changes.

    Votes never fall within a runoff, so earlier counts cannot tell these options apart.
    """
    empty = np.flatnonzero(race.alive & (race.votes == 0))
    empty = empty[np.argsort(state.lot[empty])]
    race.alive[empty] = False
    options = empty.tolist()
    while options:
        tie = lot_tie(options, options[-1])
        state.eliminate(options.pop(), {"count": history.count, "votes": 0}, tie)
        history.grow(race, [])


def _lowest(state: CountInProgress, race: Piles, history: History) -> tuple[int, Tie | None]:
    options = np.flatnonzero(race.alive)
    votes = race.votes[options]
    fewest = int(votes.min())
    tied = options[votes == fewest]
    if len(tied) == 1:
        return int(tied[0]), None
    level, count = history.fewest_earlier(tied.tolist())
    loser = level[int(state.lot[level].argmax())]
    if len(level) > 1:
        return loser, lot_tie(tied.tolist(), loser)
    listed = tuple(tied.tolist()) if len(tied) <= TIED_LISTED else (loser,)
    return loser, Tie(of=len(tied), options=listed, by=TiedBy.EARLIER_COUNT, count=count)


def _fund(state: CountInProgress, piles: Piles, winner: int, race: Piles) -> None:
    stood = state.rows[race.pile(winner)]
    ballots = np.bincount((stood == winner).argmax(axis=1), minlength=state.rows.shape[1]).astype(np.int64)
    numbers = {"votes": int(race.votes[winner]), "standing": race.standing, "exhausted": race.exhausted}
    state.fund(winner, numbers, paid_by_rank(state.costs[winner], ballots, ballots.tolist()))
    piles.remove(winner)


def _log_count(state: CountInProgress, race: Piles) -> None:
    votes = [[option, int(race.votes[option])] for option in np.flatnonzero(race.alive).tolist()]
    state.log(Kind.SUPPORT, None, {"votes": votes, "standing": race.standing, "exhausted": race.exhausted})


def _log_transfer(state: CountInProgress, loser: int, to: list[list[int]], exhausted: int) -> None:
    if to:
        state.log(Kind.TRANSFER, loser, {"to": to, "ballots": sum(moved for _, moved in to)})
    if exhausted:
        state.log(Kind.EXHAUST, loser, {"ballots": exhausted})
