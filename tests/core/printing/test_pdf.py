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
