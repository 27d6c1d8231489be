"""Reading paper ballots: boxes with their stock, the sums that must agree, and the rankings they give to the count."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.voting.models import RollEntry
from app.voting.paper.models import (
    PaperBatch,
    PaperBox,
    PaperDifference,
    PaperEntry,
    PaperResolution,
    PaperSlip,
    PaperStock,
    PaperStub,
)
from app.voting.paper.rules import Answer, Balance, Explained, Figures, Rejected, StubStage, Turn, balances, decided
from app.voting.paper.rules import problems as problems_of
from app.voting.rules import Channel


@dataclass(frozen=True, kw_only=True)
class StockFacts:
    """A printing for a box; `spoiled` and `unused` are None until they are counted."""

    id: int
    box_id: int
    language: str
    large_print: bool
    first_stub: int
    printed: int
    spoiled: int | None
    unused: int | None

    @property
    def last_stub(self) -> int:
        """The number of its last stub."""
        return self.first_stub + self.printed - 1


@dataclass(frozen=True, kw_only=True)
class BoxFacts:
    """A ballot box with its printings, and the box its slips are mixed with."""

    id: int
    number: int
    name: str
    joined_to_id: int | None
    stubs: int | None
    stock: tuple[StockFacts, ...]

    @property
    def head_id(self) -> int:
        """The box under which its slips are counted: itself or the one it is joined to."""
        return self.joined_to_id or self.id


@dataclass(frozen=True, kw_only=True)
class SlipAnswers:
    """A slip of a batch that counts, and all that was read on it."""

    id: bytes
    batch_id: int
    number: int
    first: Answer | None
    second: Answer | None
    third: Answer | None

    @property
    def decided(self) -> Answer | None:
        """What it counts as; None while that is open."""
        return decided(self.first, self.second, self.third)


@dataclass(frozen=True, kw_only=True)
class Explanation(Explained):
    """A difference that is explained, with the words for it and the names of the two who agreed on them."""

    number: int
    box: str
    reason: str
    names: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many are missing."""
        return self.expected - self.found


def boxes(vote_id: bytes) -> list[BoxFacts]:
    """The boxes of a vote in order of their numbers."""
    stock = defaultdict(list)
    printings = sa.select(PaperStock).where(PaperStock.vote_id == vote_id).order_by(PaperStock.first_stub)
    for row in db.session.scalars(printings):
        stock[row.box_id].append(_stock(row))
    found = db.session.scalars(sa.select(PaperBox).where(PaperBox.vote_id == vote_id).order_by(PaperBox.number))
    return [
        BoxFacts(
            id=box.id,
            number=box.number,
            name=box.name,
            joined_to_id=box.joined_to_id,
            stubs=box.stubs_counted,
            stock=tuple(stock[box.id]),
        )
        for box in found
    ]


def box(vote_id: bytes, box_id: int) -> BoxFacts:
    """One box of a vote; NotFound for any other."""
    found = next((each for each in boxes(vote_id) if each.id == box_id), None)
    if found is None:
        raise NotFound
    return found


def stock(vote_id: bytes, stock_id: int) -> StockFacts:
    """One printing of a vote; NotFound for any other."""
    row = db.session.scalar(sa.select(PaperStock).where(PaperStock.id == stock_id, PaperStock.vote_id == vote_id))
    if row is None:
        raise NotFound
    return _stock(row)


def figures(vote_id: bytes) -> list[Figures]:
    """The numbers of every box that is not joined to another, with those joined to it."""
    listed = boxes(vote_id)
    stubs, headers, slips = _stubs(vote_id), _headers(vote_id), _slips(vote_id)
    groups = [[each for each in listed if each.head_id == head.id] for head in listed if head.joined_to_id is None]
    return [_figures(group, stubs, headers, slips) for group in groups]


def problems(vote_id: bytes) -> list[Balance]:
    """Every sum that does not agree and is not explained: while there is one the count is blocked."""
    return problems_of(figures(vote_id), marked=marked(vote_id), explained=explanations(vote_id))


def explanations(vote_id: bytes) -> list[Explanation]:
    """Every difference that two members of the board have explained, also those that no longer fit, oldest first."""
    first, second = aliased(Person), aliased(Person)
    query = (
        sa.select(PaperDifference, PaperBox.name, first.public_name, second.public_name)
        .join(PaperBox, PaperBox.id == PaperDifference.box_id)
        .join(first, first.id == PaperDifference.requester_id)
        .join(second, second.id == PaperDifference.approver_id)
        .where(PaperDifference.vote_id == vote_id)
        .order_by(PaperDifference.number)
    )
    return [_explanation(row, box, names) for row, box, *names in db.session.execute(query)]


def explained(vote_id: bytes) -> list[Explanation]:
    """The explanations that fit a difference as it is now; what the count goes on with."""
    known = explanations(vote_id)
    if not known:
        return []
    now_are = [each for box in figures(vote_id) for each in balances(box) if not each.agrees]
    return [each for each in known if any(each.covers(balance) for balance in now_are)]


def accepted_rankings(vote_id: bytes) -> list[tuple[int, ...]]:
    """The rankings of all accepted slips, sorted, so that their order tells nothing. Look at `problems` first."""
    found = (slip.decided for slip in answers(vote_id))
    return sorted(answer.ranking for answer in found if answer is not None and answer.ranking is not None)


def marked(vote_id: bytes) -> int:
    """How many on the roll are marked as having returned a paper ballot."""
    returned = (RollEntry.vote_id == vote_id, RollEntry.channel == Channel.PAPER_RETURNED)
    return db.session.execute(sa.select(sa.func.count()).select_from(RollEntry).where(*returned)).scalar_one()


def answers(vote_id: bytes, *, batch_id: int | None = None) -> list[SlipAnswers]:
    """What was read on the slips of all batches that count, or of one, in order of batch and slip number."""
    first, second = aliased(PaperEntry), aliased(PaperEntry)
    query = (
        sa.select(
            PaperSlip.id,
            PaperSlip.batch_id,
            PaperSlip.number,
            first.ranking,
            first.rejected,
            second.ranking,
            second.rejected,
            PaperResolution.ranking,
            PaperResolution.rejected,
        )
        .join(PaperBatch, PaperBatch.id == PaperSlip.batch_id)
        .outerjoin(first, sa.and_(first.slip_id == PaperSlip.id, first.turn == Turn.FIRST))
        .outerjoin(second, sa.and_(second.slip_id == PaperSlip.id, second.turn == Turn.SECOND))
        .outerjoin(PaperResolution, PaperResolution.slip_id == PaperSlip.id)
        .where(PaperBatch.vote_id == vote_id, PaperBatch.void_reason.is_(None))
        .order_by(PaperSlip.batch_id, PaperSlip.number)
    )
    if batch_id is not None:
        query = query.where(PaperSlip.batch_id == batch_id)
    return [_slip_answers(*row) for row in db.session.execute(query)]


def answer_of(ranking: list[int] | None, rejected: Rejected | None) -> Answer | None:
    """What the two columns of an entry say; None for an entry that is not there."""
    if ranking is None and rejected is None:
        return None
    return Answer(ranking=None if ranking is None else tuple(ranking), rejected=rejected)


def _slip_answers(slip_id: bytes, batch_id: int, number: int, *said: Any) -> SlipAnswers:
    first, second, third = (answer_of(*said[at : at + 2]) for at in (0, 2, 4))
    return SlipAnswers(id=slip_id, batch_id=batch_id, number=number, first=first, second=second, third=third)


def _explanation(row: PaperDifference, box: str, names: Sequence[str]) -> Explanation:
    return Explanation(
        box_id=row.box_id,
        sum=row.sum,
        expected=row.expected,
        found=row.found,
        number=row.number,
        box=box,
        reason=row.reason,
        names=tuple(names),
    )


def _stock(row: PaperStock) -> StockFacts:
    return StockFacts(
        id=row.id,
        box_id=row.box_id,
        language=row.language,
        large_print=row.large_print,
        first_stub=row.first_stub,
        printed=row.printed,
        spoiled=row.spoiled,
        unused=row.unused,
    )


def _stubs(vote_id: bytes) -> dict[tuple[int, StubStage, bool], int]:
    """How many stubs of each box are at each stage, apart by whether the roll marks their voter as returned."""
    is_marked = RollEntry.channel == Channel.PAPER_RETURNED
    query = (
        sa.select(PaperStock.box_id, PaperStub.stage, is_marked, sa.func.count())
        .join(PaperStock, PaperStock.id == PaperStub.stock_id)
        .join(RollEntry, RollEntry.id == PaperStub.roll_entry_id)
        .where(PaperStub.vote_id == vote_id)
        .group_by(PaperStock.box_id, PaperStub.stage, is_marked)
    )
    return {(box_id, stage, bool(is_in)): count for box_id, stage, is_in, count in db.session.execute(query)}


def _headers(vote_id: bytes) -> dict[int, int]:
    counts = (PaperBatch.vote_id == vote_id, PaperBatch.void_reason.is_(None))
    query = sa.select(PaperBatch.box_id, sa.func.sum(PaperBatch.size)).where(*counts).group_by(PaperBatch.box_id)
    return {box_id: int(size) for box_id, size in db.session.execute(query)}


def _slips(vote_id: bytes) -> dict[int, list[Answer | None]]:
    """What each slip of a box counts as; nothing before its batch is entered twice, so that the second stays blind."""
    query = sa.select(PaperBatch.id, PaperBatch.box_id).where(PaperBatch.vote_id == vote_id)
    box_of = {batch_id: box_id for batch_id, box_id in db.session.execute(query)}
    slips = answers(vote_id)
    unfinished = {slip.batch_id for slip in slips if slip.second is None}
    found = defaultdict(list)
    for slip in slips:
        found[box_of[slip.batch_id]].append(None if slip.batch_id in unfinished else slip.decided)
    return found


def _figures(
    group: list[BoxFacts],
    stubs: Mapping[tuple[int, StubStage, bool], int],
    headers: Mapping[int, int],
    slips: Mapping[int, list[Answer | None]],
) -> Figures:
    ids = {each.id for each in group}
    stock = [printing for each in group for printing in each.stock]

    def at(*stages: StubStage, returned: bool | None = None) -> int:
        return sum(
            count
            for (box_id, stage, is_in), count in stubs.items()
            if box_id in ids and stage in stages and returned in (None, is_in)
        )

    outcomes = [outcome for each in group for outcome in slips.get(each.id, ())]
    return Figures(
        box_id=group[0].head_id,
        name=" + ".join(each.name for each in group),
        printed=sum(printing.printed for printing in stock),
        spoiled=_counted([printing.spoiled for printing in stock]),
        unused=_counted([printing.unused for printing in stock]),
        stubs=_counted([each.stubs for each in group]),
        issued=at(StubStage.ISSUED, StubStage.RETURNED, StubStage.LOST),
        returned=at(StubStage.RETURNED, returned=True),
        not_returned=at(StubStage.ISSUED, StubStage.LOST),
        headers=sum(headers.get(each.id, 0) for each in group),
        slips=len(outcomes),
        accepted=sum(outcome is not None and outcome.ranking is not None for outcome in outcomes),
        rejected=sum(outcome is not None and outcome.rejected is not None for outcome in outcomes),
    )


def _counted(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
