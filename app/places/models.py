"""Neighborhoods, their areas and their categories."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model


class Neighborhood(Model):
    """Where people live and money is spent: its own languages, currency and time zone."""

    __tablename__ = "neighborhood"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    summary: Mapped[str] = mapped_column(sa.Text)
    time_zone: Mapped[str] = mapped_column(sa.String(60))
    currency: Mapped[str] = mapped_column(sa.String(3))
    languages: Mapped[list[str]] = mapped_column(sa.JSON)
    areas: Mapped[list["Area"]] = relationship(order_by="Area.name", back_populates="neighborhood")
    categories: Mapped[list["Category"]] = relationship(order_by="Category.position", back_populates="neighborhood")


class Area(Model):
    """A part of a neighborhood; `boundary` is a GeoJSON Polygon or MultiPolygon in WGS 84, or nothing."""

    __tablename__ = "area"
    __table_args__ = (sa.UniqueConstraint("neighborhood_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    boundary: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    neighborhood: Mapped[Neighborhood] = relationship(back_populates="areas")


class Category(Model):
    """A kind of safety project; `icon` names a drawing we have."""

    __tablename__ = "category"
    __table_args__ = (sa.UniqueConstraint("neighborhood_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    icon: Mapped[str] = mapped_column(sa.String(40))
    position: Mapped[int]
    neighborhood: Mapped[Neighborhood] = relationship(back_populates="categories")
