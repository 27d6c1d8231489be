"""An imported list, and the rows that were turned away."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, words
from app.voting.roll.imports.rules import ImportStage


class RollImport(Model):
    """A file of a list: looked at first, then confirmed, and taken back as a whole until the roll is frozen."""

    __tablename__ = "roll_import"
    __table_args__ = (sa.CheckConstraint("accepted BETWEEN 0 AND rows", name="accepted_within_rows"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    file_name: Mapped[str] = mapped_column(sa.String(120))
    file_hash: Mapped[str] = mapped_column(sa.String(64))
    rows: Mapped[int]
    accepted: Mapped[int]
    stage: Mapped[ImportStage] = mapped_column(words(ImportStage, "import_stage_known"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]


class RejectedRow(Model):
    """A row of a list that was turned away, as it came, with the reasons; deleted when the roll is frozen."""

    __tablename__ = "rejected_row"
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("roll_import.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    faults: Mapped[list[str]] = mapped_column(sa.JSON)
    cells: Mapped[list[str]] = mapped_column(sa.JSON)
