"""Reading words that are kept back or removed: what the public sees of them, and whose the words are to read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.core.access import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle
from app.places.models import Area, Neighborhood
from app.proposals.attachments.models import Attachment
from app.proposals.coauthors import queries as coauthors
from app.proposals.models import EstimateLine, Proposal
from app.proposals.names.models import WithheldWords
from app.proposals.names.rules import Ending, Finding, Kind, findings, folded, look_until, replaced

STANDING = (Ending.NO_NAME, Ending.MAY_STAND)
TEXTS = ("title", "summary", "need", "place", "gains", "helpers")


@dataclass(frozen=True, kw_only=True)
class Held:
    """Words that wait for an officer; `words` is None for whoever may not read them."""

    id: int
    kind: Kind
    mark: str
    words: str | None
    note: str
    held_at: datetime

    @property
    def look_until(self) -> datetime:
        """When the office should have looked."""
        return look_until(self.held_at)


@dataclass(frozen=True, kw_only=True)
class Removed:
    """The public trace of words that were removed: what stands in their place, who removed them, when and why."""

    id: int
    mark: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Names:
    """What a proposal's page says about words on somebody else."""

    held: tuple[Held, ...]
    removed: tuple[Removed, ...]
    asked: tuple[Finding, ...]
    """What its author is asked about before a draft is sent."""


def around(proposal_id: int, viewer: Actor | None, *, reads: bool = False) -> Names:
    """All of it for one page; those who write it read what is kept back, and whoever else `reads` by their office."""
    proposal = db.session.get_one(Proposal, proposal_id)
    own = viewer is not None and viewer.id in (proposal.author_id, *coauthors.ids_of(proposal_id))
    if proposal.number is None:
        return Names(held=(), removed=(), asked=tuple(found_in(proposal)) if own else ())
    rows = _rows(proposal_id)
    return Names(
        held=tuple(_held(row, reads=own or reads) for row in rows if row.ending is None),
        removed=tuple(_removed(row) for row in rows if row.ending is Ending.REMOVED),
        asked=(),
    )


def held(withheld_id: int, *, reads: bool) -> tuple[Held, int]:
    """Words that wait for an officer, and the proposal they are of; NotFound where nothing waits."""
    row = db.session.get(WithheldWords, withheld_id)
    if row is None or row.ending is not None:
        raise NotFound
    return _held(row, reads=reads), row.proposal_id


def found_in(proposal: Proposal) -> list[Finding]:
    """What the check finds in the words of a proposal as they stand, each once."""
    known = let_by(proposal)
    texts = [text for _row, _name, text in texts_of(proposal)]
    found = [each for text in texts for each in findings(text, known)]
    return list({folded(each.words): each for each in reversed(found)}.values())[::-1]


def texts_of(proposal: Proposal) -> list[tuple[Proposal | EstimateLine | Attachment, str, str]]:
    """Every text of a proposal that people read: its row, the name of its column, and what it says."""
    rows: list[tuple[Proposal | EstimateLine | Attachment, str, str]] = [
        (proposal, name, getattr(proposal, name)) for name in TEXTS
    ]
    rows += [(line, "label", line.label) for line in proposal.estimate]
    hung = sa.select(Attachment).where(Attachment.proposal_id == proposal.id).order_by(Attachment.id)
    return rows + [(each, "words", each.words) for each in db.session.scalars(hung)]


def let_by(proposal: Proposal) -> list[str]:
    """Words that nobody is asked about here: the names of those who write it, the places of the neighborhood, what an
    officer has let stand in this proposal, and what one has found to be no name anywhere in the neighborhood."""
    writers = {proposal.author_id, *coauthors.ids_of(proposal.id)}
    home = sa.select(Cycle.neighborhood_id).where(Cycle.id == proposal.cycle_id).scalar_subquery()
    cycles = sa.select(Cycle.id).where(Cycle.neighborhood_id == home)
    here = sa.select(WithheldWords.words).join(Proposal, Proposal.id == WithheldWords.proposal_id)
    no_name = sa.and_(WithheldWords.ending == Ending.NO_NAME, Proposal.cycle_id.in_(cycles))
    stands = sa.and_(WithheldWords.ending.in_(STANDING), WithheldWords.proposal_id == proposal.id)
    return [
        *db.session.scalars(sa.select(Person.public_name).where(Person.id.in_(writers))),
        *db.session.scalars(sa.select(Neighborhood.name).where(Neighborhood.id == home)),
        *db.session.scalars(sa.select(Area.name).where(Area.neighborhood_id == home)),
        *db.session.scalars(here.where(sa.or_(no_name, stands))),
    ]


def masks(proposal_id: int) -> list[tuple[str, str]]:
    """Words that are not to be read in any text of a proposal, old or new, with what stands in their place."""
    query = sa.select(WithheldWords.words, WithheldWords.mark, WithheldWords.ending)
    found = db.session.execute(query.where(WithheldWords.proposal_id == proposal_id)).all()
    standing = {folded(words) for words, _mark, ending in found if ending in STANDING}
    waits = [(words, mark) for words, mark, ending in found if ending is None and folded(words) not in standing]
    removed = [(words, mark) for words, mark, ending in found if ending is Ending.REMOVED]
    return sorted([*removed, *waits], key=lambda row: -len(row[0]))


def masked(text: str, masks: Sequence[tuple[str, str]]) -> str:
    """A text with its marks."""
    for words, mark in masks:
        text = replaced(text, words, mark)
    return text


def waiting_in(proposal_ids: Collection[int]) -> list[int]:
    """Which of these proposals have words that wait for an officer: they cannot go on a ballot."""
    query = sa.select(WithheldWords.proposal_id).distinct().order_by(WithheldWords.proposal_id)
    waits = WithheldWords.proposal_id.in_(proposal_ids), WithheldWords.ending.is_(None)
    return list(db.session.scalars(query.where(*waits)))


def _rows(proposal_id: int) -> list[WithheldWords]:
    query = sa.select(WithheldWords).where(WithheldWords.proposal_id == proposal_id)
    return list(db.session.scalars(query.options(joinedload(WithheldWords.ended_by)).order_by(WithheldWords.id)))


def _held(row: WithheldWords, *, reads: bool) -> Held:
    shown = row.words if reads else None
    return Held(id=row.id, kind=row.kind, mark=row.mark, words=shown, note=row.note, held_at=row.held_at)


def _removed(row: WithheldWords) -> Removed:
    assert row.ended_by is not None and row.ended_at is not None
    return Removed(id=row.id, mark=row.mark, by=row.ended_by.public_name, at=row.ended_at, reason=row.reason or "")
