"""The PDF renderer makes tagged, reproducible files and fetches nothing."""

import re
import subprocess
from io import BytesIO

import pikepdf
import pytest

from app.core.printing import pdf

PAGE = '<!doctype html><html lang="en"><head><title>Report</title></head><body><h1>Report</h1>{}</body></html>'


def rendered(document: str) -> bytes:
    return pdf.rendered(pdf.Sheet(document=document))


def test_the_file_says_it_is_tagged_and_in_which_language():
    with pikepdf.open(BytesIO(rendered(PAGE.format("<p>Lamps</p>")))) as file:
        assert file.Root.MarkInfo.Marked and str(file.Root.Lang) == "en"
        assert file.open_metadata()["pdfuaid:part"] == "1"


def test_the_same_document_gives_the_same_bytes():
    document = PAGE.format("<table><caption>Costs</caption><tr><th scope=row>Lamp</th><td>1</td></tr></table>")
    assert rendered(document) == rendered(document)


@pytest.mark.parametrize(
    "body",
    [
        '<img src="http://127.0.0.1:9/x.png" alt="">',
        '<img src="file:///etc/hostname" alt="">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<img src="asset:/../pyproject.toml" alt="">',
        "<p style=\"background: url('//127.0.0.1:9/x')\">x</p>",
    ],
)
def test_a_document_that_asks_for_something_foreign_is_not_rendered(body):
    with pytest.raises(pdf.ForeignAddress):
        rendered(PAGE.format(body))


@pytest.mark.parametrize("address", ["asset:/img/lamp.svg", "asset:img/lamp.svg"])
def test_bundled_files_are_found(address):
    content, kind = pdf.bundled(address)
    assert b"<svg" in content and kind == "image/svg+xml"


@pytest.mark.parametrize(
    "address", ["asset:/../app/config.py", "asset:/", "file:/etc/hostname", "http://x/img/lamp.svg"]
)
def test_nothing_else_is(address):
    with pytest.raises(pdf.ForeignAddress):
        pdf.bundled(address)


def test_fonts_are_embedded(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(rendered(PAGE.format("<p>Lamps — ñ é</p>")))
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert listed and all(re.search(r"\byes\s+yes\b|\byes yes yes", line) for line in listed)


def test_words_in_a_drawing_are_joined_and_in_their_order():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="9" y="20">مرحبا</text></svg>'
    asked = ["pdftotext", "-", "-"]
    said = subprocess.run(asked, input=rendered(PAGE.format(drawing)), capture_output=True, check=True).stdout.decode()
    assert "مرحبا" in said


def places(document: str) -> list[tuple[int, str, float]]:
    """Every word of a document's PDF: its page, itself, and where it begins from the left, in points."""
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=rendered(document), capture_output=True, check=True
    ).stdout.decode()
    pages = enumerate(told.split("<page ")[1:], start=1)
    word = re.compile(r'<word xMin="([\d.]+)".*?>(.*?)</word>')
    return [(page, found[2], float(found[1])) for page, part in pages for found in word.finditer(part)]


@pytest.mark.parametrize(("direction", "is_right"), [("ltr", False), ("rtl", True)])
def test_page_furniture_stands_on_the_side_where_reading_begins(direction, is_right):
    mirror = '<link rel="stylesheet" href="asset:/css/report-rtl.css">' if direction == "rtl" else ""
    body = '<p class="programme">Riverside</p><p class="language">xx</p><h2 class="page">Money</h2>'
    found = places(
        PAGE.format(body).replace("<html ", f'<html dir="{direction}" ').replace("</head>", f"{mirror}</head>")
    )
    where = {word: x for page, word, x in found if page == 2}
    assert (where["Riverside"] > 300) is is_right and (where["xx"] > 300) is not is_right


ONE_ROW = "<table><caption>{0}</caption><tbody><tr><td>{0}</td></tr></tbody></table>"
TALL = ONE_ROW.format("table").replace("<td>", '<td style="height: 60mm">')


def test_a_heading_goes_with_its_table_even_after_a_table_of_one_row():
    body = f'<div style="height: 175mm"></div>{ONE_ROW.format("first")}<h2>Heading</h2>{TALL}'
    pages = {word: page for page, word, _x in places(PAGE.format(body))}
    assert (pages["first"], pages["Heading"], pages["table"]) == (1, 2, 2)


def test_a_draft_says_so_on_every_page_whatever_its_shape_and_nothing_else_does():
    body = '<p>first</p><div class="wide">second</div><section class="delivery">third</section>'
    for mark, marked in (('<p class="draft">DRAFT</p>', {1, 2, 3}), ("", set())):
        found = places(PAGE.format(mark + body))
        assert {page for page, word, _x in found if word == "DR"} == marked  # slanted, it is read in pieces
        assert {page for page, _word, _x in found} == {1, 2, 3}


def test_what_is_too_long_is_set_closer_until_it_keeps_to_its_pages():
    style = "<style>p { break-before: page; } .two p + p, .three p { display: none; }</style>"
    sheet = pdf.Sheet(document=PAGE.format(f"{style}<p>1</p><p>2</p>"), closer=("one", "two", "three"), pages=2)
    with pikepdf.open(BytesIO(pdf.rendered(sheet))) as file:
        assert len(file.pages) == 2


def test_the_mark_of_what_sets_a_paper_changes_with_a_template_of_ours(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    monkeypatch.setattr(pdf, "OURS", (tmp_path,))
    (tmp_path / "sheet.html").write_text("<p>Lamps</p>")
    before = pdf.renderer.__wrapped__()
    (tmp_path / "sheet.html").write_text("<p>Lamp</p>")
    after = pdf.renderer.__wrapped__()
    assert before.rpartition(",")[0] == after.rpartition(",")[0] and before != after
