"""Boxes, stock and stubs on the side of the roll; batches, slips and entries on the side of the count.

A stub leads to the roll, a slip does not: it gets its random number after the stubs are off and the pile is mixed, and
the only thing both sides share is the box. Stubs, slips and entries carry no time.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, append_only, fixed_bytes, words
from app.core.tokens import random_id
from app.voting.models import RollEntry
from app.voting.paper.printing.rules import PrintKind
from app.voting.paper.rules import Rejected, StubStage, Sum, Turn


class PaperBox(Model):
    """A ballot box, or the place where postal ballots come in. The slips of a joined box are mixed with another's."""

    __tablename__ = "paper_box"
    __table_args__ = (
        sa.UniqueConstraint("vote_id", "number"),
        sa.CheckConstraint("joined_to_id <> id", name="not_joined_to_itself"),
        sa.CheckConstraint("stubs_counted >= 0", name="stubs_not_negative"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(80))
    joined_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("paper_box.id"))
    stubs_counted: Mapped[int | None]
    """The torn-off stubs that came with the box, counted by hand after the close."""
    stock: Mapped[list["PaperStock"]] = relationship(order_by="PaperStock.first_stub", back_populates="box")


class PaperStock(Model):
    """A printing for one box: so many sheets in one language, with stubs numbered from `first_stub` on."""

    __tablename__ = "paper_stock"
    __table_args__ = (
        sa.UniqueConstraint("vote_id", "first_stub"),
        sa.CheckConstraint("printed BETWEEN 1 AND 5000", name="printed_in_reach"),
        sa.CheckConstraint("first_stub >= 1", name="stubs_from_one"),
        sa.CheckConstraint("(spoiled IS NULL) = (unused IS NULL)", name="counted_together"),
        sa.CheckConstraint("spoiled >= 0 AND unused >= 0", name="counts_not_negative"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"))
    box_id: Mapped[int] = mapped_column(sa.ForeignKey("paper_box.id"))
    language: Mapped[str] = mapped_column(sa.String(12))
    large_print: Mapped[bool]
    first_stub: Mapped[int]
    printed: Mapped[int]
    spoiled: Mapped[int | None]
    """Sheets nobody can use any more, counted by hand after the close."""
    unused: Mapped[int | None]
    box: Mapped[PaperBox] = relationship(back_populates="stock")


class PaperStub(Model):
    """The numbered stub of a ballot that was handed out, and to whom. The ballot itself has no number. No time."""

    __tablename__ = "paper_stub"
    __table_args__ = (
        sa.UniqueConstraint("vote_id", "number"),
        sa.Index(
            "uq_paper_stub_one_in_force",
            "roll_entry_id",
            unique=True,
            sqlite_where=sa.text("stage IN ('issued', 'returned')"),
            postgresql_where=sa.text("stage IN ('issued', 'returned')"),
        ),
        {"sqlite_with_rowid": False},
    )
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True, default=random_id)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"))
    number: Mapped[int]
    stock_id: Mapped[int] = mapped_column(sa.ForeignKey("paper_stock.id"))
    roll_entry_id: Mapped[bytes] = mapped_column(sa.ForeignKey("roll_entry.id"))
    stage: Mapped[StubStage] = mapped_column(words(StubStage, "stage_known"))
    by_post: Mapped[bool]
    note: Mapped[str | None] = mapped_column(sa.Text)
    """Why a return was taken back, or how the ballot was spoiled or lost."""
    entry: Mapped[RollEntry] = relationship()


class PaperBatch(Model):
    """A bundle of mixed slips and its header: counted by one person, and by another who does not see that count."""

    __tablename__ = "paper_batch"
    __table_args__ = (
        sa.UniqueConstraint("vote_id", "number"),
        sa.CheckConstraint("confirmed_by_id <> counted_by_id", name="two_persons_count"),
        sa.CheckConstraint("size BETWEEN 1 AND 50", name="size_in_reach"),
        sa.CheckConstraint("size >= 10 OR is_whole_vote", name="ten_or_the_whole_vote"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"))
    box_id: Mapped[int] = mapped_column(sa.ForeignKey("paper_box.id"))
    number: Mapped[int]
    size: Mapped[int]
    is_whole_vote: Mapped[bool]
    counted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    void_reason: Mapped[str | None] = mapped_column(sa.Text)
    """Why the batch was taken apart; its slips count no longer."""


class PaperSlip(Model):
    """A ballot in a batch, under a random number. No time, and no path to a stub or to the roll."""

    __tablename__ = "paper_slip"
    __table_args__ = (
        sa.UniqueConstraint("batch_id", "number"),
        sa.UniqueConstraint("id", "batch_id"),
        sa.CheckConstraint("number BETWEEN 1000 AND 9999", name="number_of_four_digits"),
        {"sqlite_with_rowid": False},
    )
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True, default=random_id)
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("paper_batch.id"))
    number: Mapped[int]


class PaperSitting(Model):
    """The one turn an account takes at a batch: the key lets nobody enter it twice, nor settle what they entered."""

    __tablename__ = "paper_sitting"
    __table_args__ = (
        sa.PrimaryKeyConstraint("batch_id", "operator_id", name="pk_paper_sitting_one_turn_per_account"),
        sa.UniqueConstraint("batch_id", "operator_id", "turn"),
    )
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("paper_batch.id"))
    operator_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    turn: Mapped[Turn] = mapped_column(words(Turn, "turn_known"))


class PaperEntry(Model):
    """What one account read on a slip, in the first or the second turn. No time."""

    __tablename__ = "paper_entry"
    __table_args__ = (
        sa.ForeignKeyConstraint(["slip_id", "batch_id"], ["paper_slip.id", "paper_slip.batch_id"]),
        sa.ForeignKeyConstraint(
            ["batch_id", "operator_id", "turn"],
            ["paper_sitting.batch_id", "paper_sitting.operator_id", "paper_sitting.turn"],
        ),
        sa.CheckConstraint("turn <> 'third'", name="first_or_second"),
        sa.CheckConstraint("(ranking IS NULL) = (rejected IS NOT NULL)", name="ranked_or_rejected"),
        sa.Index("ix_paper_entry_batch_id", "batch_id"),
        {"sqlite_with_rowid": False},
    )
    slip_id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True)
    turn: Mapped[Turn] = mapped_column(words(Turn, "turn_known"), primary_key=True)
    batch_id: Mapped[int]
    operator_id: Mapped[int]
    ranking: Mapped[list[int] | None] = mapped_column(sa.JSON(none_as_null=True))
    rejected: Mapped[Rejected | None] = mapped_column(words(Rejected, "rejected_known"))


class PaperResolution(Model):
    """What a third account read with the paper in hand, where two entries differ. No time."""

    __tablename__ = "paper_resolution"
    __table_args__ = (
        sa.ForeignKeyConstraint(["slip_id", "batch_id"], ["paper_slip.id", "paper_slip.batch_id"]),
        sa.ForeignKeyConstraint(
            ["batch_id", "operator_id", "turn"],
            ["paper_sitting.batch_id", "paper_sitting.operator_id", "paper_sitting.turn"],
        ),
        sa.CheckConstraint("turn = 'third'", name="by_a_third_account"),
        sa.CheckConstraint("(ranking IS NULL) = (rejected IS NOT NULL)", name="ranked_or_rejected"),
        sa.Index("ix_paper_resolution_batch_id", "batch_id"),
        {"sqlite_with_rowid": False},
    )
    slip_id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True)
    batch_id: Mapped[int]
    operator_id: Mapped[int]
    turn: Mapped[Turn] = mapped_column(words(Turn, "turn_known"))
    ranking: Mapped[list[int] | None] = mapped_column(sa.JSON(none_as_null=True))
    rejected: Mapped[Rejected | None] = mapped_column(words(Rejected, "rejected_known"))


class PaperSample(Model):
    """The slips an observer compares with the paper: so many, drawn by a seed that everybody may know."""

    __tablename__ = "paper_sample"
    __table_args__ = (
        sa.CheckConstraint("share_percent IN (1, 2, 5)", name="share_known"),
        sa.CheckConstraint("size >= 1", name="size_from_one"),
    )
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    seed: Mapped[str] = mapped_column(sa.String(200))
    share_percent: Mapped[int]
    size: Mapped[int]
    observer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class PaperCheck(Model):
    """What an observer read on a slip of the sample, and whether that is what was accepted. No time."""

    __tablename__ = "paper_check"
    __table_args__ = (
        sa.CheckConstraint("(ranking IS NULL) = (rejected IS NOT NULL)", name="ranked_or_rejected"),
        {"sqlite_with_rowid": False},
    )
    slip_id: Mapped[bytes] = mapped_column(sa.ForeignKey("paper_slip.id"), primary_key=True)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("paper_sample.vote_id"))
    observer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    ranking: Mapped[list[int] | None] = mapped_column(sa.JSON(none_as_null=True))
    rejected: Mapped[Rejected | None] = mapped_column(words(Rejected, "rejected_known"))
    agrees: Mapped[bool]


class PaperPrint(Model):
    """Files to print: the ballots of a printing, or the forms of the count; a worker makes them one after the other."""

    __tablename__ = "paper_print"
    __table_args__ = (
        sa.CheckConstraint("(kind = 'ballots') = (stock_id IS NOT NULL)", name="ballots_of_a_printing"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="percent_is_one"),
        sa.CheckConstraint("(finished_at IS NOT NULL) = (files IS NOT NULL)", name="finished_with_files"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"))
    kind: Mapped[PrintKind] = mapped_column(words(PrintKind, "kind_known"))
    stock_id: Mapped[int | None] = mapped_column(sa.ForeignKey("paper_stock.id"))
    language: Mapped[str] = mapped_column(sa.String(12))
    percent: Mapped[int]
    files: Mapped[list[list[str]] | None] = mapped_column(sa.JSON(none_as_null=True))
    """Name and hash of each file, once all are made."""
    requested_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class PaperDifference(Model):
    """Something missing in one sum of one box, as two members of the board have explained it. It changes no sum."""

    __tablename__ = "paper_difference"
    __table_args__ = (
        sa.UniqueConstraint("vote_id", "box_id", "sum", "expected", "found"),
        sa.CheckConstraint("requester_id <> approver_id", name="two_persons_explain"),
        sa.CheckConstraint("found >= 0 AND found < expected", name="only_what_is_missing"),
        sa.CheckConstraint("sum IN ('stock', 'stubs', 'slips')", name="only_sheets_stubs_and_slips"),
    )
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    box_id: Mapped[int] = mapped_column(sa.ForeignKey("paper_box.id"))
    sum: Mapped[Sum] = mapped_column(words(Sum, "sum_known"))
    expected: Mapped[int]
    found: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text)
    requester_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    approver_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    explained_at: Mapped[datetime]


append_only(PaperDifference)
