"""The public log: leaves that wait, leaves in their places, signed heads, witnesses and their signatures.

A waiting leaf carries no time and no order; the batcher shuffles. What is in the log is never changed or taken out.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, append_only, fixed_bytes


class PendingLeaf(Model):
    """A leaf that was promised in a receipt and waits for the next batch. No time."""

    __tablename__ = "pending_leaf"
    __table_args__ = ({"sqlite_with_rowid": False},)
    leaf: Mapped[bytes] = mapped_column(fixed_bytes(32), primary_key=True)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"))


class LogLeaf(Model):
    """A leaf in its place, counted from 0: of an envelope, or of a note whose words stand beside it."""

    __tablename__ = "log_leaf"
    __table_args__ = (
        sa.UniqueConstraint("leaf"),
        sa.CheckConstraint("position >= 0", name="position_from_zero"),
        {"sqlite_with_rowid": False},
    )
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    leaf: Mapped[bytes] = mapped_column(fixed_bytes(32))
    note: Mapped[str | None] = mapped_column(sa.String(200))
    """What the leaf is the hash of, where it is no envelope: `audit-log …`, `closed …`."""


class TreeHead(Model):
    """A signed head; no two of one size, so that this database never tells two stories."""

    __tablename__ = "tree_head"
    __table_args__ = (
        sa.CheckConstraint("size >= 1", name="size_from_one"),
        {"sqlite_with_rowid": False},
    )
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(fixed_bytes(32))
    slot: Mapped[int]
    """Which ten minutes since 1970: the only time the log knows."""
    signature: Mapped[bytes] = mapped_column(fixed_bytes(64))


class Witness(Model):
    """Somebody who watches the log of a vote and signs what they have seen."""

    __tablename__ = "witness"
    __table_args__ = (
        sa.UniqueConstraint("vote_id", "name"),
        sa.CheckConstraint("requester_id <> approver_id", name="two_persons_name_a_witness"),
        sa.CheckConstraint("(requester_id IS NULL) = (approver_id IS NULL)", name="named_by_both"),
        {"sqlite_with_rowid": False},
    )
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(fixed_bytes(32), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    requester_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """None, with the other, for witnesses from before two members of the board had to agree on them."""
    approver_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class Cosignature(Model):
    """A witness's signature under a head: these leaves, in this order, extend what I saw before."""

    __tablename__ = "cosignature"
    __table_args__ = (
        sa.ForeignKeyConstraint(["vote_id", "size"], ["tree_head.vote_id", "tree_head.size"]),
        sa.ForeignKeyConstraint(["vote_id", "public_key"], ["witness.vote_id", "witness.public_key"]),
        {"sqlite_with_rowid": False},
    )
    vote_id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_key: Mapped[bytes] = mapped_column(fixed_bytes(32), primary_key=True)
    root: Mapped[bytes] = mapped_column(fixed_bytes(32))
    signature: Mapped[bytes] = mapped_column(fixed_bytes(64))


append_only(LogLeaf)
append_only(TreeHead)
append_only(Witness)
append_only(Cosignature)
