"""What the browser is sent is what we chose: vendored files unchanged, nothing inline, no marks."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.house import each

ROOT = Path(__file__).parents[1]
MANIFEST = json.loads((ROOT / "static/vendor/MANIFEST.json").read_text())["files"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DRAWINGS = sorted((ROOT / "static/img").glob("*.svg"))
OWN_CSS = sorted((ROOT / "static/css").glob("*.css"))
OWN_JS = sorted((ROOT / "static/js").glob("*.js"))
DATA = '<script type="application/ld+json">{{ facts|tojson }}</script>'
"""What a page says of itself to programs; a browser never runs it (decision 44)."""
INLINE = re.compile(r"<style[\s>]|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
MARKS = re.compile(r"GDS Transport|GOV\.UK|\bcrest\b", re.IGNORECASE)
# Mail and paper know no content security policy.
PAGES = [path for path in TEMPLATES if not {"emails", "reports"} & set(path.relative_to(ROOT).parts)]


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["path"])
def test_a_vendored_file_is_the_one_the_manifest_names(entry: dict[str, str | int]) -> None:
    content = (ROOT / str(entry["path"])).read_bytes()
    assert len(content) == entry["bytes"]
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode() == entry["sha384"]


def test_no_file_lies_among_the_vendored_ones_unnamed() -> None:
    lying = {_named(p) for f in ("static/vendor", "tests/vendor") for p in (ROOT / f).rglob("*") if p.is_file()}
    assert lying - {"static/vendor/MANIFEST.json"} == {entry["path"] for entry in MANIFEST}


def test_every_vendored_package_brings_its_license() -> None:
    packages = {Path(entry["path"]).parent for entry in MANIFEST}
    assert [p for p in packages if not list((ROOT / p).glob("*LICENSE*"))] == []


@each([*TEMPLATES, *DRAWINGS, *OWN_CSS, *OWN_JS])
def test_no_protected_mark_came_in(path: Path) -> None:
    assert MARKS.findall(path.read_text()) == []


def test_the_compiled_theme_is_free_of_protected_marks_and_foreign_files() -> None:
    for name in ("govuk.css", "govuk.rtl.css"):
        theme = (ROOT / "static/vendor/govuk" / name).read_text()
        assert MARKS.findall(theme) == [] and "url(" not in theme


@each([*PAGES, *DRAWINGS])
def test_nothing_is_styled_or_scripted_inline(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@each(TEMPLATES)
def test_a_script_always_has_an_address(path: Path) -> None:
    source = path.read_text().replace(DATA, "")
    assert re.findall(r"<script(?![^>]*\ssrc=)", source) == []


@each(TEMPLATES)
def test_every_file_a_page_asks_for_exists(path: Path) -> None:
    asked = re.findall(r"static_url\('([^']+)'\)|filename='([^']+)'", path.read_text())
    assert [name for pair in asked for name in pair if name and not (ROOT / "static" / name).is_file()] == []


@each([*OWN_CSS, *OWN_JS])
def test_our_own_files_call_nobody(path: Path) -> None:
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]+|eval\(|new Function|innerHTML", path.read_text()) == []


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors as WCAG 2.2 defines it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["paper", "card", "sand", "glow-soft"])
@pytest.mark.parametrize("ink", ["ink", "soft", "dusk", "amber-ink", "leaf", "brick"])
def test_every_ink_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    base = (ROOT / "static/css/base.css").read_text()
    colors = dict(re.findall(r"--ll-([a-z-]+): (#[0-9a-f]{6})", base))
    assert contrast(colors[ink], colors[ground]) >= 4.5


def test_the_contrast_formula_knows_its_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("sheet", ("report", "booklet", "paper", "paper_ballot", "letter"))
def test_a_paper_s_style_asks_no_element_for_what_comes_after_it(sheet: str) -> None:
    assert ":has(" not in (ROOT / f"static/css/{sheet}.css").read_text(), "a long paper would take hours: :has looks on"
