"""Pairs of proposals that cannot both be done, with the reason, and why a flag was lifted."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, guarded
from app.cycles.models import Cycle
from app.proposals.models import Proposal

STANDS = sa.text("lifted_at IS NULL")


class Clash(Model):
    """An officer says that only one of two proposals can be done; it stands until it is lifted with a reason."""

    __tablename__ = "clash"
    __table_args__ = (
        sa.CheckConstraint("first_id < second_id", name="one_row_a_pair"),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL) AND (lifted_at IS NULL) = (lifted_reason IS NULL)",
            name="lifted_with_reason",
        ),
        sa.Index("ix_clash_stands", "first_id", "second_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        sa.Index("ix_clash_second_id", "second_id"),
        sa.Index("ix_clash_cycle_id", "cycle_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    first_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    second_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    flagged_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    flagged_at: Mapped[datetime]
    lifted_reason: Mapped[str | None] = mapped_column(sa.Text)
    lifted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None]
    cycle: Mapped[Cycle] = relationship()
    first: Mapped[Proposal] = relationship(foreign_keys=[first_id])
    second: Mapped[Proposal] = relationship(foreign_keys=[second_id])
    flagged_by: Mapped[Person] = relationship(foreign_keys=[flagged_by_id])
    lifted_by: Mapped[Person | None] = relationship(foreign_keys=[lifted_by_id])


def guard_statements(dialect: str) -> list[str]:
    """The SQL that keeps the two of a standing clash from both being options, whoever writes and from which side."""
    options = "('on_ballot', 'funded', 'not_funded')"
    refused = "ballot_holds_no_clash: only one of these two proposals can stand on the ballot"
    both = (
        "SELECT 1 FROM clash AS c JOIN proposal AS one ON one.id = c.first_id"
        f" JOIN proposal AS other ON other.id = c.second_id WHERE c.lifted_at IS NULL AND one.stage IN {options}"
        f" AND other.stage IN {options}"
    )
    of_proposal, of_clash = "AND (c.first_id = new.id OR c.second_id = new.id)", "AND c.id = new.id"
    if dialect == "sqlite":
        stop = f"BEGIN SELECT RAISE(ABORT, '{refused}') WHERE EXISTS ({both} {{}}); END"
        return [
            f"CREATE TRIGGER proposal_no_clash AFTER UPDATE OF stage ON proposal WHEN new.stage IN {options} "
            + stop.format(of_proposal),
            "CREATE TRIGGER clash_not_on_ballot AFTER INSERT ON clash " + stop.format(of_clash),
            "CREATE TRIGGER clash_stays_off_ballot AFTER UPDATE ON clash " + stop.format(of_clash),
        ]
    stop = (
        f"IF EXISTS ({both} {{}}) THEN RAISE EXCEPTION '{refused}' USING ERRCODE = 'integrity_constraint_violation';"
        " END IF; RETURN NULL; END $$"
    )
    begin = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    return [
        f"CREATE FUNCTION proposal_no_clash() {begin} PERFORM 1 FROM clash AS c WHERE c.lifted_at IS NULL {of_proposal}"
        " ORDER BY c.id FOR UPDATE; " + stop.format(of_proposal),
        f"CREATE FUNCTION clash_not_on_ballot() {begin} PERFORM 1 FROM proposal AS p"
        " WHERE p.id IN (new.first_id, new.second_id) ORDER BY p.id FOR UPDATE; " + stop.format(of_clash),
        f"CREATE TRIGGER proposal_no_clash AFTER UPDATE OF stage ON proposal FOR EACH ROW WHEN (new.stage IN {options})"
        " EXECUTE FUNCTION proposal_no_clash()",
        "CREATE TRIGGER clash_not_on_ballot AFTER INSERT OR UPDATE ON clash FOR EACH ROW"
        " EXECUTE FUNCTION clash_not_on_ballot()",
    ]


guarded(Clash, guard_statements)
