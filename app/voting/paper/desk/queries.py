"""Reading the roll at the desk: who is meant by a name or a reference, and which ballot they have."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person, Residence
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, page_of
from app.voting.models import RollEntry
from app.voting.paper.models import PaperStub
from app.voting.paper.rules import IN_FORCE, StubStage
from app.voting.roll.models import Listing
from app.voting.rules import Channel

SIZE = 20


@dataclass(frozen=True, kw_only=True)
class Voter:
    """Somebody on the roll as the desk sees them: never how they voted, only whether and on what."""

    entry_id: bytes
    name: str
    detail: str
    channel: Channel
    stub: int | None
    stub_stage: StubStage | None

    @property
    def reference(self) -> str:
        """How the desk finds them again: the first digits of their random id."""
        return self.entry_id.hex()[:8]


@dataclass(frozen=True, kw_only=True)
class StubFacts:
    """A ballot by its stub, and who has it."""

    number: int
    stage: StubStage
    by_post: bool
    note: str | None
    voter: Voter


def _names() -> sa.Subquery:
    """(entry_id, name, detail, listed_as) of everybody on a roll, by the list they stand on or by their account."""
    query = (
        sa.select(
            RollEntry.id.label("entry_id"),
            sa.func.coalesce(Listing.name, Person.public_name).label("name"),
            sa.func.coalesce(Listing.address, Residence.address, "").label("detail"),
            sa.func.coalesce(Listing.reference, "").label("listed_as"),
        )
        .outerjoin(Person, Person.id == RollEntry.person_id)
        .outerjoin(Residence, Residence.person_id == Person.id)
        .outerjoin(Listing, Listing.id == RollEntry.listing_id)
    )
    return query.subquery()


def voters(vote_id: bytes, words: str, *, number: int = 1) -> Page[Voter]:
    """The voters whose name, address or reference holds `words`, by name."""
    query, names = _voters(vote_id)
    matches: list[sa.ColumnElement[bool]] = [
        names.c.name.icontains(words, autoescape=True),
        names.c.detail.icontains(words, autoescape=True),
        names.c.listed_as == words,
    ]
    start = _reference(words)
    if start is not None:
        matches.append(RollEntry.id.between(start, start + b"\xff" * (16 - len(start))))
    query = query.where(sa.or_(*matches)).order_by(names.c.name, RollEntry.id)
    return page_of(query, number=number, size=SIZE, row=_voter)


def voter(vote_id: bytes, entry_id: bytes) -> Voter:
    """One voter of a vote; NotFound for any other."""
    query, _names_of_all = _voters(vote_id)
    row = db.session.execute(query.where(RollEntry.id == entry_id)).first()
    if row is None:
        raise NotFound
    return _voter(*row)


def stub(vote_id: bytes, number: int) -> StubFacts | None:
    """The ballot with that number; None where none has been handed out."""
    row = db.session.scalar(sa.select(PaperStub).where(PaperStub.vote_id == vote_id, PaperStub.number == number))
    if row is None:
        return None
    return StubFacts(
        number=row.number,
        stage=row.stage,
        by_post=row.by_post,
        note=row.note,
        voter=voter(vote_id, row.roll_entry_id),
    )


def tally(vote_id: bytes) -> dict[StubStage, int]:
    """How many ballots are at each stage."""
    query = sa.select(PaperStub.stage, sa.func.count()).where(PaperStub.vote_id == vote_id).group_by(PaperStub.stage)
    found = {stage: count for stage, count in db.session.execute(query)}
    return {stage: found.get(stage, 0) for stage in StubStage}


def _voters(vote_id: bytes) -> tuple[sa.Select[*tuple[Any, ...]], sa.Subquery]:
    names = _names()
    in_force = sa.and_(PaperStub.roll_entry_id == RollEntry.id, PaperStub.stage.in_(IN_FORCE))
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(RollEntry.id, names.c.name, names.c.detail, RollEntry.channel, PaperStub.number, PaperStub.stage)
        .join(names, names.c.entry_id == RollEntry.id)
        .outerjoin(PaperStub, in_force)
        .where(RollEntry.vote_id == vote_id)
    )
    return query, names


def _reference(words: str) -> bytes | None:
    """The first bytes that a reference like `3fa901c2` stands for; None for anything else."""
    try:
        return bytes.fromhex(words) if 4 <= len(words) <= 32 else None
    except ValueError:
        return None


def _voter(
    entry_id: bytes, name: str, detail: str, channel: Channel, number: int | None, stage: StubStage | None
) -> Voter:
    return Voter(entry_id=entry_id, name=name, detail=detail, channel=channel, stub=number, stub_stage=stage)
