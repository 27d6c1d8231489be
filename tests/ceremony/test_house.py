"""The rules of the house hold for the ceremony too."""

import ast
import re

import pytest

from ceremony.site import create_ceremony
from tests.house import ROOT

FOLDER = ROOT / "ceremony"
SOURCES = sorted(FOLDER.glob("*.py"))
TEMPLATES = sorted((FOLDER / "templates" / "ceremony").glob("*.html"))
VIEWS = {"home", "making", "checking", "opening", "drills"}


def named(path):
    return path.name


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_module_is_short_and_says_why_it_exists(path):
    tree = ast.parse(path.read_text())
    ceiling = 25 if path.stem in VIEWS else 40
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > ceiling]
    assert ast.get_docstring(tree) and long == [] and len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_it_knows_no_database_no_clock_and_no_sealing_library(path):
    assert not re.search(r"sqlalchemy|app\.core\.db|cryptography|Crypto|datetime|import time", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_is_short_and_has_nothing_inline(path):
    source = path.read_text()
    assert len(source.splitlines()) <= 150 and "|safe" not in source
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script", source)


def test_every_template_is_used():
    sources = "\n".join(path.read_text() for path in [*SOURCES, *TEMPLATES])
    assert [path.name for path in TEMPLATES if f"ceremony/{path.name}" not in sources] == []


def test_nothing_of_the_site_imports_the_ceremony():
    sites = (ROOT / "app").rglob("*.py")
    assert [path for path in sites if re.search(r"^\s*(from|import) ceremony\b", path.read_text(), re.M)] == []


def test_it_needs_no_settings(monkeypatch, tmp_path):
    for name in ("DATABASE_URL", "SECRET_KEY", "DATA_DIR", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
    app, _start = create_ceremony(tmp_path, host="localhost")
    assert "SQLALCHEMY_DATABASE_URI" not in app.config


def test_it_speaks_the_languages_of_the_site(browser):
    page = browser.open("/").press("Español")
    assert 'lang="es"' in page.html
