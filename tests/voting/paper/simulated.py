"""Boxes that exist only as numbers, counted by people who mis-key, under the rules that the services use (T42)."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from app.voting.paper.entry.rules import KEYS, Typed, settles, typed
from app.voting.paper.rules import (
    SLIP_NUMBERS,
    Answer,
    Balance,
    Figures,
    Turn,
    batch_sizes,
    decided,
    may_take,
    problems,
    slip_numbers,
)

OPTIONS, RANKS = range(1, 13), 5
MIS_KEYS = 0.02
"""How many of a hundred slips an operator types otherwise than they read."""
FAULTS = ("loss", "duplicate slip", "duplicate batch", "swapped header", "same operator twice", "stub used online")
LETTER = {reason: key for key, reason in KEYS.items()}


@dataclass
class Batch:
    """A bundle: the ballots under the numbers on them, and the numbers its header stands for."""

    papers: dict[int, Answer]
    numbers: set[int]
    entries: dict[Turn, dict[int, Answer]] = field(default_factory=lambda: {turn: {} for turn in Turn})


@dataclass
class Counted:
    """What came of a box: the sums that differ, what was accepted, and how many slips came out wrong."""

    problems: list[Balance]
    slips: int
    wrong: int
    wrong_alike: int
    """Of the wrong ones, those that both entries read alike: no double entry can notice them."""


def line_of(number: int, answer: Answer) -> str:
    said = LETTER[answer.rejected] if answer.rejected else " ".join(map(str, answer.ranking or ()))
    return f"{number} {said}"


def mis_keyed(line: str, chance: Random) -> str:
    """The line with one key wrong: another digit, one left out, one twice, or two in the wrong order."""
    at = chance.randrange(len(line))
    kind = chance.randrange(4)
    if kind == 0:
        return line[:at] + chance.choice("0123456789") + line[at + 1 :]
    if kind == 1:
        return line[:at] + line[at + 1 :]
    if kind == 2:
        return line[:at] + line[at] + line[at:]
    return line[:at] + line[at : at + 2][::-1] + line[at + 2 :]


def read(number: int, answer: Answer, chance: Random) -> Typed:
    """What an operator types; a line that is refused at its field is typed again."""
    while True:
        line = line_of(number, answer)
        said = typed(mis_keyed(line, chance) if chance.random() < MIS_KEYS else line, options=OPTIONS, max_ranks=RANKS)
        if isinstance(said, Typed):
            return said


def cast(chance: Random) -> Answer:
    """A ballot as voters fill it in; three of a hundred give none."""
    if chance.random() < 0.03:
        return Answer(rejected=chance.choice(list(KEYS.values())))
    return Answer(ranking=tuple(chance.sample(OPTIONS, chance.choice((1, 2, 3, 3, 4, 5, 5, 5)))))


def bundled(ballots: Sequence[Answer], chance: Random) -> list[Batch]:
    """The mixed pile in batches, each slip under its random number."""
    made, at = [], 0
    for size in batch_sizes(len(ballots)):
        numbers = slip_numbers(size, lambda: chance.choice(SLIP_NUMBERS))
        made.append(Batch(dict(zip(numbers, ballots[at : at + size], strict=True)), set(numbers)))
        at += size
    return made


def turn(batch: Batch, which: Turn, chance: Random) -> None:
    """One turn: every slip whose number the header knows is typed; another number is refused."""
    kept = batch.entries[which]
    for number, answer in batch.papers.items():
        said = read(number, answer, chance)
        while (said.slip not in batch.numbers or said.slip in kept) and number in batch.numbers - kept.keys():
            said = read(number, answer, chance)
        if said.slip in batch.numbers:
            kept[said.slip] = said.answer


def third(batch: Batch, chance: Random) -> None:
    """The third look at what differs, until it agrees with an entry or the same has been typed twice."""
    first, second = batch.entries[Turn.FIRST], batch.entries[Turn.SECOND]
    for number in sorted(batch.papers.keys() & first.keys() & second.keys()):
        if first[number] != second[number]:
            again, said = None, read(number, batch.papers[number], chance).answer
            while not settles(said, first=first[number], second=second[number], again=again):
                again, said = said, read(number, batch.papers[number], chance).answer
            batch.entries[Turn.THIRD][number] = said


def enter(batches: Sequence[Batch], chance: Random, *, operators: tuple[int, int] = (1, 2)) -> None:
    """Both turns and the third look; an account that has had a turn at a batch is not given another."""
    for batch in batches:
        sat: dict[int, Turn] = {}
        for due, operator in zip((Turn.FIRST, Turn.SECOND), operators, strict=True):
            if may_take(due, sat.get(operator)):
                sat[operator] = due
                turn(batch, due, chance)
        third(batch, chance)


Decide = Callable[[Answer | None, Answer | None, Answer | None], Answer | None]


def box(seed: int, *, fault: str | None = None, decide: Decide = decided) -> Counted:
    """A box of 20 to 2,000 ballots, counted from the stock to the last slip, with one fault if asked for."""
    chance = Random(f"{seed} {fault}")
    ballots = [cast(chance) for _ in range(round(20 * 100 ** chance.random()))]
    returned, at_home, spoiled, unused = len(ballots), chance.randrange(9), chance.randrange(5), chance.randrange(40)
    pile = list(ballots)
    if fault == "loss":
        pile.pop()
    if fault == "duplicate slip":
        pile.append(chance.choice(pile))
    chance.shuffle(pile)
    batches = bundled(pile, chance)
    if fault == "duplicate batch":
        batches += bundled(list(batches[0].papers.values()), chance)
    if fault == "swapped header":
        other = batches[-1] if len(batches) > 1 else bundled([cast(chance) for _ in range(30)], chance)[0]
        batches[0].numbers, other.numbers = other.numbers, batches[0].numbers
    enter(batches, chance, operators=(1, 1) if fault == "same operator twice" else (1, 2))
    said = outcomes(batches, decide)
    figures = Figures(
        name="Box",
        printed=returned + at_home + spoiled + unused,
        spoiled=spoiled,
        unused=unused,
        stubs=returned,
        issued=returned + at_home,
        returned=returned - (fault == "stub used online"),
        not_returned=at_home,
        headers=sum(len(batch.numbers) for batch in batches),
        slips=sum(len(batch.numbers) for batch in batches),
        accepted=sum(answer is not None and answer.ranking is not None for answer in said),
        rejected=sum(answer is not None and answer.rejected is not None for answer in said),
    )
    return Counted(problems([figures], marked=figures.returned), len(pile), *errors(batches, decide))


def outcomes(batches: Sequence[Batch], decide: Decide) -> list[Answer | None]:
    return [
        decide(*(batch.entries[turn].get(number) for turn in Turn)) for batch in batches for number in batch.numbers
    ]


def errors(batches: Sequence[Batch], decide: Decide) -> tuple[int, int]:
    """How many slips came out otherwise than the paper says, and how many of them both entries read alike."""
    found: Counter[bool] = Counter()
    for batch in batches:
        for number, answer in batch.papers.items():
            first, second, last = (batch.entries[turn].get(number) for turn in Turn)
            if (said := decide(first, second, last)) is not None and said != answer:
                found[first == second] += 1
    return found.total(), found[True]
