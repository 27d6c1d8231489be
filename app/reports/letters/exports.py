"""Where letters go, for envelopes: made when a clerk asks for it, and kept nowhere."""

from collections.abc import Iterable

from app.core.tables import records
from app.reports.letters.queries import Address

COLUMNS = ("position", "proposal", "name", "by_post", "address")


def addresses_csv(rows: Iterable[Address]) -> bytes:
    """One line for each letter, in the order of the file for the printer."""
    return records(COLUMNS, (vars(row) for row in rows))
