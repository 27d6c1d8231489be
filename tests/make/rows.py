"""How a row is kept, and the numbers that make each one different."""

from itertools import count
from typing import TypeVar

from app.core.db import Base, db, transaction

numbers = count(1)

Row = TypeVar("Row", bound=Base)


def kept(row: Row) -> Row:
    """The row, committed."""
    with transaction():
        db.session.add(row)
    return row
