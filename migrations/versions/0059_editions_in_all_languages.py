"""An edition is one in all its languages and forms, about any subject and time; its files stand beside it."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SUBJECTS = ("cycle", "meeting", "project", "proposal", "task_force")
KINDS = (
    "agenda annual booklet completion delivery letter minutes one-pager progress questions reconciliation results"
    " setbacks"
).split()
STAGES = "signing rendering published failed withdrawn dropped".split()
FORMS = "readers large archive draft".split()
CHECKS = {
    "numbered_from_one": "number >= 1",
    "code_with_a_number": "(number IS NULL) = (code IS NULL)",
    "dropped_frees_its_number": "(stage = 'dropped') = (number IS NULL)",
    "published_at_a_time": "(stage IN ('published', 'withdrawn')) = (published_at IS NOT NULL)",
    "failed_for_a_reason": "(stage = 'failed') = (fault IS NOT NULL)",
    "signed_by_a_day": "(stage = 'signing') <= (due_on IS NOT NULL)",
    "a_whole_period": "(first_on IS NULL) = (last_on IS NULL)",
    "period_in_order": "first_on <= last_on",
    "says_what_changed": "number IS NULL OR number = 1 OR note IS NOT NULL",
    "about_one_thing": " AND ".join(f"({a}_id IS NULL OR {b}_id IS NULL)" for a, b in combinations(SUBJECTS, 2)),
}
OPEN = sa.text("stage IN ('signing', 'rendering', 'failed')")
KEPT = "kind line neighborhood_id snapshot data_hash figures_hash languages".split()
SAME = "A new edition of the same report."


def upgrade() -> None:
    before = _rows(
        "SELECT e.*, c.slug, c.name, c.neighborhood_id, n.slug AS place FROM edition e"
        " JOIN cycle c ON c.id = e.cycle_id JOIN neighborhood n ON n.id = c.neighborhood_id ORDER BY e.id"
    )
    op.drop_table("edition")
    editions, files = _new_edition(), _new_files()
    _new_withdrawal()
    for edition, of_it in _merged(before):
        op.bulk_insert(editions, [edition])
        if of_it:
            op.bulk_insert(files, of_it)
    _count_on("edition", "edition_file")
    for statement in _guards(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    rows = _rows(
        "SELECT e.kind, e.cycle_id, f.language, e.number, e.snapshot, e.data_hash, f.file_hash, e.requested_by_id,"
        " e.requested_at, e.published_at FROM edition e JOIN edition_file f ON f.edition_id = e.id"
        " WHERE e.kind = 'results' AND e.stage = 'published' AND f.form = 'readers' ORDER BY f.id"
    )
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in ("edition_withdrawal", "edition_file", "edition"):
        op.drop_table(table)
    if is_postgresql:
        for name in (
            "edition_withdrawal_append_only",
            "edition_file_append_only",
            "edition_no_delete",
            "edition_frozen",
        ):
            op.execute(f"DROP FUNCTION IF EXISTS {name}")
    table = _old_edition()
    if rows:
        op.bulk_insert(table, [{**row, "id": at, "stage": "published"} for at, row in enumerate(_timed(rows), start=1)])
    _count_on("edition")


def _rows(query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in op.get_bind().execute(sa.text(query)).mappings()]


def _merged(before: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Editions with the same figures of a cycle become one; they are numbered anew in their order."""
    kept: dict[tuple[int, str], tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    counts: dict[int, int] = {}
    at = 0
    for row in _timed(before):
        found = kept.get((row["cycle_id"], row["data_hash"]))
        if found is None:
            number = counts[row["cycle_id"]] = counts.get(row["cycle_id"], 0) + 1
            found = kept[row["cycle_id"], row["data_hash"]] = (_edition(row, number), [])
        edition, files = found
        if row["language"] not in edition["languages"]:
            edition["languages"].append(row["language"])
        if row["file_hash"]:
            at += 1
            edition["published_at"], edition["stage"] = row["published_at"], "published"
            files.append(_file(row, edition["id"], at))
    return list(kept.values())


def _edition(row: dict[str, Any], number: int) -> dict[str, Any]:
    where = row["slug"] if row["slug"].startswith(row["place"]) else f"{row['place']}-{row['slug']}"
    return {
        "id": row["id"],
        "kind": row["kind"],
        "line": f"{row['kind']}/{row['cycle_id']}",
        "number": number,
        "code": f"R4-{where}-e{number}",
        "title": row["name"],
        "neighborhood_id": row["neighborhood_id"],
        "cycle_id": row["cycle_id"],
        "languages": [],
        "note": SAME if number > 1 else None,
        "stage": "rendering",
        "fault": None,
        "snapshot": row["snapshot"],
        "data_hash": row["data_hash"],
        "figures_hash": row["data_hash"],
        "requested_by_id": row["requested_by_id"],
        "requested_at": row["requested_at"],
        "published_at": None,
    }


def _file(row: dict[str, Any], edition_id: int, at: int) -> dict[str, Any]:
    return {
        "id": at,
        "edition_id": edition_id,
        "language": row["language"],
        "form": "readers",
        "file_hash": row["file_hash"],
        "size": 1,  # not recorded then
        "renderer": "not recorded",
        "made_at": row["published_at"],
    }


def _timed(rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Rows with their moments as moments: SQLite gives text where the query is plain SQL."""
    dialect = op.get_bind().dialect
    read = sa.DateTime(timezone=True).dialect_impl(dialect).result_processor(dialect, None)
    for row in rows:
        yield {
            name: read(value) if read and name.endswith("_at") and isinstance(value, str) else value
            for name, value in row.items()
        }


def _new_edition() -> sa.Table:
    names = {"neighborhood_id": "neighborhood", "requested_by_id": "person"} | {f"{one}_id": one for one in SUBJECTS}
    table = op.create_table(
        "edition",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", _words(KINDS, "kind_known"), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("number", NUMBER, nullable=True),
        sa.Column("code", sa.String(length=120), nullable=True),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column("neighborhood_id", NUMBER, nullable=False),
        *(sa.Column(f"{one}_id", NUMBER, nullable=True) for one in SUBJECTS),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("stage", _words(STAGES, "stage_known"), nullable=False),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("data_hash", sa.String(length=64), nullable=False),
        sa.Column("figures_hash", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("requested_by_id", NUMBER, nullable=True),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_edition_{name}")) for name, rule in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_edition_{column}"))
            for column, other in names.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("line", "number", name=op.f("uq_edition_line_number")),
        sa.UniqueConstraint("code", name=op.f("uq_edition_code")),
    )
    op.create_index("uq_edition_one_open", "edition", ["line"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_edition_shelf", "edition", ["neighborhood_id", "stage", "published_at"])
    for one in SUBJECTS:
        op.create_index(f"ix_edition_{one}_id", "edition", [f"{one}_id"])
    return table


def _new_files() -> sa.Table:
    table = op.create_table(
        "edition_file",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("edition_id", NUMBER, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("form", _words(FORMS, "form_known"), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("renderer", sa.String(length=200), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_edition_file_holds_something")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_file_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_file")),
        sa.UniqueConstraint("edition_id", "language", "form", name=op.f("uq_edition_file_edition_id_language_form")),
    )
    op.create_index("ix_edition_file_file_hash", "edition_file", ["file_hash"])
    return table


def _new_withdrawal() -> None:
    op.create_table(
        "edition_withdrawal",
        sa.Column("edition_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_withdrawal_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_edition_withdrawal_person_id")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_edition_withdrawal")),
    )


def _old_edition() -> sa.Table:
    return op.create_table(
        "edition",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", _words(["results"], "kind_known"), nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("stage", _words(["rendering", "published", "failed"], "stage_known"), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("data_hash", sa.String(length=64), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=True),
        sa.Column("requested_by_id", NUMBER, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(stage = 'published') = (file_hash IS NOT NULL)", name=op.f("ck_edition_published_has_a_file")
        ),
        sa.CheckConstraint(
            "(stage = 'published') = (published_at IS NOT NULL)", name=op.f("ck_edition_published_at_a_time")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_edition_cycle_id")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["person.id"], name=op.f("fk_edition_requested_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint(
            "kind", "cycle_id", "language", "number", name=op.f("uq_edition_kind_cycle_id_language_number")
        ),
    )


def _words(known: list[str], name: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)


def _count_on(*tables: str) -> None:
    """Let PostgreSQL number new rows after those that were copied with their numbers."""
    if op.get_bind().dialect.name == "postgresql":
        for table in tables:
            newest = f"(SELECT coalesce(max(id), 0) + 1 FROM {table})"
            op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {newest}, false)")


def _guards(dialect: str) -> list[str]:
    json = "::text" if dialect == "postgresql" else ""
    differs = " OR ".join(
        f"NEW.{name}{json if name == 'languages' else ''} IS {'NOT' if dialect == 'sqlite' else 'DISTINCT FROM'} "
        f"OLD.{name}{json if name == 'languages' else ''}"
        for name in KEPT
    )
    broken = (
        f"(OLD.stage <> 'signing' AND ({differs}))"
        " OR (OLD.stage = 'published' AND NEW.stage NOT IN ('published', 'withdrawn'))"
        " OR (OLD.stage IN ('withdrawn', 'dropped') AND NEW.stage <> OLD.stage)"
        " OR (OLD.published_at IS NOT NULL AND NEW.published_at <> OLD.published_at)"
    )
    rest = [
        *append_only_statements("edition_file", dialect),
        *append_only_statements("edition_withdrawal", dialect),
        *never_deleted_statements("edition", dialect),
    ]
    if dialect == "sqlite":
        return [
            *rest,
            f"CREATE TRIGGER edition_frozen BEFORE UPDATE ON edition WHEN {broken} "
            "BEGIN SELECT RAISE(ABORT, 'an edition is frozen'); END",
        ]
    return [
        *rest,
        "CREATE FUNCTION edition_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an edition is frozen'; END $$",
        "CREATE TRIGGER edition_frozen BEFORE UPDATE ON edition FOR EACH ROW "
        f"WHEN ({broken}) EXECUTE FUNCTION edition_frozen()",
    ]
