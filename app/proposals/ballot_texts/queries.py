"""Reading short texts: the newest of each proposal with its other languages, and how far those of a cycle are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.access import Actor
from app.core.db import db
from app.core.paging import Page, page_of
from app.cycles.queries import CycleFacts
from app.cycles.rules import PlanFacts
from app.proposals.ballot_texts import policies
from app.proposals.ballot_texts.models import BallotText, BallotTranslation
from app.proposals.ballot_texts.rules import ApprovedAs, silent_from
from app.proposals.models import Proposal
from app.proposals.queries import ProposalDetail
from app.proposals.rules import Stage, code, open_to_change

PAGE_SIZE = 25


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Title and short text in one language."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class TextFacts:
    """A short text as everybody may read it; `translations` by language, of this very text only."""

    id: int
    proposal_id: int
    author_id: int
    number: int
    language: str
    text: str
    word_count: int
    hash: str
    written_by_id: int
    written_by: str
    written_at: datetime
    approved_as: ApprovedAs | None
    approved_by: str | None
    approved_at: datetime | None
    reason: str | None
    translations: Mapping[str, Wording] = field(default_factory=dict)

    @property
    def is_approved(self) -> bool:
        """Whether it may stand on a ballot."""
        return self.approved_at is not None

    def missing(self, languages: Collection[str]) -> list[str]:
        """The languages of the neighborhood in which nobody has said it yet."""
        return [each for each in languages if each != self.language and each not in self.translations]


@dataclass(frozen=True, kw_only=True)
class Around:
    """The short text of one proposal for one viewer: what there is, and what they can do about it."""

    asked: bool
    text: TextFacts | None
    may_write: bool
    may_approve: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """A feasible proposal with its short text, for those who see to it that all are there."""

    proposal_id: int
    code: str
    title: str
    text: TextFacts | None
    silent_from: datetime | None
    missing: tuple[str, ...]


def newest(proposal_ids: Sequence[int]) -> dict[int, TextFacts]:
    """The text that counts of each of these proposals, with its other languages, in two statements."""
    later = sa.orm.aliased(BallotText)
    overtaken = sa.exists().where(later.proposal_id == BallotText.proposal_id, later.number > BallotText.number)
    query = _READ.where(BallotText.proposal_id.in_(proposal_ids), ~overtaken)
    found = list(db.session.scalars(query)) if proposal_ids else []
    said = _translations([row.id for row in found])
    return {row.proposal_id: _facts(row, said.get(row.id, {})) for row in found}


def titles(proposal_ids: Collection[int], language: str) -> dict[int, str]:
    """The titles that proposals have on their ballots in another language, where it has them; at most one statement."""
    if not proposal_ids:
        return {}
    later = sa.orm.aliased(BallotText)
    overtaken = sa.exists().where(later.proposal_id == BallotText.proposal_id, later.number > BallotText.number)
    query = (
        sa.select(BallotText.proposal_id, BallotTranslation.title)
        .join(BallotTranslation, BallotTranslation.text_id == BallotText.id)
        .where(BallotText.proposal_id.in_(proposal_ids), BallotTranslation.language == language, ~overtaken)
        .order_by(BallotTranslation.id)
    )
    return {id_: title for id_, title in db.session.execute(query)}


def history(proposal_id: int) -> list[TextFacts]:
    """Every short text of a proposal, the newest first."""
    query = _READ.where(BallotText.proposal_id == proposal_id).order_by(BallotText.number.desc())
    found = list(db.session.scalars(query))
    said = _translations([row.id for row in found])
    return [_facts(row, said.get(row.id, {})) for row in found]


def around(proposal: ProposalDetail, cycle: CycleFacts, viewer: Actor | None) -> Around:
    """What a proposal's page says about its short text."""
    asked = cycle.plan is not None and cycle.plan.asks_short_texts
    text = newest([proposal.id]).get(proposal.id) if asked else None
    open_now = asked and proposal.stage is Stage.FEASIBLE and open_to_change(proposal.cycle_stage)
    may = viewer is not None and policies.may_write(
        viewer, author_id=proposal.author_id, neighborhood_id=proposal.neighborhood_id
    )
    waits = text is not None and not text.is_approved and viewer is not None and viewer.id == proposal.author_id
    return Around(asked=asked, text=text, may_write=open_now and may, may_approve=open_now and waits)


def waiting_for(author_id: int) -> list[TextFacts]:
    """The short texts that wait for this author's answer while their ballot is open."""
    query = (
        sa.select(BallotText.proposal_id)
        .join(Proposal, Proposal.id == BallotText.proposal_id)
        .where(BallotText.author_id == author_id, BallotText.approved_at.is_(None), Proposal.stage == Stage.FEASIBLE)
    )
    ids = set(db.session.scalars(query))
    return [text for text in newest(sorted(ids)).values() if not text.is_approved]


def worklist(cycle: CycleFacts, *, page: int = 1) -> Page[Row]:
    """The feasible proposals of a cycle with their short texts, those without an approved one first."""
    approved = sa.exists().where(BallotText.proposal_id == Proposal.id, BallotText.approved_at.is_not(None))
    query = (
        sa.select(Proposal.id, Proposal.number, Proposal.title)
        .where(Proposal.cycle_id == cycle.id, Proposal.stage == Stage.FEASIBLE)
        .order_by(approved, Proposal.number)
    )
    found = page_of(query, number=page, size=PAGE_SIZE, row=lambda id_, number, title: (id_, number, title))
    texts = newest([id_ for id_, _number, _title in found.items])
    rows = [_row(cycle, id_, number, title, texts.get(id_)) for id_, number, title in found.items]
    return found.told(rows)


_READ = sa.select(BallotText).options(
    joinedload(BallotText.written_by, innerjoin=True), joinedload(BallotText.approved_by)
)


def _row(cycle: CycleFacts, id_: int, number: int, title: str, text: TextFacts | None) -> Row:
    return Row(
        proposal_id=id_,
        code=code(cycle.year, number),
        title=title,
        text=text,
        silent_from=_silent_from(cycle.plan, text),
        missing=tuple(text.missing(cycle.languages)) if text else (),
    )


def _silent_from(plan: PlanFacts | None, text: TextFacts | None) -> datetime | None:
    if text is None or text.is_approved or plan is None or plan.texts_until is None:
        return None
    return silent_from(text.written_at, plan.texts_until)


def _translations(text_ids: Sequence[int]) -> dict[int, dict[str, Wording]]:
    said: dict[int, dict[str, Wording]] = {}
    if not text_ids:
        return said
    query = sa.select(BallotTranslation).where(BallotTranslation.text_id.in_(text_ids)).order_by(BallotTranslation.id)
    for row in db.session.scalars(query):
        said.setdefault(row.text_id, {})[row.language] = Wording(title=row.title, text=row.text)
    return said


def _facts(row: BallotText, translations: Mapping[str, Wording]) -> TextFacts:
    return TextFacts(
        id=row.id,
        proposal_id=row.proposal_id,
        author_id=row.author_id,
        number=row.number,
        language=row.language,
        text=row.text,
        word_count=row.word_count,
        hash=row.hash,
        written_by_id=row.written_by_id,
        written_by=row.written_by.public_name,
        written_at=row.written_at,
        approved_as=row.approved_as,
        approved_by=row.approved_by.public_name if row.approved_by else None,
        approved_at=row.approved_at,
        reason=row.reason,
        translations=translations,
    )
