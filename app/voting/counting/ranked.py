"""The one module that knows pyrankvote: it counts every runoff a second time, and certification holds the two equal."""

from collections.abc import Collection, Iterable

from pyrankvote import Ballot
from pyrankvote.helpers import CompareMethodIfEqual, ElectionManager

from app.voting.counting.outcomes import Event, Kind, Outcome, Phase
from app.voting.counting.records import Rule, Vote
from app.voting.counting.rounds import Runoff, Tally, runoffs_of
from app.voting.counting.state import Progress


class Entrant:
    """An option as pyrankvote sees it: a name, and equal only to itself, which keeps its many look-ups fast."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.name = str(number)


class PyRankVote:
    """The runoffs of one vote, counted by pyrankvote's ElectionManager with our own order of steps and tie rule."""

    def __init__(self, vote: Vote, gone: Collection[int]) -> None:
        self._vote = vote
        struck = {o.number for o in vote.options if o.cost_cents > vote.pot_cents} | vote.withdrawn
        self._entrants = [Entrant(option.number) for option in vote.options]
        by_number = {entrant.number: entrant for entrant in self._entrants}
        rankings = ([by_number[n] for n in row if n and n not in struck] for row in vote.ballots.tolist())
        self._ballots = [Ballot(ranking) for ranking in rankings if ranking]
        ranked = {entrant.number for ballot in self._ballots for entrant in ballot.ranked_candidates}
        self._out = {entrant.number for entrant in self._entrants} - ranked | set(gone)
        self._place = {number: place for place, number in enumerate(vote.lot_order)}

    def runoffs(self, left_cents: int, progress: Progress | None = None) -> Iterable[Runoff]:
        """Runoff after runoff until no ballot ranks an option that still fits what is left, in cents."""
        left, number = left_cents, 0
        while True:
            self._out |= {option.number for option in self._vote.options if option.cost_cents > left}
            manager = self._manager()
            if not _standing(manager):
                return
            number += 1
            tallies, winner = self._runoff(manager)
            yield Runoff(number=number, left_cents=left, tallies=tuple(tallies), winner=winner)
            left -= self._vote.option(winner).cost_cents
            self._out.add(winner)
            if progress is not None:
                progress((left_cents - left) / max(left_cents, 1))

    def _manager(self) -> ElectionManager:
        """A fresh manager in which everything funded, unranked or too dear is out and its ballots have moved on."""
        manager = ElectionManager(self._entrants, self._ballots, 1, CompareMethodIfEqual.Random)
        for entrant in self._entrants:
            if entrant.number in self._out:
                _take_out(manager, entrant)
        return manager

    def _runoff(self, manager: ElectionManager) -> tuple[list[Tally], int]:
        tallies: list[Tally] = []
        history: list[dict[int, int]] = []
        while True:
            entrants = manager.get_candidates_in_race()
            votes = {entrant.number: round(manager.get_number_of_votes(entrant)) for entrant in entrants}
            exhausted = len(self._ballots) - sum(votes.values())
            leader = max(votes, key=lambda number: votes[number])
            if 2 * votes[leader] > sum(votes.values()):
                return [*tallies, _tally(votes, exhausted, None)], leader
            loser = self._lowest(votes, history)
            tallies.append(_tally(votes, exhausted, loser))
            history.append(votes)
            _take_out(manager, next(entrant for entrant in entrants if entrant.number == loser))

    def _lowest(self, votes: dict[int, int], history: list[dict[int, int]]) -> int:
        """Fewest votes now, then in the count before, and so on back; what is still level, the last in the lot."""
        tied = list(votes)
        for tally in (votes, *reversed(history)):
            fewest = min(tally[number] for number in tied)
            tied = [number for number in tied if tally[number] == fewest]
        return max(tied, key=lambda number: self._place[number])


def first_difference(vote: Vote, outcome: Outcome, progress: Progress | None = None) -> str | None:
    """Count every runoff of the outcome again with pyrankvote; name the first difference, or nothing if all is equal.

    Compares every tally of every runoff and the funded options. Slow beyond 500 options or a million ballots: run it in
    the background there. Under points there is no runoff to compare. Source: Counting, "pyrankvote's part".
    """
    if outcome.rule is Rule.POINTS:
        return None
    before = [e.option for e in outcome.events if e.kind is Kind.FUND and e.option and not _in_a_runoff(e)]
    left = vote.pot_cents - sum(vote.option(option).cost_cents for option in before)
    engine = runoffs_of(outcome.events)
    second = PyRankVote(vote, before)
    number = 0
    for number, runoff in enumerate(second.runoffs(left, progress), start=1):
        if number > len(engine) or engine[number - 1] != runoff:
            return _describe(runoff, engine[number - 1] if number <= len(engine) else None)
    if number != len(engine):
        return f"runoff {number + 1}: pyrankvote has no such runoff"
    if [*before, *(runoff.winner for runoff in engine)] != [funded.option for funded in outcome.funded]:
        return "the funded options are not the winners of the runoffs"
    return None


def _in_a_runoff(event: Event) -> bool:
    return event.phase is Phase.RUNOFFS and event.round > 0


def _describe(second: Runoff, engine: Runoff | None) -> str:
    where = f"runoff {second.number}"
    if engine is None:
        return f"{where}: the engine has no such runoff"
    if engine.left_cents != second.left_cents:
        return f"{where}: the engine has {engine.left_cents} cents left, pyrankvote {second.left_cents}"
    for count, (ours, theirs) in enumerate(zip(engine.tallies, second.tallies, strict=False), start=1):
        if ours != theirs:
            return f"{where}, count {count}: the engine has {ours}, pyrankvote {theirs}"
    return f"{where}: the engine has {len(engine.tallies)} counts, pyrankvote {len(second.tallies)}"


def _take_out(manager: ElectionManager, entrant: Entrant) -> None:
    manager.reject_candidate(entrant)
    manager.transfer_votes(entrant, manager.get_number_of_votes(entrant))


def _standing(manager: ElectionManager) -> int:
    return sum(round(manager.get_number_of_votes(entrant)) for entrant in manager.get_candidates_in_race())


def _tally(votes: dict[int, int], exhausted: int, eliminated: int | None) -> Tally:
    return Tally(votes=tuple(sorted(votes.items())), exhausted=exhausted, eliminated=eliminated)
