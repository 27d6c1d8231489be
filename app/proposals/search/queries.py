"""Asking the index: one interface, answered by FTS5 on SQLite and by tsvector and trigrams on PostgreSQL.

Every question reaches the database as a bound value made of folded words only, so nothing typed is ever an operator.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

import sqlalchemy as sa
from flask import current_app

from app.core.db import db
from app.proposals.models import Proposal
from app.proposals.rules import Stage
from app.proposals.search.models import ProposalWords
from app.proposals.search.rules import ALIKE, Term, folded, likeness, nearest, telling_words, terms

Found = sa.Select[int, float]
"""Ids of proposals with their rank, the lowest first."""
BEGINNING = 4
MOST_WORDS = 24
CANDIDATES = 40
TRIGRAMS = "whether PostgreSQL compares by trigrams"


class Index(Protocol):
    """What a database can be asked about the words of proposals."""

    def saying(self, wanted: Sequence[Term]) -> Found:
        """Proposals that say all of these; a word in the title weighs more than one in the text."""

    def near(self, title: str, words: Sequence[str]) -> Found:
        """Proposals that share any of `words` (folded, perhaps only begun) or whose title reads like `title`."""


class Fts5:
    """SQLite's full-text index."""

    def saying(self, wanted: Sequence[Term]) -> Found:
        """All the terms, each a phrase."""
        return self._matching(" AND ".join(map(self._phrase, wanted)))

    def near(self, title: str, words: Sequence[str]) -> Found:
        """Any of the words, and in place of trigrams words that begin like those of the title."""
        beginnings = [word[:BEGINNING] for word in telling_words(title, most=MOST_WORDS)]
        asked = dict.fromkeys([*words, *beginnings])
        return self._matching(" OR ".join(self._phrase(Term(words=(word,))) for word in asked))

    @staticmethod
    def _phrase(term: Term) -> str:
        return f'"{" ".join(term.words)}"' + ("*" if term.begun else "")

    @staticmethod
    def _matching(question: str) -> Found:
        table = sa.table("proposal_search")
        ids: sa.ColumnClause[int] = sa.literal_column("proposal_search.rowid", sa.Integer)
        rank: sa.ColumnClause[float] = sa.literal_column("bm25(proposal_search, 10.0, 1.0)", sa.Float)
        query = sa.select(ids.label("id"), rank.label("rank")).select_from(table)
        return query.where(sa.text("proposal_search MATCH :asked").bindparams(asked=question))


class Tsvector:
    """PostgreSQL's full-text column, and the likeness of titles by trigrams where its extension could be made."""

    def __init__(self, *, trigrams: bool) -> None:
        self.trigrams = trigrams

    def saying(self, wanted: Sequence[Term]) -> Found:
        """All the terms, each a phrase."""
        asked = sa.func.to_tsquery("simple", " & ".join(map(self._phrase, wanted)))
        return self._ranked(asked).where(self._document.op("@@")(asked))

    def near(self, title: str, words: Sequence[str]) -> Found:
        """Any of the words, or a title that shares enough trigrams (without them: begins alike)."""
        beginnings = [] if self.trigrams else [word[:BEGINNING] for word in telling_words(title, most=MOST_WORDS)]
        asked = sa.func.to_tsquery("simple", " | ".join(f"{word}:*" for word in dict.fromkeys([*words, *beginnings])))
        shares = self._document.op("@@")(asked)
        if not self.trigrams:
            return self._ranked(asked).where(shares)
        alike = sa.func.similarity(ProposalWords.title, title)
        rank = -(sa.func.ts_rank(self._document, asked) + alike)
        reads_alike = ProposalWords.title.op("%")(title)
        return sa.select(ProposalWords.proposal_id.label("id"), rank.label("rank")).where(sa.or_(shares, reads_alike))

    _document: sa.ColumnClause[str] = sa.literal_column("proposal_words.document")

    @staticmethod
    def _phrase(term: Term) -> str:
        return "(" + " <-> ".join(term.words) + (":*)" if term.begun else ")")

    def _ranked(self, asked: sa.ColumnElement[str]) -> Found:
        rank = -sa.func.ts_rank(sa.literal("{0.1, 0.2, 0.4, 1.0}").cast(_FLOATS), self._document, asked)
        return sa.select(ProposalWords.proposal_id.label("id"), rank.label("rank"))


_FLOATS = sa.ARRAY(sa.REAL)


def index() -> Index:
    """The index of the database this site has."""
    return Fts5() if db.engine.dialect.name == "sqlite" else Tsvector(trigrams=_has_trigrams())


def saying(typed: str) -> sa.Subquery | None:
    """Ids and ranks of the proposals that say everything somebody typed; None where that holds no word at all."""
    wanted = terms(typed)
    return index().saying(wanted).subquery("found") if wanted else None


def similar(title: str, text: str, *, cycle_id: int, but: int | None = None, most: int = 5) -> Sequence[int]:
    """The ids of public proposals of a cycle that may be the same idea, the most alike first, in one statement."""
    words = telling_words(title, text, most=MOST_WORDS)
    scores = ((row.proposal_id, likeness(title, text, row.title, row.text)) for row in _near(title, words, cycle_id))
    return nearest(((id_, score) for id_, score in scores if id_ != but), least=ALIKE, most=most)


def close_to(typed: str, *, cycle_id: int, most: int = 5) -> Sequence[int]:
    """The ids of public proposals whose titles read most like what was typed, where none says exactly that."""
    return similar(typed, "", cycle_id=cycle_id, most=most)


def _near(title: str, words: Sequence[str], cycle_id: int) -> Iterable[sa.Row[tuple[int, str, str]]]:
    if not words:
        return []
    found = index().near(folded(title), words).subquery("found")
    query = sa.select(ProposalWords.proposal_id, ProposalWords.title, ProposalWords.text)
    query = query.join(found, found.c.id == ProposalWords.proposal_id)
    query = query.join(Proposal, Proposal.id == ProposalWords.proposal_id)
    public = Proposal.number.is_not(None), Proposal.stage.not_in((Stage.DRAFT, Stage.WITHDRAWN))
    query = query.where(Proposal.cycle_id == cycle_id, *public).order_by(found.c.rank, found.c.id)
    return db.session.execute(query.limit(CANDIDATES))


def _has_trigrams() -> bool:
    known: bool | None = current_app.extensions.get(TRIGRAMS)
    if known is None:
        made = sa.text("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')")
        known = current_app.extensions[TRIGRAMS] = bool(db.session.scalar(made))
    return known
