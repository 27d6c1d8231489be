"""Paper ballots as sums and comparisons: sizes of batches, numbers of slips, what two entries decide, what must agree.

Source: voting.md section 8.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

SMALLEST_BATCH = 10
"""No batch is smaller, so that nobody can be found in it; unless the whole vote has fewer paper ballots."""
LARGEST_BATCH = 50
SLIP_NUMBERS = range(1000, 10_000)
LEAST_SEARCHED = 20
"""How long, in characters, the account is of what was done to find missing paper."""


class StubStage(StrEnum):
    """Where a ballot is, as its numbered stub tells it."""

    ISSUED = "issued"
    RETURNED = "returned"
    SPOILED = "spoiled"
    LOST = "lost"


IN_FORCE = (StubStage.ISSUED, StubStage.RETURNED)
"""Of these a voter has one at the most."""


class Turn(StrEnum):
    """Which look at a batch an account takes; it has one turn at each batch."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class Rejected(StrEnum):
    """Why a slip gives no ballot."""

    BLANK = "blank"
    UNCLEAR = "unclear"
    NOT_A_BALLOT = "not_a_ballot"
    TOO_MANY = "too_many"
    SIGNED = "signed"


class Sum(StrEnum):
    """What must agree before the count (section 8, step 5)."""

    STOCK = "stock"
    ROLL = "roll"
    STUBS = "stubs"
    HEADERS = "headers"
    SLIPS = "slips"
    ENTRIES = "entries"


EXPLAINABLE = (Sum.STOCK, Sum.STUBS, Sum.SLIPS)
"""Where paper can be missing for good; the other sums are put right in the program or on the roll."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody read on a slip: option numbers, best first, or why it is no ballot."""

    ranking: tuple[int, ...] | None = field(default=None, repr=False)
    rejected: Rejected | None = None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The numbers of one box, with those joined to it: sheets, stubs, slips. None where nobody has counted yet."""

    name: str
    printed: int
    spoiled: int | None
    unused: int | None
    stubs: int | None
    """The torn-off stubs of returned ballots, counted by hand."""
    issued: int
    returned: int
    """Stubs taken back whose voter is marked on the roll as having returned a paper ballot."""
    not_returned: int
    headers: int
    """The sum on the headers of the batches."""
    slips: int
    """Slips that have their number."""
    accepted: int
    rejected: int
    box_id: int = 0
    """0 for all boxes together."""


@dataclass(frozen=True, kw_only=True)
class Balance:
    """One sum of one box: both sides, None where something has not been counted."""

    box: str
    sum: Sum
    left: int | None
    right: int | None
    box_id: int = 0

    @property
    def agrees(self) -> bool:
        """Whether the two sides are known and equal."""
        return self.left is not None and self.left == self.right


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A difference that two members of the board have explained: the two sides of the sum as they were then."""

    box_id: int
    sum: Sum
    expected: int
    found: int

    def covers(self, balance: Balance) -> bool:
        """Whether it is this very difference: once either side has changed, nothing explains it."""
        sides = (self.box_id, self.sum, self.expected, self.found)
        return sides == (balance.box_id, balance.sum, balance.left, balance.right)


def can_be_explained(balance: Balance) -> bool:
    """Whether something is missing in a sum of paper. What is too many is a vote nobody cast, and never explained."""
    if balance.left is None or balance.right is None or balance.sum not in EXPLAINABLE or not balance.box_id:
        return False
    return balance.right < balance.left


def balances(figures: Figures) -> list[Balance]:
    """Every sum of a box, in the order in which ballots travel."""
    by_hand = None if figures.spoiled is None or figures.unused is None else figures.spoiled + figures.unused
    sides: list[tuple[Sum, int | None, int | None]] = [
        (Sum.STOCK, figures.printed, None if by_hand is None else figures.issued + by_hand),
        (Sum.ROLL, figures.issued, figures.returned + figures.not_returned),
        (Sum.STUBS, figures.returned, figures.stubs),
        (Sum.HEADERS, figures.headers, figures.slips),
        (Sum.SLIPS, figures.returned, figures.slips),
        (Sum.ENTRIES, figures.slips, figures.accepted + figures.rejected),
    ]
    return [
        Balance(box=figures.name, sum=kind, left=left, right=right, box_id=figures.box_id)
        for kind, left, right in sides
    ]


def problems(boxes: Iterable[Figures], *, marked: int, explained: Sequence[Explained] = ()) -> list[Balance]:
    """Every sum that does not agree and is not explained; empty lets the count go on.

    `marked` is how many on the roll returned a paper ballot.
    """
    listed = list(boxes)
    wrong = [each for figures in listed for each in balances(figures) if not each.agrees]
    wrong = [each for each in wrong if not any(known.covers(each) for known in explained)]
    returned = sum(figures.returned for figures in listed)
    if returned != marked:
        wrong.append(Balance(box="", sum=Sum.ROLL, left=marked, right=returned))
    return wrong


def total(boxes: Sequence[Figures], name: str) -> Figures:
    """All boxes as one; something nobody has counted stays unknown."""
    return Figures(
        name=name,
        printed=sum(each.printed for each in boxes),
        spoiled=_known([each.spoiled for each in boxes]),
        unused=_known([each.unused for each in boxes]),
        stubs=_known([each.stubs for each in boxes]),
        issued=sum(each.issued for each in boxes),
        returned=sum(each.returned for each in boxes),
        not_returned=sum(each.not_returned for each in boxes),
        headers=sum(each.headers for each in boxes),
        slips=sum(each.slips for each in boxes),
        accepted=sum(each.accepted for each in boxes),
        rejected=sum(each.rejected for each in boxes),
    )


def _known(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def batch_sizes(slips: int) -> list[int]:
    """How a mixed pile is bundled: as few batches as hold it, as equal as can be, 25 to 50 each once there are 25."""
    batches = -(-slips // LARGEST_BATCH)
    return [slips // batches + (n < slips % batches) for n in range(batches)]


def may_be_this_small(size: int, *, whole_vote: int) -> bool:
    """Whether a batch of `size` may be made; below ten only if it holds all the paper ballots the vote has."""
    return size >= SMALLEST_BATCH or size == whole_vote


def slip_numbers(size: int, draw: Callable[[], int]) -> list[int]:
    """So many four-digit numbers of which no two differ in one digit only, or in two neighbors that changed places.

    So one wrong key hits no other slip. `draw` gives a number of SLIP_NUMBERS by chance each time it is called.
    """
    numbers: list[int] = []
    seen: set[tuple[int, str]] = set()
    while len(numbers) < size:
        number = draw()
        digits = str(number)
        one_wrong = {(at, digits[:at] + digits[at + 1 :]) for at in range(len(digits))}
        swapped = {int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) for at in range(len(digits) - 1)}
        if not one_wrong & seen and not swapped & set(numbers):
            numbers.append(number)
            seen |= one_wrong
    return numbers


def may_take(due: Turn | None, mine: Turn | None) -> bool:
    """Whether somebody who has had the turn `mine` at a batch may take the one that is due: each has one turn."""
    return due is not None and mine in (None, due)


def decided(first: Answer | None, second: Answer | None, third: Answer | None) -> Answer | None:
    """What a slip counts as: what both entries say, else what the third look found; None while that is open."""
    if first is None or second is None:
        return None
    return first if first == second else third


def differ(first: Answer | None, second: Answer | None) -> bool:
    """Whether a slip has been entered twice and not alike."""
    return first is not None and second is not None and first != second
