"""Asking the index: one interface, answered by FTS5 on SQLite and by tsvector and trigrams on PostgreSQL.

Every question reaches the database as a bound value made of folded words only, so nothing typed is ever an operator.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

import sqlalchemy as sa
from flask import current_app

from app.core.db import db
from app.proposals.models import Proposal
from app.proposals.rules import LEFT, read_code
from app.proposals.search.models import ProposalWords
from app.proposals.search.rules import ALIKE, CLOSE, Term, folded, likeness, nearest, reads_like, telling_words, terms

Ids = sa.Select[int]
"""Ids of proposals."""
Ranked = sa.Select[int, float]
"""Ids of proposals with their rank, the lowest first."""
BEGINNING = 3
MOST_WORDS = 24
CANDIDATES = 40
TRIGRAMS = "whether PostgreSQL compares by trigrams"


class Index(Protocol):
    """What a database can be asked about the words of proposals."""

    def saying(self, wanted: Sequence[Term]) -> Ids:
        """Proposals that say all of these somewhere."""

    def titled(self, wanted: Sequence[Term], *, every: bool) -> Ids:
        """Proposals that say all of these in their title, or any of them."""

    def near(self, title: str, words: Sequence[str]) -> Ranked:
        """Proposals that share any of `words` (folded, perhaps only begun; none: look at titles only) or whose title
        reads like `title`."""


class Fts5:
    """SQLite's full-text index."""

    def saying(self, wanted: Sequence[Term]) -> Ids:
        """All the terms, each a phrase."""
        return self._matching(" AND ".join(map(self._phrase, wanted)))

    def titled(self, wanted: Sequence[Term], *, every: bool) -> Ids:
        """The same in one column."""
        return self._matching(f"{{title}} : ({(' AND ' if every else ' OR ').join(map(self._phrase, wanted))})")

    def near(self, title: str, words: Sequence[str]) -> Ranked:
        """Any of the words, and in place of trigrams words that begin like those of the title."""
        asked = dict.fromkeys([*words, *_beginnings(title)])
        any_of = " OR ".join(self._phrase(Term(words=(word,))) for word in asked)
        query = self._matching(any_of if words else f"{{title}} : ({any_of})")
        rank: sa.ColumnClause[float] = sa.literal_column("bm25(proposal_search, 10.0, 1.0)", sa.Float)
        # Limited, though to all: SQLite otherwise asks the index anew for every proposal it is joined with.
        return query.add_columns(rank.label("rank")).limit(-1)

    @staticmethod
    def _phrase(term: Term) -> str:
        return f'"{" ".join(term.words)}"' + ("*" if term.begun else "")

    @staticmethod
    def _matching(question: str) -> Ids:
        ids: sa.ColumnClause[int] = sa.literal_column("proposal_search.rowid", sa.Integer)
        query = sa.select(ids.label("id")).select_from(sa.table("proposal_search"))
        return query.where(sa.literal_column("proposal_search", sa.Text).op("MATCH")(question))


class Tsvector:
    """PostgreSQL's full-text column, and the likeness of titles by trigrams where its extension could be made."""

    def __init__(self, *, trigrams: bool) -> None:
        self.trigrams = trigrams

    def saying(self, wanted: Sequence[Term]) -> Ids:
        """All the terms, each a phrase."""
        return self._matching(" & ".join(self._phrase(term) for term in wanted))

    def titled(self, wanted: Sequence[Term], *, every: bool) -> Ids:
        """The same among the words of weight A, which are those of the title."""
        return self._matching((" & " if every else " | ").join(self._phrase(term, "A") for term in wanted))

    def near(self, title: str, words: Sequence[str]) -> Ranked:
        """Any of the words, words that begin like those of the title, or a title with a part that reads like it."""
        begun = ":*" if words else ":*A"
        question = " | ".join(f"{word}{begun}" for word in dict.fromkeys([*words, *_beginnings(title)]))
        shares = sa.func.ts_rank(_DOCUMENT, sa.func.to_tsquery("simple", question))
        alike = sa.func.word_similarity(title, ProposalWords.title) if self.trigrams else sa.literal(0)
        reads_alike = ProposalWords.title.op("%>", is_comparison=True)(title) if self.trigrams else sa.false()
        query = sa.select(ProposalWords.proposal_id.label("id"), (-shares - alike).label("rank"))
        return query.where(sa.or_(self._matches(question), reads_alike))

    @staticmethod
    def _phrase(term: Term, weight: str = "") -> str:
        exact, begun = (f":{weight}" if weight else ""), f":*{weight}"
        return "(" + f"{exact} <-> ".join(term.words) + (begun if term.begun else exact) + ")"

    @staticmethod
    def _matches(question: str) -> sa.ColumnElement[bool]:
        return _DOCUMENT.op("@@", is_comparison=True)(sa.func.to_tsquery("simple", question))

    def _matching(self, question: str) -> Ids:
        return sa.select(ProposalWords.proposal_id.label("id")).where(self._matches(question))


_DOCUMENT: sa.ColumnClause[str] = sa.literal_column("proposal_words.document")


def index() -> Index:
    """The index of the database this site has."""
    return Fts5() if db.engine.dialect.name == "sqlite" else Tsvector(trigrams=_has_trigrams())


def says(typed: str) -> sa.ColumnElement[bool]:
    """Whether a proposal says everything somebody typed: none does where that holds no word at all."""
    wanted = terms(typed)
    if not wanted:
        return sa.false()
    saying = index().saying(wanted)
    return sa.and_(saying.exists(), Proposal.id.in_(saying))  # where none does, no list need be gone through


def best(typed: str, id_: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """Where a proposal stands among those that say it: all of it in the title, then some of it, then the rest.

    Nothing finer: how often a word is said says little, and would be worth saying it more often.
    """
    wanted, asked = terms(typed), index()
    if not wanted:
        return sa.literal(0)
    whole = id_.in_(asked.titled(wanted, every=True))
    if len(wanted) == 1:
        return sa.case((whole, 0), else_=2)
    return sa.case((whole, 0), (id_.in_(asked.titled(wanted, every=False)), 1), else_=2)


def similar(title: str, text: str, *, cycle_id: int, but: int | None = None, most: int = 5) -> Sequence[int]:
    """The ids of public proposals of a cycle that may be the same idea, the most alike first, in one statement."""
    words = telling_words(title, text, most=MOST_WORDS)
    scores = ((row.proposal_id, likeness(title, text, row.title, row.text)) for row in _near(title, words, cycle_id))
    return nearest(((id_, score) for id_, score in scores if id_ != but), least=ALIKE, most=most)


def close_to(typed: str, *, cycle_id: int, most: int = 5) -> Sequence[int]:
    """The ids of public proposals whose titles read most like what was typed, where none says exactly that."""
    if read_code(typed):
        return []
    rows = _near(typed, [], cycle_id)
    return nearest(((row.proposal_id, reads_like(typed, row.title)) for row in rows), least=CLOSE, most=most)


def _near(title: str, words: Sequence[str], cycle_id: int) -> Iterable[sa.Row[tuple[int, str, str]]]:
    if not telling_words(title, *words, most=1):
        return []
    found = index().near(folded(title), words).subquery("found")
    query = sa.select(ProposalWords.proposal_id, ProposalWords.title, ProposalWords.text)
    query = query.join(found, found.c.id == ProposalWords.proposal_id)
    query = query.join(Proposal, Proposal.id == ProposalWords.proposal_id)
    public = Proposal.number.is_not(None), Proposal.stage.not_in(LEFT)
    query = query.where(Proposal.cycle_id == cycle_id, *public).order_by(found.c.rank, found.c.id)
    return db.session.execute(query.limit(CANDIDATES))


def _beginnings(title: str) -> list[str]:
    return [word[:BEGINNING] for word in telling_words(title, most=MOST_WORDS)]


def _has_trigrams() -> bool:
    known: bool | None = current_app.extensions.get(TRIGRAMS)
    if known is None:
        made = sa.text("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')")
        known = current_app.extensions[TRIGRAMS] = bool(db.session.scalar(made))
    return known
