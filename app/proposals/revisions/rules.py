"""What differs between two texts, word by word, and whether a text may be saved on top of a newer one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

LONGEST = 20_000
"""Characters; two longer texts are told as a whole, because comparing them word by word would take too long."""
SHORTEST = 4
"""Letters; a shorter word that stands alone between two changes is told as part of them."""
_WORD = re.compile(r"\s+|\d+(?:[.,]\d+)*|\w+|[^\w\s]")


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    TAKEN_OUT = "taken_out"
    PUT_IN = "put_in"


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and what became of it."""

    kind: Kind
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """How `old` became `new`, in whole words.

    The pieces that are the same or put in make `new`, those that are the same or taken out make `old`. What stands in
    one gap is told as one change: first what was taken out, then what was put in.
    """
    if old == new:
        return (Piece(Kind.SAME, new),) if new else ()
    if max(len(old), len(new)) > LONGEST:
        return _whole([Piece(Kind.TAKEN_OUT, old), Piece(Kind.PUT_IN, new)])
    before, after = _WORD.findall(old), _WORD.findall(new)
    found: list[Piece] = []
    for change, i, to_i, j, to_j in SequenceMatcher(None, before, after).get_opcodes():
        if change == "equal":
            found.append(Piece(Kind.SAME, "".join(after[j:to_j])))
        else:
            found += [Piece(Kind.TAKEN_OUT, "".join(before[i:to_i])), Piece(Kind.PUT_IN, "".join(after[j:to_j]))]
    return _whole(found)


def old_text(pieces: Sequence[Piece]) -> str:
    """The text before a difference."""
    return "".join(piece.text for piece in pieces if piece.kind is not Kind.PUT_IN)


def new_text(pieces: Sequence[Piece]) -> str:
    """The text after a difference: what applying it gives."""
    return "".join(piece.text for piece in pieces if piece.kind is not Kind.TAKEN_OUT)


def is_newest(read_up_to: int, newest: int) -> bool:
    """Whether a text may be saved by somebody who has read up to one revision: nobody has saved another since."""
    return read_up_to == newest


def _whole(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """Changes with nothing but a space or a tiny word between them are one change, which is easier to read."""
    joined: list[Piece] = []
    for at, piece in enumerate(found):
        between = 0 < at < len(found) - 1 and piece.kind is Kind.SAME and len(piece.text.strip()) < SHORTEST
        joined += [Piece(Kind.TAKEN_OUT, piece.text), Piece(Kind.PUT_IN, piece.text)] if between else [piece]
    told: list[Piece] = []
    for same, run in groupby(joined, key=lambda piece: piece.kind is Kind.SAME):
        pieces = list(run)
        for kind in (Kind.SAME,) if same else (Kind.TAKEN_OUT, Kind.PUT_IN):
            told.append(Piece(kind, "".join(piece.text for piece in pieces if piece.kind is kind)))
    return tuple(piece for piece in told if piece.text)
