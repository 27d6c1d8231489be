"""Who has translated what an edition prints, in the language of the moment, and how an official summary is marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.reports.rules import shortened
from app.translating.rules import Rendering
from app.translating.words import SHORT

BEGINNING = 80
"""Characters of a summary by which readers find it."""


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Texts of the same hands: how many, of which kind, who translated and who read over, and the last day of each."""

    kind: str
    texts: int
    by: str
    translated_on: date
    read_by: str | None
    read_on: date | None


def wording(row: Mapping[str, Any]) -> str:
    """What is printed in the place of a text; an official summary says that it is one."""
    if row["rendering"] == Rendering.SUMMARY:
        return str(_("Official summary: %(words)s", words=row["wording"]))
    return str(row["wording"])


def credits_of(rows: Sequence[Mapping[str, Any]]) -> list[Credit]:
    """The hands through which the texts of an edition went, in the order in which they are first met."""
    hands: dict[tuple[str, str, str | None], list[Mapping[str, Any]]] = {}
    for row in rows:
        hands.setdefault((row["rendering"], row["by"], row["read_by"]), []).append(row)
    return [
        Credit(
            kind=str(SHORT[rendering]),
            texts=len(of_them),
            by=by,
            translated_on=max(date.fromisoformat(row["translated_on"]) for row in of_them),
            read_by=read_by,
            read_on=max((date.fromisoformat(row["read_on"]) for row in of_them if row["read_on"]), default=None),
        )
        for (rendering, by, read_by), of_them in hands.items()
    ]


def summaries(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """How the official summaries among them begin."""
    return [shortened(row["wording"], BEGINNING) for row in rows if row["rendering"] == Rendering.SUMMARY]
