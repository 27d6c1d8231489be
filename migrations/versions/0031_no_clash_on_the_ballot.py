"""Two proposals of which only one can be done are never both options, and their authors are told by mail."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

OPTIONS = "('on_ballot', 'funded', 'not_funded')"
REFUSED = "ballot_holds_no_clash: only one of these two proposals can stand on the ballot"
BOTH = (
    "SELECT 1 FROM clash AS c JOIN proposal AS one ON one.id = c.first_id"
    f" JOIN proposal AS other ON other.id = c.second_id WHERE c.lifted_at IS NULL AND one.stage IN {OPTIONS}"
    f" AND other.stage IN {OPTIONS}"
)
OF_PROPOSAL, OF_CLASH = "AND (c.first_id = new.id OR c.second_id = new.id)", "AND c.id = new.id"
ON_SQLITE = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}') WHERE EXISTS ({BOTH} {{}}); END"
ON_POSTGRES = (
    f"IF EXISTS ({BOTH} {{}}) THEN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';"
    " END IF; RETURN NULL; END $$"
)
BEGIN = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
UP = {
    "sqlite": [
        f"CREATE TRIGGER proposal_no_clash AFTER UPDATE OF stage ON proposal WHEN new.stage IN {OPTIONS} "
        + ON_SQLITE.format(OF_PROPOSAL),
        "CREATE TRIGGER clash_not_on_ballot AFTER INSERT ON clash " + ON_SQLITE.format(OF_CLASH),
        "CREATE TRIGGER clash_stays_off_ballot AFTER UPDATE ON clash " + ON_SQLITE.format(OF_CLASH),
    ],
    "postgresql": [
        f"CREATE FUNCTION proposal_no_clash() {BEGIN} PERFORM 1 FROM clash AS c WHERE c.lifted_at IS NULL {OF_PROPOSAL}"
        " ORDER BY c.id FOR UPDATE; " + ON_POSTGRES.format(OF_PROPOSAL),
        f"CREATE FUNCTION clash_not_on_ballot() {BEGIN} PERFORM 1 FROM proposal AS p"
        " WHERE p.id IN (new.first_id, new.second_id) ORDER BY p.id FOR UPDATE; " + ON_POSTGRES.format(OF_CLASH),
        f"CREATE TRIGGER proposal_no_clash AFTER UPDATE OF stage ON proposal FOR EACH ROW WHEN (new.stage IN {OPTIONS})"
        " EXECUTE FUNCTION proposal_no_clash()",
        "CREATE TRIGGER clash_not_on_ballot AFTER INSERT OR UPDATE ON clash FOR EACH ROW"
        " EXECUTE FUNCTION clash_not_on_ballot()",
    ],
}
DOWN = {
    "sqlite": [
        f"DROP TRIGGER {name}" for name in ("proposal_no_clash", "clash_not_on_ballot", "clash_stays_off_ballot")
    ],
    "postgresql": [
        "DROP TRIGGER proposal_no_clash ON proposal",
        "DROP TRIGGER clash_not_on_ballot ON clash",
        "DROP FUNCTION proposal_no_clash()",
        "DROP FUNCTION clash_not_on_ballot()",
    ],
}
MAIL = op.f("ck_message_kind_known")
NEW = {"clash_flagged", "part_hidden", "split_answered", "split_asked", "split_told", "words_judged"}


def upgrade() -> None:
    for statement in UP[op.get_bind().dialect.name]:
        op.execute(statement)
    _know(_known() | NEW)


def downgrade() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in sorted(NEW))
    op.execute(f"DELETE FROM message WHERE kind IN ({kinds})")
    _know(_known() - NEW)
    for statement in DOWN[op.get_bind().dialect.name]:
        op.execute(statement)


def _known() -> set[str]:
    """The kinds of mail as the migrations before this one left them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("message")
    found = next(check["sqltext"] for check in checks if check["name"] == "ck_message_kind_known")
    return set(re.findall(r"'([a-z_]+)'", found))


def _know(kinds: set[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(MAIL, type_="check")
    with op.batch_alter_table("message") as batch:
        batch.create_check_constraint(MAIL, f"kind IN ({listed})")
