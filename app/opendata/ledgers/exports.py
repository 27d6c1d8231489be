"""The table of all ledgers, line by line."""

from collections.abc import Iterator

from app.core.tables import neutral
from app.opendata.ledgers.words import FIELDS
from app.opendata.rules import line
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.chain.exports import COLUMNS, cells


def ledgers_csv() -> Iterator[str]:
    """Every entry of every cycle, the newest cycle first and each in the order of its chain, read some at a time.

    Its first columns are those of the cycle's own file, made by the same function.
    """
    yield line((*COLUMNS, *(field.name for field in FIELDS)))
    for each in chain.everything():
        yield line((*cells(each.link), each.year, neutral(each.neighborhood), each.currency, each.ocid or ""))
