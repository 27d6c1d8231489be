"""A booklet folds: its pages follow each other, its middle is in the middle, and two languages meet there."""

from io import BytesIO

import pikepdf
import pytest

from app.core.printing import folding
from app.core.printing.folding import Measured

A5 = (420, 595)


def booklet(pages: int, letter: str) -> bytes:
    """A PDF whose pages say their number."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        for number in range(1, pages + 1):
            pdf.add_blank_page(page_size=A5).contents_add(f"% {letter}{number}\n".encode())
        pdf.save(out)
    return out.getvalue()


def halves(content: bytes) -> list[tuple[str, str]]:
    """What each side of each sheet says, left and right; with an «x» what stands on its head."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [(_half(page, 0), _half(page, 1)) for page in pdf.pages]


def _half(page: pikepdf.Page, number: int) -> str:
    page.contents_coalesce()
    drawn = next(line for line in page.Contents.read_bytes().split(b"q ") if f"/Page{number} ".encode() in line)
    said = page.Resources.XObject[f"/Page{number}"].read_bytes().decode().strip("% \n")
    return said + ("x" if drawn.startswith(b"-1") else "")


def folded(sides: list[tuple[str, str]]) -> list[str]:
    """The pages of a stapled booklet as they are turned, from what stands left and right on each side of its sheets."""
    fronts, backs = sides[::2], sides[1::2]
    half = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    rest = [page for front, back in zip(fronts, backs, strict=True) for page in (front[0], back[1])]
    return half + rest[::-1]


@pytest.mark.parametrize("pages", [4, 8, 20, 44])
def test_folded_sheets_have_their_pages_in_order(pages):
    sheets = folding.imposed(booklet(pages, "a"), title="A", language="en")
    assert folded(halves(sheets)) == [f"a{number}" for number in range(1, pages + 1)]


def test_what_is_read_from_the_right_is_bound_at_the_right():
    sheets = folding.imposed(booklet(8, "a"), title="A", language="ar", from_right=True)
    assert folded(halves(sheets))[::-1] == [f"a{number}" for number in range(1, 9)]
    assert halves(sheets)[0] == ("a1", "a8")


def test_two_languages_meet_in_the_middle_and_the_second_stands_on_its_head():
    sheets = folding.back_to_back(booklet(4, "a"), booklet(4, "b"), title="A", language="en")
    assert folded(halves(sheets)) == ["a1", "a2", "a3", "a4", "b4x", "b3x", "b2x", "b1x"]


def test_where_they_are_read_from_two_sides_none_is_turned():
    both = {"title": "A", "language": "en"}
    sheets = folding.back_to_back(booklet(4, "a"), booklet(4, "b"), back_from_right=True, **both)
    assert folded(halves(sheets)) == ["a1", "a2", "a3", "a4", "b4", "b3", "b2", "b1"]
    assert halves(sheets)[0] == ("b1", "a1")


@pytest.mark.parametrize("middle", [1, 2, 3, 4])
def test_the_middle_is_in_the_middle_of_a_multiple_of_four_whatever_the_parts_are(middle):
    for pages in range(6, 40):
        begins = {f"part-{at}": at for at in range(1, pages, 2)}
        bound = folding.centered(Measured(before=pages, middle=middle, begins=begins), list(begins))
        before = begins[bound.at] - 1 + bound.before
        after = pages - begins[bound.at] + 1 + bound.after
        whole = middle + bound.inside
        assert before == after and (before + whole + after) % 4 == 0
        assert bound.before + bound.inside + bound.after <= 7


def test_the_middle_never_stands_before_a_project_that_shares_its_page():
    begins = {"one": 3, "two": 3, "three": 4, "four": 4, "end": 5}
    bound = folding.centered(Measured(before=6, middle=2, begins=begins), list(begins))
    assert bound.at == "three"


def test_two_booklets_that_meet_are_as_long_as_each_other():
    for pages in range(4, 12):
        parts = (Measured(before=pages, middle=2, begins={}), Measured(before=7, middle=3, begins={}))
        bound = folding.meeting(*parts)
        lengths = {part.before + part.middle + each.before for part, each in zip(parts, bound, strict=True)}
        assert len(lengths) == 1 and lengths.pop() % 2 == 0
