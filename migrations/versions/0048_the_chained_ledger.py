"""The ledger of a cycle as a chain of hashes, its sums kept with it, and commitments as things of their own."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
START = "0" * 64
KINDS = (
    "allocate",
    "commit",
    "commit_change",
    "contingency_hold",
    "contingency_release",
    "expense",
    "expense_reversal",
    "external_in",
    "pot_in",
    "reallocate_in",
    "reallocate_out",
    "return_to_pot",
)
CHECKS = {
    "pot_account": {
        "rule_9_allocations_within_pot": "allocated_cents + held_cents <= pot_cents + external_cents",
        "reserve_not_negative": "held_cents >= 0",
    },
    "project_balance": {
        "rule_10_commitments_within_allocation": "committed_cents >= 0 AND committed_cents <= allocated_cents",
        "spent_within_commitments": "spent_cents >= 0 AND spent_cents <= committed_cents",
    },
    "spending_document": {"measured_if_there": "(digest IS NULL) = (pages IS NULL)"},
    "commitment": {"rule_11_expenses_within_commitment": "spent_cents >= 0 AND spent_cents <= amount_cents"},
    "ledger_entry": {
        "sign_of_kind": "(amount_cents < 0) = (kind IN ('expense_reversal', 'reallocate_out', 'return_to_pot'))"
        " OR kind = 'commit_change'",
        "amount_not_zero": "amount_cents <> 0",
        "project_unless_of_the_pot": "(project_id IS NULL) = (kind IN ('contingency_hold', 'pot_in'))",
        "commitment_by_kind": "(commitment_id IS NOT NULL) ="
        " (kind IN ('commit', 'commit_change', 'expense', 'expense_reversal'))",
        "only_expenses_are_reversed": "reverses_id IS NULL OR kind = 'expense_reversal'",
        "rule_15_expense_with_a_document": "kind <> 'expense' OR document_id IS NOT NULL",
    },
    "spending_terms": {
        "alone_not_negative": "alone_cents >= 0",
        "percent_in_reach": "council_percent BETWEEN 0 AND 100",
    },
    "cost_forecast": {"expected_not_negative": "expected_cents >= 0"},
}
OLD_PAPER = "No document: entered before documents were kept"
OLD_PROMISE = "Promised before commitments were kept one by one"
OLD_PAYEE = "Several, as the entries say"


def upgrade() -> None:
    old = _old_entries()
    dialect = op.get_bind().dialect.name
    op.drop_table("ledger_entry")
    if dialect == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS ledger_entry_append_only")
    _sums()
    _papers()
    _ledger()
    _fill(old)
    for table in ("ledger_entry", "cost_forecast"):
        for statement in append_only_statements(table, dialect):
            op.execute(statement)
    for table in ("commitment", "pot_account", "project_balance", "spending_document"):
        for statement in never_deleted_statements(table, dialect):
            op.execute(statement)


def downgrade() -> None:
    """The old ledger knows what was given, promised and paid; everything else of the chain is lost with it."""
    known = "CASE kind WHEN 'commit_change' THEN 'commit' WHEN 'expense_reversal' THEN 'expense' ELSE kind END"
    kept = "project_id, amount_cents, entry_on, purpose, counterparty, entered_by_id, entered_at"
    query = sa.text(
        f"SELECT id, {known} AS kind, {kept} FROM ledger_entry WHERE kind IN"
        " ('allocate', 'commit', 'commit_change', 'expense', 'expense_reversal') ORDER BY cycle_id, number"
    ).columns(entry_on=sa.Date(), entered_at=MOMENT)
    rows = [dict(row) for row in op.get_bind().execute(query).mappings()]
    tables = ("ledger_entry", "commitment", "spending_document", "project_balance", "pot_account")
    for table in (*tables, "spending_terms", "cost_forecast"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in ("ledger_entry", "cost_forecast"):
            op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only")
        for table in tables[1:]:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_no_delete")
    _old_ledger(rows)


def _old_ledger(rows: list[dict[str, Any]]) -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("id", NUMBER, nullable=False),
        _whole("project_id"),
        sa.Column("kind", _words("kind_known", "allocate", "commit", "expense"), nullable=False),
        _whole("amount_cents"),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        _text("counterparty", 160, nullable=True),
        sa.Column("entered_by_id", NUMBER, nullable=True),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_ledger_entry_amount_not_zero")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_ledger_entry_entered_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_ledger_entry_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
    )
    op.create_index("ix_ledger_entry_project_id", "ledger_entry", ["project_id"])
    once = sa.text("kind = 'allocate'")
    where = {"sqlite_where": once, "postgresql_where": once}
    op.create_index("uq_ledger_entry_one_allocation", "ledger_entry", ["project_id"], unique=True, **where)
    if rows:
        _insert("ledger_entry", rows)
    for statement in append_only_statements("ledger_entry", op.get_bind().dialect.name):
        op.execute(statement)


def _sums() -> None:
    sums = ("pot_cents", "external_cents", "held_cents", "allocated_cents", "entries")
    _table(
        "pot_account",
        [_whole("cycle_id", autoincrement=False), *map(_whole, sums), _text("head_hash", 64)],
        {"cycle_id": "cycle"},
        key="cycle_id",
    )
    sums = ("allocated_cents", "committed_cents", "spent_cents")
    columns = [_whole("project_id", autoincrement=False), *map(_whole, sums)]
    _table("project_balance", columns, {"project_id": "project"}, key="project_id")
    columns = [_whole("cycle_id", autoincrement=False), *map(_whole, ("alone_cents", "council_percent", "set_by_id"))]
    _table(
        "spending_terms",
        [*columns, sa.Column("set_at", MOMENT, nullable=False)],
        {"cycle_id": "cycle", "set_by_id": "person"},
        key="cycle_id",
    )
    columns = [
        *map(_whole, ("id", "project_id", "expected_cents")),
        sa.Column("explanation", sa.Text(), nullable=False),
        _whole("person_id"),
        sa.Column("said_at", MOMENT, nullable=False),
    ]
    _table("cost_forecast", columns, {"project_id": "project", "person_id": "person"})
    op.create_index("ix_cost_forecast_project_id", "cost_forecast", ["project_id"])


def _papers() -> None:
    columns = [
        *map(_whole, ("id", "project_id")),
        _text("title", 160),
        _text("digest", 64, nullable=True),
        sa.Column("pages", NUMBER, nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("added_by_id", NUMBER, nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
    ]
    _table("spending_document", columns, {"project_id": "project", "added_by_id": "person"})
    op.create_index("ix_spending_document_project_id", "spending_document", ["project_id"])
    columns = [
        *map(_whole, ("id", "project_id", "number")),
        _text("counterparty", 160),
        sa.Column("purpose", sa.Text(), nullable=False),
        *map(_whole, ("document_id", "amount_cents", "spent_cents")),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
    ]
    _table(
        "commitment", columns, {"project_id": "project", "document_id": "spending_document"}, [["project_id", "number"]]
    )


def _ledger() -> None:
    keys = {
        "project_id": "project",
        "commitment_id": "commitment",
        "document_id": "spending_document",
        "agreement_id": "agreement",
        "reverses_id": "ledger_entry",
        "entered_by_id": "person",
    }
    columns = [
        *map(_whole, ("id", "cycle_id", "number")),
        *(sa.Column(name, NUMBER, nullable=True) for name in keys),
        sa.Column("kind", _words("kind_known", *KINDS), nullable=False),
        _whole("amount_cents"),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        _text("counterparty", 160, nullable=True),
        _text("reference", 60, nullable=True),
        sa.Column("entered_at", MOMENT, nullable=False),
        _text("previous_hash", 64),
        _text("hash", 64),
        sa.ForeignKeyConstraint(["cycle_id"], ["pot_account.cycle_id"], name=op.f("fk_ledger_entry_cycle_id")),
    ]
    _table("ledger_entry", columns, keys, [["cycle_id", "number"], ["reverses_id"]])
    op.create_index("ix_ledger_entry_project_id_number", "ledger_entry", ["project_id", "number"])
    op.create_index("ix_ledger_entry_commitment_id", "ledger_entry", ["commitment_id"])
    once = sa.text("kind = 'allocate'")
    where = {"sqlite_where": once, "postgresql_where": once}
    op.create_index("uq_ledger_entry_one_allocation", "ledger_entry", ["project_id"], unique=True, **where)


def _old_entries() -> list[Mapping[str, Any]]:
    columns = "e.id, e.project_id, e.kind, e.amount_cents, e.entry_on, e.purpose, e.counterparty, e.entered_by_id, "
    query = sa.text(
        f"SELECT {columns} e.entered_at, p.cycle_id, p.number AS project_number, c.year, c.pot_cents,"
        " c.contingency_cents FROM ledger_entry e JOIN project p ON p.id = e.project_id"
        " JOIN cycle c ON c.id = p.cycle_id ORDER BY p.cycle_id, e.id"
    ).columns(entry_on=sa.Date(), entered_at=MOMENT)
    return [dict(row) for row in op.get_bind().execute(query).mappings()]


def _fill(old: list[Mapping[str, Any]]) -> None:
    """Write what was entered so far as chains, each commitment of a project as one, in the order of the entries."""
    for cycle_id in sorted({row["cycle_id"] for row in old}):
        rows = [row for row in old if row["cycle_id"] == cycle_id]
        given = sum(row["amount_cents"] for row in rows if row["kind"] == "allocate")
        first, held = rows[0], rows[0]["contingency_cents"]
        pot = max(first["pot_cents"], given + held)
        entries = _chained(cycle_id, [*_of_the_pot(first, pot, held), *_new_kinds(rows)])
        account = {"pot_cents": pot, "external_cents": 0, "held_cents": held, "allocated_cents": given}
        head = {"entries": len(entries), "head_hash": entries[-1]["hash"]}
        _insert("pot_account", [{"cycle_id": cycle_id, **account, **head}])
        for project_id in sorted({row["project_id"] for row in rows}):
            _fill_project([row for row in rows if row["project_id"] == project_id])
        _insert("ledger_entry", [_without_codes(entry) for entry in entries])


def _fill_project(rows: list[Mapping[str, Any]]) -> None:
    first = rows[0]
    sums = {
        kind: sum(r["amount_cents"] for r in rows if r["kind"] == kind) for kind in ("allocate", "commit", "expense")
    }
    balance = {"allocated_cents": sums["allocate"], "committed_cents": sums["commit"], "spent_cents": sums["expense"]}
    _insert("project_balance", [{"project_id": first["project_id"], **balance}])
    if not any(row["kind"] != "allocate" for row in rows):
        return
    paper = {"id": first["project_id"], "project_id": first["project_id"], "title": OLD_PAPER, "digest": None}
    kept = {"pages": None, "is_public": True, "added_by_id": None, "added_at": first["entered_at"]}
    _insert("spending_document", [paper | kept])
    promise = {"id": first["project_id"], "project_id": first["project_id"], "number": 1, "counterparty": OLD_PAYEE}
    paid = {"amount_cents": sums["commit"], "spent_cents": sums["expense"], "made_on": first["entry_on"]}
    about = {"purpose": OLD_PROMISE, "document_id": first["project_id"], "closed_on": None}
    _insert("commitment", [promise | paid | about])


def _of_the_pot(first: Mapping[str, Any], pot: int, held: int) -> Iterator[dict[str, Any]]:
    when = {"entry_on": first["entry_on"], "entered_at": first["entered_at"], "entered_by_id": None}
    yield {"kind": "pot_in", "amount_cents": pot, "purpose": "The pot of this cycle", **when}
    if held:
        held_for = "Held in reserve, as the rule card says"
        yield {"kind": "contingency_hold", "amount_cents": held, "purpose": held_for, **when}


def _new_kinds(rows: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    promised = set()
    for row in rows:
        kind, project_id = row["kind"], row["project_id"]
        if kind == "commit":
            kind = "commit_change" if project_id in promised else "commit"
            promised.add(project_id)
        elif kind == "expense" and row["amount_cents"] < 0:
            kind = "expense_reversal"
        bound = None if kind == "allocate" else project_id
        code = f"{row['year']}-J{row['project_number']:03d}"
        yield dict(row) | {"kind": kind, "commitment_id": bound, "document_id": bound, "project": code}


def _chained(cycle_id: int, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    before = START
    names = ("project_id", "commitment_id", "document_id", "agreement_id", "reverses_id", "counterparty", "reference")
    for number, entry in enumerate(entries, start=1):
        for name in names:
            entry.setdefault(name, None)
        entry |= {"cycle_id": cycle_id, "number": number, "previous_hash": before}
        before = entry["hash"] = _hash(entry)
    return entries


def _hash(entry: Mapping[str, Any]) -> str:
    moment: datetime = entry["entered_at"]
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    code = entry.get("project")
    content = {
        "cycle": entry["cycle_id"],
        "number": entry["number"],
        "entered_at": aware.isoformat(timespec="microseconds"),
        "on": entry["entry_on"].isoformat(),
        "kind": entry["kind"],
        "amount_cents": entry["amount_cents"],
        "project": code,
        "commitment": f"{code}-C1" if entry["commitment_id"] else None,
        "counterparty": entry["counterparty"],
        "purpose": entry["purpose"],
        "reference": None,
        "document": None,
        "agreement": None,
        "reverses": None,
        "previous": entry["previous_hash"],
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return sha256(text.encode("ascii")).hexdigest()


def _without_codes(entry: Mapping[str, Any]) -> dict[str, Any]:
    extra = ("id", "project", "project_number", "year", "pot_cents", "contingency_cents")
    return {name: value for name, value in entry.items() if name not in extra}


def _insert(table: str, rows: list[dict[str, Any]]) -> None:
    schema = sa.MetaData()
    op.get_bind().execute(sa.insert(sa.Table(table, schema, autoload_with=op.get_bind())), rows)


def _table(
    name: str,
    columns: list[Any],
    keys: Mapping[str, str],
    unique: list[list[str]] | None = None,
    *,
    key: str = "id",
) -> None:
    op.create_table(
        name,
        *columns,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{check}")) for check, rule in CHECKS[name].items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.cycle_id" if other == "pot_account" else f"{other}.id"],
                                    name=op.f(f"fk_{name}_{column}"))
            for column, other in keys.items()
        ),
        *(sa.UniqueConstraint(*names, name=op.f(f"uq_{name}_{'_'.join(names)}")) for names in unique or ()),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")),
    )  # fmt: skip


def _whole(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, NUMBER, nullable=False, **more)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _words(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)
