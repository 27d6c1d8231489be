"""Reading proposals in the language of their reader, and for those who translate them."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.cycles.queries import CycleFacts
from app.proposals.ballot_texts import queries as ballot_texts
from app.proposals.models import Proposal
from app.proposals.queries import ProposalCard, ProposalDetail
from app.proposals.revisions.models import ProposalRevision
from app.proposals.rules import BALLOTED, LEFT, Stage, code
from app.proposals.wordings.rules import Field, Said, once_each
from app.translating import queries as translations
from app.translating.queries import TranslationRow
from app.translating.rules import Rendering, text_hash

Card = TypeVar("Card", bound=ProposalCard)
Wordings = Mapping[tuple[int, str], TranslationRow]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A text of a proposal on the page of those who translate, with its newest wording."""

    field: Field
    words: str
    mark: str
    newest: TranslationRow | None
    is_outdated: bool
    """Whether it was changed since somebody translated it, and nobody has translated it since."""

    @property
    def is_done(self) -> bool:
        """Whether readers see it in this language."""
        return self.newest is not None and self.newest.is_public


@dataclass(frozen=True, kw_only=True)
class Row:
    """A proposal in the list of those who translate: how many of its texts nobody has translated, or read over."""

    id: int
    code: str
    title: str
    stage: Stage
    texts: int
    missing: int
    unread: int

    @property
    def is_done(self) -> bool:
        """Whether readers see all of it in this language."""
        return not self.missing and not self.unread


def in_language(cards: Sequence[Card], language: str, *, as_written: bool = False) -> list[Card]:
    """Proposals in their reader's language, text by text where somebody has read a translation over.

    What stood on a ballot keeps the title that the ballot has in that language. Two statements at the most, and none
    where everything was written in it; with `as_written` the words stay and only say that there are others.
    """
    others = [each for each in cards if each.source != language and each.stage not in (Stage.DRAFT, Stage.WITHDRAWN)]
    if not others:
        return list(cards)
    texts = [(each.neighborhood_id, words) for each in others for words in _texts(each).values()]
    there = translations.beside_each(texts, language)
    titles = ballot_texts.titles([each.id for each in others if each.stage in BALLOTED], language)
    foreign = {each.id for each in others}
    return [_told(each, there, titles.get(each.id), as_written) if each.id in foreign else each for each in cards]


def one_in_language(proposal: ProposalDetail, language: str, *, as_written: bool = False) -> ProposalDetail:
    """The same of one proposal in full, which also says which translations are out of date."""
    (told,) = in_language([proposal], language, as_written=as_written)
    if told.said is None or not told.said.missing:
        return told
    old = _outdated(proposal, told.said.missing, language)
    return replace(told, said=replace(told.said, outdated=tuple(each for each in told.said.missing if each in old)))


def entries(proposal: ProposalDetail, language: str) -> list[Entry]:
    """The texts of a proposal with what there is of each in a language; NotFound in the one it is written in.

    Nobody translates a title that stands on the ballot in that language.
    """
    if language == proposal.source or not proposal.code or proposal.is_gone:
        raise NotFound
    texts = _texts(proposal)
    if proposal.stage in BALLOTED and ballot_texts.titles([proposal.id], language):
        texts.pop(Field.TITLE.value)
    newest = translations.newest(proposal.neighborhood_id, [text_hash(each) for each in texts.values()], language)
    old = _outdated(proposal, tuple(name for name, words in texts.items() if text_hash(words) not in newest), language)
    return [
        Entry(
            field=Field(name),
            words=words,
            mark=text_hash(words),
            newest=newest.get(text_hash(words)),
            is_outdated=name in old,
        )
        for name, words in texts.items()
    ]


def entry(proposal: ProposalDetail, language: str, name: str) -> Entry:
    """One of them; NotFound where the proposal says nothing there."""
    found = next((each for each in entries(proposal, language) if each.field == name), None)
    if found is None:
        raise NotFound
    return found


def worklist(cycle: CycleFacts, language: str) -> list[Row]:
    """The public proposals of a cycle, those with something to do first, in three statements."""
    columns = [getattr(Proposal, each.value) for each in Field]
    query = sa.select(Proposal.id, Proposal.number, Proposal.stage, *columns).order_by(Proposal.number)
    query = query.where(Proposal.cycle_id == cycle.id, Proposal.number.is_not(None), Proposal.stage.not_in(LEFT))
    found = [tuple(row) for row in db.session.execute(query)]
    marks = translations.marks(cycle.neighborhood_id, language)
    settled = ballot_texts.titles([id_ for id_, _number, stage, *_texts in found if stage in BALLOTED], language)
    rows = [_row(cycle, marks, row, settled) for row in found]
    return sorted(rows, key=lambda each: each.is_done)


def _row(cycle: CycleFacts, marks: Mapping[str, bool], row: Sequence[Any], settled: Container[int]) -> Row:
    id_, number, stage, title, *rest = row
    said = [text_hash(each) for each in (*rest, None if id_ in settled else title) if each]
    return Row(
        id=id_,
        code=code(cycle.year, number),
        title=title,
        stage=stage,
        texts=len(said),
        missing=sum(each not in marks for each in said),
        unread=sum(not marks.get(each, True) for each in said),
    )


def _texts(card: ProposalCard) -> dict[str, str]:
    """What of it is translated, by the names of its columns; what it does not say is left out."""
    found = {each.value: getattr(card, each.value, None) for each in Field}
    return {name: words for name, words in found.items() if words}


def _told(card: Card, there: Wordings, on_ballot: str | None, as_written: bool) -> Card:
    texts = _texts(card)
    rows = {name: row for name, words in texts.items() if (row := there.get((card.neighborhood_id, words)))}
    wordings: dict[str, Any] = {name: row.wording for name, row in rows.items()}
    if on_ballot:
        rows.pop(Field.TITLE.value, None)
        wordings[Field.TITLE.value] = on_ballot
    said = Said(
        source=card.source,
        fields=frozenset(wordings),
        summaries=frozenset(name for name, row in rows.items() if row.rendering is Rendering.SUMMARY),
        missing=tuple(name for name in texts if name not in wordings),
        as_on_ballot=bool(on_ballot),
        by=once_each(row.by for row in rows.values()),
        read_by=once_each(row.read_by for row in rows.values()),
        read_on=max((row.read_on for row in rows.values() if row.read_on), default=None),
        is_shown=not as_written,
    )
    return replace(card, said=said, **({} if as_written else wordings))


def _outdated(proposal: ProposalDetail, names: Iterable[str], language: str) -> frozenset[str]:
    """Those of these texts that said something else before, which somebody had translated."""
    kept = [each for each in names if hasattr(ProposalRevision, each)]
    if not kept:
        return frozenset()
    query = sa.select(*(getattr(ProposalRevision, each) for each in kept))
    found = db.session.execute(query.where(ProposalRevision.proposal_id == proposal.id)).all()
    earlier = {name: {text_hash(row[at]) for row in found if row[at]} for at, name in enumerate(kept)}
    known = translations.public(proposal.neighborhood_id, frozenset().union(*earlier.values()), language)
    return frozenset(name for name, marks in earlier.items() if marks & known.keys())
