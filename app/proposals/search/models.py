"""The words of public proposals, and the index that each database keeps over them by itself."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model
from app.proposals.models import Proposal


class ProposalWords(Model):
    """What can be found of one public proposal: its words, folded by `rules.words_of`. A draft has no row here.

    The index over it is SQLite's FTS5 table, written by triggers, or PostgreSQL's column `document`, which it computes;
    so nothing can be in this table and not be found.
    """

    __tablename__ = "proposal_words"
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey(Proposal.id), primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.Text)
    """Its code, what should happen, why, and where."""


def index_statements(dialect: str) -> list[str]:
    """The SQL that builds the index over `proposal_words`, as migration 0019 has it."""
    if dialect == "sqlite":
        row = "VALUES (new.proposal_id, new.title, new.text)"
        keep = f"INSERT OR REPLACE INTO proposal_search (rowid, title, text) {row}"
        drop = "DELETE FROM proposal_search WHERE rowid = old.proposal_id"
        return [
            "CREATE VIRTUAL TABLE proposal_search USING fts5"
            "(title, text, tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Mc'\")",
            f"CREATE TRIGGER proposal_words_insert AFTER INSERT ON proposal_words BEGIN {keep}; END",
            f"CREATE TRIGGER proposal_words_update AFTER UPDATE ON proposal_words BEGIN {drop}; {keep}; END",
            f"CREATE TRIGGER proposal_words_delete AFTER DELETE ON proposal_words BEGIN {drop}; END",
        ]
    return [
        "ALTER TABLE proposal_words ADD COLUMN document tsvector NOT NULL GENERATED ALWAYS AS"
        " (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', text), 'D')) STORED",
        "CREATE INDEX ix_proposal_words_document ON proposal_words USING gin (document)",
        "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm;"
        " CREATE INDEX ix_proposal_words_title ON proposal_words USING gin (title gin_trgm_ops);"
        " EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'no pg_trgm here: misspelled titles are found by their beginnings';"
        " END $$",
    ]


for _dialect in ("sqlite", "postgresql"):
    for _statement in index_statements(_dialect):
        _ddl: sa.DDL = sa.DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
        sa.event.listen(ProposalWords.__table__, "after_create", _ddl.execute_if(dialect=_dialect))
