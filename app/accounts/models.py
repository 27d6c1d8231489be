"""People, the roles granted to them, and where they live."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_security.core import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.rules import ResidenceStage
from app.core.access import Role
from app.core.db import Model, words
from app.places.models import Neighborhood


class Person(Model, UserMixin):
    """An account. `active`, `password` and `fs_uniquifier` are named as the sign-in library wants them."""

    __tablename__ = "person"
    __table_args__ = (
        sa.CheckConstraint(
            "NOT active OR substr(email, length(email) - 13) <> '@paper.invalid'", name="nobody_signs_in_from_nowhere"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(255), unique=True)
    locale: Mapped[str] = mapped_column(sa.String(12))
    joined_at: Mapped[datetime]
    is_staff: Mapped[bool]
    """Staff sign in with a password and a second factor, residents with a code or link by e-mail."""
    active: Mapped[bool]
    password: Mapped[str | None] = mapped_column(sa.String(255))
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True)
    tf_totp_secret: Mapped[str | None] = mapped_column(sa.String(500))
    """The shared secret of the second factor, encrypted under a key that is not in the database."""
    tf_last_counter: Mapped[int | None]
    """The time step of the last code used, so that a code works once."""
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """Hashes of the recovery codes that are left."""
    demo_label: Mapped[str | None] = mapped_column(sa.String(120))
    """What the sign-in page of the demo says about an invented person; None for everybody else."""
    residence: Mapped["Residence | None"] = relationship(back_populates="person", foreign_keys="Residence.person_id")
    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="person", foreign_keys="RoleGrant.person_id")

    @property
    def roles(self) -> list[Any]:  # type: ignore[override]  # the library declares a field; ours is always empty
        """The library's own roles: none. Ours are grants with a scope and an end."""
        return []


class RoleGrant(Model):
    """A role for the site or one neighborhood, from a day until a day. Never edited; a clerk may end it at once."""

    __tablename__ = "role_grant"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),
        sa.CheckConstraint("granted_by_id <> person_id", name="not_granted_to_oneself"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        sa.Index("ix_role_grant_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(words(Role, "role_known"))
    neighborhood_id: Mapped[int | None] = mapped_column(sa.ForeignKey("neighborhood.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    granted_at: Mapped[datetime | None]
    """None for grants from before this was kept, which are old."""
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])
    neighborhood: Mapped[Neighborhood | None] = relationship()


class Residence(Model):
    """Where somebody says they live, and what a clerk found. One at a time; only a verified one may vote."""

    __tablename__ = "residence"
    __table_args__ = (
        sa.CheckConstraint(
            "(stage = 'registered') = (decided_by_id IS NULL AND NOT decided_by_code)", name="decided_by_somebody"
        ),
        sa.CheckConstraint("(stage = 'registered') = (decided_at IS NULL)", name="decided_at_a_time"),
        sa.CheckConstraint("decided_by_id IS NULL OR NOT decided_by_code", name="decided_in_one_way"),
        sa.CheckConstraint("stage = 'verified' OR NOT decided_by_code", name="a_code_only_verifies"),
        sa.CheckConstraint("decided_by_id IS NULL OR decided_by_id <> person_id", name="not_decided_by_oneself"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    address: Mapped[str] = mapped_column(sa.String(300))
    born_on: Mapped[date | None]
    stage: Mapped[ResidenceStage] = mapped_column(words(ResidenceStage, "stage_known"))
    registered_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_by_code: Mapped[bool] = mapped_column(default=False)
    """A code sent by post to the address came back, so no clerk had to look."""
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str | None] = mapped_column(sa.Text)
    person: Mapped[Person] = relationship(back_populates="residence", foreign_keys=[person_id])
    neighborhood: Mapped[Neighborhood] = relationship()
