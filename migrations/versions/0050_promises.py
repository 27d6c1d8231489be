"""Promises that both sides sign, milestones of a kind, claims that the other side verifies, and partners."""

import json

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STAGES = ("funded", "mobilising", "planning", "procurement", "delivery", "handover", "completed")
NEW_STAGES = (*STAGES, "evaluated", "paused", "cancelled")
KINDS = ("approval", "engagement", "procurement", "delivery", "assessment", "reporting")
SIDES = ("community", "institution")
CLAIM_CHECKS = {
    "answered_by_the_other_side": "answered_side <> side",
    "answered_by_another": "answered_by_id <> person_id",
    "answered_by_somebody": "(finding IS NULL) = (answered_at IS NULL) AND (finding IS NULL) = (answered_by_id IS NULL)"
    " AND (finding IS NULL) = (answered_side IS NULL)",
    "returned_with_a_reason": "finding IS NULL OR finding <> 'returned' OR answer IS NOT NULL",
}
EVIDENCE_CHECKS = {
    "has_words": "length(words) >= 3",
    "measured_by_kind": "(kind = 'picture') = (width IS NOT NULL) AND (kind = 'picture') = (height IS NOT NULL)"
    " AND (kind = 'document') = (pages IS NOT NULL)",
}
NEVER_DELETED, APPEND_ONLY = ("project", "milestone_claim", "partner"), ("baseline", "claim_evidence")


def upgrade() -> None:
    _project(NEW_STAGES)
    _baselines()
    _milestones()
    _claims()
    _partners()
    _keep_what_was_promised()
    dialect = op.get_bind().dialect.name
    for table in NEVER_DELETED:
        for statement in never_deleted_statements(table, dialect):
            op.execute(statement)
    for table in APPEND_ONLY:
        for statement in append_only_statements(table, dialect):
            op.execute(statement)


def _project(stages: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{stage}'" for stage in stages)
    with op.batch_alter_table("project") as batch:
        batch.drop_constraint(op.f("ck_project_stage_known"), type_="check")
        batch.add_column(sa.Column("manager", sa.String(length=160), nullable=True))
        batch.add_column(sa.Column("without_procurement", sa.Text(), nullable=True))
    with op.batch_alter_table("project") as batch:
        batch.create_check_constraint(op.f("ck_project_stage_known"), f"stage IN ({listed})")


def _baselines() -> None:
    op.create_table(
        "baseline",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "project_id", "number")),
        sa.Column("agreement_id", NUMBER, nullable=True),
        sa.Column("agreed_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("allocated_cents", NUMBER, nullable=False),
        sa.Column("milestones", sa.Text(), nullable=False),
        sa.CheckConstraint("number = 1 OR reason IS NOT NULL", name=op.f("ck_baseline_changed_with_a_reason")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_baseline_numbered_from_one")),
        *_keys("baseline", project_id="project", agreement_id="agreement"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_baseline_agreement_id")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_baseline_project_id_number")),
    )


def _milestones() -> None:
    with op.batch_alter_table("milestone") as batch:
        batch.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default="delivery"))
        batch.add_column(sa.Column("lead", sa.String(length=160), nullable=True))
        batch.add_column(sa.Column("begun_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("dropped_in_id", NUMBER, nullable=True))
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    with op.batch_alter_table("milestone") as batch:
        batch.alter_column("kind", server_default=None)
        batch.create_check_constraint(op.f("ck_milestone_kind_known"), f"kind IN ({listed})")
        dropped = "dropped_in_id IS NULL OR actual_on IS NULL"
        batch.create_check_constraint(op.f("ck_milestone_dropped_is_not_done"), dropped)
        batch.create_foreign_key(op.f("fk_milestone_dropped_in_id"), "baseline", ["dropped_in_id"], ["id"])
    op.create_table(
        "milestone_need",
        *(sa.Column(name, NUMBER, autoincrement=False, nullable=False) for name in ("milestone_id", "needs_id")),
        sa.CheckConstraint("milestone_id <> needs_id", name=op.f("ck_milestone_need_needs_another")),
        *_keys("milestone_need", milestone_id="milestone", needs_id="milestone"),
        sa.PrimaryKeyConstraint("milestone_id", "needs_id", name=op.f("pk_milestone_need")),
    )


def _claims() -> None:
    op.create_table(
        "milestone_claim",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "milestone_id", "number")),
        sa.Column("side", _words("side_known", *SIDES), nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("actual_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("finding", _words("finding_known", "verified", "returned"), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_side", _words("answered_side_known", *SIDES), nullable=True),
        sa.Column("answered_by_id", NUMBER, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        *_checks("milestone_claim", CLAIM_CHECKS),
        *_keys("milestone_claim", milestone_id="milestone", person_id="person", answered_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_claim")),
        sa.UniqueConstraint("milestone_id", "number", name=op.f("uq_milestone_claim_milestone_id_number")),
    )
    _one_open("uq_milestone_claim_one_open", "milestone_claim", "milestone_id", "finding IS NULL")
    op.create_table(
        "claim_evidence",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "claim_id")),
        sa.Column("kind", _words("kind_known", "picture", "document"), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        *(sa.Column(name, NUMBER, nullable=True) for name in ("width", "height", "pages")),
        *_checks("claim_evidence", EVIDENCE_CHECKS),
        *_keys("claim_evidence", claim_id="milestone_claim"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_evidence")),
        sa.UniqueConstraint("digest", name=op.f("uq_claim_evidence_digest")),
    )
    op.create_index("ix_claim_evidence_claim_id", "claim_evidence", ["claim_id"])


def _partners() -> None:
    roles = ("lead", "delivery", "funder", "referral", "monitor")
    op.create_table(
        "partner",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "project_id")),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("role", _words("role_known", *roles), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until_on >= since_on", name=op.f("ck_partner_ends_after_it_began")),
        *_keys("partner", project_id="project"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    op.create_index("ix_partner_project_id", "partner", ["project_id"])
    _one_open("uq_partner_one_lead", "partner", "project_id", "role = 'lead' AND until_on IS NULL")


def _keep_what_was_promised() -> None:
    """Each promise that stands becomes baseline 1, and each organization that leads the work its first partner."""
    bind = op.get_bind()
    names = ("id", "stage", "lead", "allocated_cents")
    project = sa.table("project", *map(sa.column, names), sa.column("opened_at", MOMENT))
    for row in bind.execute(sa.select(project)).all():
        if row.lead:
            partner = sa.table(
                "partner", *map(sa.column, ("project_id", "name", "role")), sa.column("since_on", sa.Date())
            )
            given = {"project_id": row.id, "name": row.lead, "role": "lead", "since_on": row.opened_at.date()}
            bind.execute(sa.insert(partner).values(given))
        if row.stage in STAGES[2:]:
            _promise(bind, row, _promised_at(bind).get(row.id, row.opened_at))


def _promise(bind: sa.Connection, project: sa.Row, agreed_at: object) -> None:
    columns = ("id", "project_id", "position", "title", "done_means", "kind", "lead")
    milestone = sa.table("milestone", *map(sa.column, columns), sa.column("baseline_on", sa.Date()))
    query = sa.select(milestone).where(milestone.c.project_id == project.id).order_by(milestone.c.position)
    copy = [
        {
            "dropped": False,
            "promised_on": row.baseline_on.isoformat(),
            "needs": [],
            **{name: row._mapping[name] for name in columns if name != "project_id"},
        }
        for row in bind.execute(query)
    ]
    names = ("project_id", "number", "allocated_cents", "milestones")
    baseline = sa.table("baseline", *map(sa.column, names), sa.column("agreed_at", MOMENT))
    facts = {"project_id": project.id, "number": 1, "allocated_cents": project.allocated_cents}
    text = json.dumps({"milestones": copy}, sort_keys=True, separators=(",", ":"))
    bind.execute(sa.insert(baseline).values(**facts, agreed_at=agreed_at, milestones=text))


def _promised_at(bind: sa.Connection) -> dict[int, object]:
    """When the promise of each project was made, as the log has it."""
    entry = sa.table("audit_entry", sa.column("kind"), sa.column("body"), sa.column("recorded_at", MOMENT))
    query = sa.select(entry.c.body, entry.c.recorded_at).where(entry.c.kind == "BaselineSet")
    return {json.loads(body)["facts"]["project_id"]: at for body, at in bind.execute(query)}


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    triggers = ["project_no_delete"] if dialect == "sqlite" else []
    for name in triggers:
        op.execute(f"DROP TRIGGER {name}")
    if dialect == "postgresql":
        op.execute("DROP TRIGGER project_no_delete ON project")
    for table in ("claim_evidence", "milestone_claim", "partner", "milestone_need"):
        op.drop_table(table)
    with op.batch_alter_table("milestone") as batch:
        batch.drop_constraint(op.f("ck_milestone_dropped_is_not_done"), type_="check")
        batch.drop_constraint(op.f("ck_milestone_kind_known"), type_="check")
        batch.drop_constraint(op.f("fk_milestone_dropped_in_id"), type_="foreignkey")
    with op.batch_alter_table("milestone") as batch:
        for name in ("dropped_in_id", "begun_on", "lead", "kind"):
            batch.drop_column(name)
    op.drop_table("baseline")
    with op.batch_alter_table("project") as batch:
        batch.drop_constraint(op.f("ck_project_stage_known"), type_="check")
        batch.drop_column("without_procurement")
        batch.drop_column("manager")
    with op.batch_alter_table("project") as batch:
        listed = ", ".join(f"'{stage}'" for stage in (*STAGES, "cancelled"))
        batch.create_check_constraint(op.f("ck_project_stage_known"), f"stage IN ({listed})")
    if dialect == "postgresql":
        for name in [f"{table}_no_delete" for table in NEVER_DELETED] + [f"{t}_append_only" for t in APPEND_ONLY]:
            op.execute(f"DROP FUNCTION IF EXISTS {name}")


def _one_open(name: str, table: str, column: str, where: str) -> None:
    still = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
    op.create_index(name, table, [column], unique=True, **still)


def _words(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)


def _checks(table: str, rules: dict[str, str]) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()]


def _keys(table: str, **keys: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in keys.items()
    ]
