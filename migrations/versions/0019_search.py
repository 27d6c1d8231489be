"""Public proposals are found by their words: a table of folded words, indexed by each database in its own way."""

import sqlalchemy as sa
from alembic import op

from app.proposals.rules import code
from app.proposals.search.rules import folded

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

LISTED = ["cycle_id", "stage", "number", "category_id", "area_id", "submitted_at", "cost_cents", "title"]
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEEP = "INSERT OR REPLACE INTO proposal_search (rowid, title, text) VALUES (new.proposal_id, new.title, new.text)"
DROP = "DELETE FROM proposal_search WHERE rowid = old.proposal_id"
SQLITE = (
    "CREATE VIRTUAL TABLE proposal_search USING fts5"
    "(title, text, tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Mc'\")",
    f"CREATE TRIGGER proposal_words_insert AFTER INSERT ON proposal_words BEGIN {KEEP}; END",
    f"CREATE TRIGGER proposal_words_update AFTER UPDATE ON proposal_words BEGIN {DROP}; {KEEP}; END",
    f"CREATE TRIGGER proposal_words_delete AFTER DELETE ON proposal_words BEGIN {DROP}; END",
)
POSTGRESQL = (
    "ALTER TABLE proposal_words ADD COLUMN document tsvector NOT NULL GENERATED ALWAYS AS"
    " (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', text), 'D')) STORED",
    "CREATE INDEX ix_proposal_words_document ON proposal_words USING gin (document)",
    # The extension needs a right that the owner of a database may lack; without it the site works the plain way.
    "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm;"
    " CREATE INDEX ix_proposal_words_title ON proposal_words USING gin (title gin_trgm_ops);"
    " EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'no pg_trgm here: misspelled titles are found by their beginnings';"
    " END $$",
)


def upgrade() -> None:
    op.create_table(
        "proposal_words",
        sa.Column("proposal_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_words_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_words")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    _keep_words()
    op.drop_index("ix_proposal_cycle_id_stage", table_name="proposal")
    op.create_index("ix_proposal_listed", "proposal", LISTED)
    op.create_index("ix_estimate_line_sum", "estimate_line", ["proposal_id", "amount_cents"])


def downgrade() -> None:
    op.drop_index("ix_estimate_line_sum", table_name="estimate_line")
    op.drop_index("ix_proposal_listed", table_name="proposal")
    op.create_index("ix_proposal_cycle_id_stage", "proposal", ["cycle_id", "stage"])
    op.drop_table("proposal_words")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE proposal_search")


def _keep_words() -> None:
    """Those that are public already are found from the start."""
    public = sa.text(
        "SELECT p.id, c.year, p.number, p.title, p.summary, p.need, p.place"
        " FROM proposal p JOIN cycle c ON c.id = p.cycle_id WHERE p.number IS NOT NULL"
    )
    rows = [
        {"id": id_, "title": folded(title), "text": folded("\n".join([code(year, number), *rest]))}
        for id_, year, number, title, *rest in op.get_bind().execute(public)
    ]
    if rows:
        op.get_bind().execute(
            sa.text("INSERT INTO proposal_words (proposal_id, title, text) VALUES (:id, :title, :text)"), rows
        )
