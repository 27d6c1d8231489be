"""Which lines of minutes were changed between their first draft and the text that stands."""

from collections.abc import Iterable
from types import SimpleNamespace

from app.proposals.revisions.rules import Kind


def changed_lines(pieces: Iterable[SimpleNamespace]) -> list[list[SimpleNamespace]]:
    """The lines of a difference in which something was put in or taken out, each in its pieces."""
    lines: list[list[SimpleNamespace]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        for at, text in enumerate([first, *others]):
            if at:
                lines.append([])
            if text:
                lines[-1].append(SimpleNamespace(kind=piece.kind, text=text))
    return [line for line in lines if any(piece.kind != Kind.SAME for piece in line)]
