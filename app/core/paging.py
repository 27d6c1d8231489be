"""Long lists in pages, counted in two statements."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from app.core.db import db

Item = TypeVar("Item")
Rows = sa.Select[*tuple[Any, ...]]
"""A query for any columns."""


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Item]):
    """One page of a list; `number` and `pages` start at 1."""

    items: Sequence[Item]
    number: int
    pages: int
    total: int
    size: int

    @property
    def first(self) -> int:
        """Position of the first item shown, from 1 (0 on an empty list)."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Position of the last item shown."""
        return min(self.number * self.size, self.total)


def page_of(query: Rows, *, number: int, size: int, row: Callable[..., Item]) -> Page[Item]:
    """Page `number` of `query` (a number out of range gives the nearest page), each result as `row(*columns)`."""
    total = db.session.execute(sa.select(sa.func.count()).select_from(query.order_by(None).subquery())).scalar_one()
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    results = db.session.execute(query.limit(size).offset((number - 1) * size))
    return Page(items=[row(*result) for result in results], number=number, pages=pages, total=total, size=size)


def part_of(items: Sequence[Item], *, number: int, size: int) -> Page[Item]:
    """Page `number` of a list that is already there (a number out of range gives the nearest page)."""
    pages = max(1, -(-len(items) // size))
    number = min(max(1, number), pages)
    start = (number - 1) * size
    return Page(items=items[start : start + size], number=number, pages=pages, total=len(items), size=size)
