"""Booklets: where the middle of one stands, and its pages two by two on sheets that are printed, folded and stapled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.core.media import documents
from app.core.media.documents import Leaf

TO_A_SHEET = 4
"""Pages on a folded sheet, both sides together."""
MIDDLE = "middle"
"""The destination at which the middle of a booklet begins."""


@dataclass(frozen=True, kw_only=True)
class Binding:
    """Where the middle of a booklet stands: before the destination `at`, or at its very end.

    `before` and `after` are pages for notes that fill it up, `inside` those that make the middle even.
    """

    at: str = ""
    before: int = 0
    inside: int = 0
    after: int = 0


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How long a booklet is whose middle was put at its end: the pages before it, its own, and where each part begins.

    Pages count from 1.
    """

    before: int
    middle: int
    begins: Mapping[str, int]


def measured(content: bytes) -> Measured:
    """What a booklet is like, read from its file."""
    pages, begins = documents.destinations(content)
    before = begins[MIDDLE] - 1
    return Measured(before=before, middle=pages - before, begins=begins)


def centered(found: Measured, places: Sequence[str]) -> Binding:
    """The binding with the fewest pages that puts the middle in the middle, before one of these places but the first.

    Only those at the head of a page are taken: those that begin on a later page than the place before them. The whole
    is a multiple of four, with as much before the middle as after it.
    """
    inside = found.middle % 2
    half_of_middle = (found.middle + inside) // 2
    best: tuple[int, int, Binding] | None = None
    for above, place in pairwise(places):
        if found.begins[place] == found.begins[above]:
            continue
        before = found.begins[place] - 1
        after = found.before - before
        half = max(before, after)
        half += (half + half_of_middle) % 2
        binding = Binding(at=place, before=half - before, inside=inside, after=half - after)
        if best is None or (half, binding.before) < best[:2]:
            best = (half, binding.before, binding)
    return best[2] if best else Binding()


def meeting(one: Measured, other: Measured) -> tuple[Binding, Binding]:
    """The bindings of two booklets of one length, each with its middle at its end, that meet back to back."""
    longest = max(each.before + each.middle for each in (one, other))
    longest += longest % 2
    return (
        Binding(before=longest - one.before - one.middle),
        Binding(before=longest - other.before - other.middle),
    )


def imposed(content: bytes, *, title: str, language: str, from_right: bool = False) -> bytes:
    """A booklet as sheets, to be printed on both sides and flipped at the short edge; folded, its pages follow.

    What it says to screen readers is left out: it is for a printer.
    """
    leaves = _leaves(content, file=0)
    pairs = _pairs(leaves[::-1] if from_right else leaves)
    return documents.two_by_two([content], pairs, title=title, language=language)


def back_to_back(
    front: bytes,
    back: bytes,
    *,
    title: str,
    language: str,
    front_from_right: bool = False,
    back_from_right: bool = False,
) -> bytes:
    """Two booklets as one, each with a cover of its own, as sheets.

    Where both are read in the same direction the second stands on its head: the booklet is turned over to read it.
    Where they are not, each begins on the side where its readers begin.
    """
    ours = _leaves(front, file=0)
    theirs = _leaves(back, file=1, is_turned=front_from_right == back_from_right)
    pairs = _pairs(theirs + ours[::-1] if front_from_right else ours + theirs[::-1])
    return documents.two_by_two([front, back], pairs, title=title, language=language)


def sides(pages: int) -> list[tuple[int, int]]:
    """The pages left and right on each side of each sheet, from the outermost sheet in; counted from 0."""
    return [pair for out in range(0, pages // 2, 2) for pair in ((pages - 1 - out, out), (out + 1, pages - 2 - out))]


def _leaves(content: bytes, *, file: int, is_turned: bool = False) -> list[Leaf]:
    pages, _begins = documents.destinations(content)
    return [Leaf(file=file, page=page, is_turned=is_turned) for page in range(pages)]


def _pairs(leaves: Sequence[Leaf]) -> list[tuple[Leaf | None, Leaf | None]]:
    full = [*leaves, *[None] * (-len(leaves) % TO_A_SHEET)]
    return [(full[left], full[right]) for left, right in sides(len(full))]
