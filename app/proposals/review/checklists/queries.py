"""Reading checklists: the questions about a kind of project."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from app.places.models import Category, Neighborhood
from app.proposals.review.checklists.models import ChecklistItem
from app.proposals.review.checklists.rules import DEFAULT


@dataclass(frozen=True, kw_only=True)
class ChecklistRow:
    """A kind of project, and how many questions of its own it has; 0 for those of every kind."""

    category_id: int
    category: str
    neighborhood: str
    neighborhood_id: int
    own_questions: int


def questions(category_id: int | None) -> tuple[str, ...]:
    """What officers answer about proposals of this category, in order; a draft may have none yet."""
    return (own_questions(category_id) if category_id is not None else ()) or DEFAULT


def own_questions(category_id: int) -> tuple[str, ...]:
    """The questions a clerk has put for this category; none where those of every kind hold."""
    query = sa.select(ChecklistItem.question).where(ChecklistItem.category_id == category_id)
    return tuple(db.session.scalars(query.order_by(ChecklistItem.position)))


def of_neighborhoods(neighborhood_ids: Collection[int] | None) -> list[ChecklistRow]:
    """Every kind of project of these neighborhoods (None: of all)."""
    query = _rows().order_by(Neighborhood.name, Category.position, Category.id)
    if neighborhood_ids is not None:
        query = query.where(Neighborhood.id.in_(neighborhood_ids))
    return [_row(*found) for found in db.session.execute(query)]


def find(category_id: int) -> ChecklistRow | None:
    """One kind of project, or None."""
    found = db.session.execute(_rows().where(Category.id == category_id)).first()
    return _row(*found) if found else None


def _rows() -> sa.Select[Any]:
    counted = (
        sa.select(sa.func.count()).where(ChecklistItem.category_id == Category.id).correlate(Category).scalar_subquery()
    )
    return sa.select(Category.id, Category.name, Neighborhood.name, Neighborhood.id, counted).join(
        Neighborhood, Neighborhood.id == Category.neighborhood_id
    )


def _row(category_id: int, category: str, neighborhood: str, neighborhood_id: int, own: int) -> ChecklistRow:
    return ChecklistRow(
        category_id=category_id,
        category=category,
        neighborhood=neighborhood,
        neighborhood_id=neighborhood_id,
        own_questions=own,
    )
