"""Key holders of a test, with their keys at hand: what the volunteers keep at home."""

from collections.abc import Mapping, Sequence

from app.core.access import Actor, Role
from app.voting.board.rules import ActKind
from app.voting.models import Vote
from app.voting.queries import vote_facts
from app.voting.sealing import count_sets, key_checks, key_files, keys, result_files
from app.voting.sealing.keys import PrivateKey
from app.voting.sealing.opening import open_all
from app.voting.trustees import services
from app.voting.trustees.services import PlanHolders
from tests import make

NAMES = ("Ruth Delgado", "Frank Novak", "The library")
Keys = Mapping[int, PrivateKey]


def fixed_vote(*, threshold: int = 2, names: Sequence[str] = NAMES, **more: object) -> tuple[Vote, Keys]:
    """A vote sealed to three keys, of which two open it, and the keys by their numbers."""
    cycle = make.votable_cycle(**more)
    clerk = make.actor(Role.CLERK)
    services.plan(cycle.id, PlanHolders(names=tuple(names), threshold=threshold), by=clerk)
    made = {number: keys.make() for number in range(1, len(names) + 1)}
    for number, key in made.items():
        services.register(cycle.id, number, key_files.write_public(key.public()).encode(), by=clerk)
    return make.agreed(ActKind.FIX, cycle.id), made


def check_all(vote: Vote, held: Keys) -> None:
    """Every holder shows that their key works."""
    for number, key in held.items():
        answer_check(vote, number, key)


def answer_check(vote: Vote, number: int, key: PrivateKey) -> None:
    """One holder is asked, and answers with this key."""
    first = make.board_of(vote.cycle_id)[0]
    asked = key_checks.challenge_from(services.ask_check(vote.cycle_id, number, by=first))
    services.take_answer(vote.cycle_id, number, key_checks.answer(asked, key).to_bytes(), by=first)


def reconciled(rankings: Sequence[Sequence[int]], **more: object) -> tuple[Vote, Keys]:
    """A vote sealed to three keys, with these ballots cast, closed, and its numbers reconciled."""
    where = make.neighborhood()
    roll = make.electorate(where, len(rankings))
    vote, held = fixed_vote(where=where, **more)
    check_all(vote, held)
    make.agreed(ActKind.OPEN, vote.cycle_id)
    for voter, ranking in zip(roll, rankings, strict=True):
        make.cast(vote, voter, ranking)
    make.close(vote.cycle_id)
    return make.agreed(ActKind.RECONCILE, vote.cycle_id), held


def opened_at_home(file: bytes, held: Keys) -> bytes:
    """The result file that these holders make of a count set on a machine of their own."""
    count_set = count_sets.from_bytes(file)
    facts = count_set.facts
    opened = open_all(
        count_set.envelopes,
        vote_id=facts.vote_id,
        private_keys=held,
        options=facts.options,
        max_ranks=facts.max_ranks,
    )
    return result_files.to_bytes(result_files.make(opened, facts, private_keys=held))


def hand_in(vote: Vote, held: Keys, *, by: Actor | None = None) -> str:
    """The count set taken away, opened with these keys, and its result handed in; returns the file's hash."""
    first = by or make.board_of(vote.cycle_id)[0]
    file = services.take_count_set(vote.cycle_id, by=first)
    return services.hand_in(vote.cycle_id, opened_at_home(file, held), by=first)


def facts_of(vote: Vote):
    """The vote as pages see it."""
    return vote_facts(vote.cycle_id)
