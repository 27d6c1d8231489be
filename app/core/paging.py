"""Long lists in pages, counted in two statements, an empty one in one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from app.core.db import db

Item = TypeVar("Item")
Told = TypeVar("Told")
Rows = sa.Select[*tuple[Any, ...]]
"""A query for any columns."""


def row_number(text: str) -> int:
    """A number from an address that can be one of a row; ValueError for any other, which counts as none."""
    number = int(text)
    if not 0 <= number < 2**63:
        raise ValueError
    return number


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

    def told(self, items: Sequence[Told]) -> "Page[Told]":
        """The same part of the list with other rows, one for each of its own."""
        return Page(items=items, number=self.number, pages=self.pages, total=self.total, size=self.size)


def page_of(query: Rows, *, number: int, size: int, row: Callable[..., Item]) -> Page[Item]:
    """Page `number` of `query` (a number out of range gives the nearest page), each result as `row(*columns)`."""
    total = db.session.execute(sa.select(sa.func.count()).select_from(query.order_by(None).subquery())).scalar_one()
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    results = db.session.execute(query.limit(size).offset((number - 1) * size)) if total else ()
    return Page(items=[row(*result) for result in results], number=number, pages=pages, total=total, size=size)


def found_page_of(
    query: sa.Select[int], order: Callable[[Any], Sequence[Any]], *, number: int, size: int
) -> Page[int]:
    """A page of the ids that `query` finds at some cost, found and counted at once; `order` gets the column of ids.

    One statement; two where the number is out of range.
    """
    found = query.cte("found").prefix_with("MATERIALIZED")
    total = sa.select(sa.func.count()).select_from(found).scalar_subquery()
    (column,) = found.c
    ids = sa.select(column, total).order_by(*order(column))
    rows = db.session.execute(ids.limit(size).offset((max(1, number) - 1) * size)).all()
    if not rows and number > 1:
        return page_of(sa.select(column).order_by(*order(column)), number=number, size=size, row=lambda id_: id_)
    count = rows[0][1] if rows else 0
    pages = max(1, -(-count // size))
    return Page(items=[row[0] for row in rows], number=max(1, number), pages=pages, total=count, size=size)


def part_of(items: Sequence[Item], *, number: int, size: int) -> Page[Item]:
    """Page `number` of a list that is already there (a number out of range gives the nearest page)."""
    pages = max(1, -(-len(items) // size))
    number = min(max(1, number), pages)
    start = (number - 1) * size
    return Page(items=items[start : start + size], number=number, pages=pages, total=len(items), size=size)
