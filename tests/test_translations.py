"""Every text has its translation, with the same blanks to fill in, and the compiled catalog is the written one."""

import ast
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.core.languages import LANGUAGES
from tests.house import APP, Module, modules

FOLDERS = {code: APP / "translations" / code / "LC_MESSAGES" for code in LANGUAGES if code != "en"}


def blanks(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))


def messages(folder: Path) -> list[Message]:
    with (folder / "messages.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def pair(message: Message) -> tuple[str, str]:
    """The text and its translation; of a plural, the form for many."""
    if isinstance(message.id, str):
        return message.id, str(message.string)
    return message.id[-1], message.string[-1]


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_translations_keep_the_blanks(folder):
    pairs = [pair(message) for message in messages(folder)]
    assert [both for both in pairs if both[1] and blanks(both[0]) != blanks(both[1])] == []


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_nearly_nothing_is_left_in_english(folder):
    left = [pair(message)[0] for message in messages(folder) if not pair(message)[1]]
    assert len(left) <= 0.02 * len(messages(folder)), left


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_the_compiled_catalog_is_the_written_one(folder):
    compiled = BytesIO()
    with (folder / "messages.po").open("rb") as file:
        write_mo(compiled, read_po(file))
    assert compiled.getvalue() == (folder / "messages.mo").read_bytes()


REFUSALS = {"ensure": 2, "ensure_standing": 1, "DomainError": 1, "NoStanding": 1, "TooMany": 1}
"""What says no, and at which place it takes the sentence for people."""


NOT_FOR_PAGES = {
    "app.accounts.cli": "at the console",
    "app.voting.log.feed.queries": "to programs",
    "app.voting.log.services": "to witness programs",
    "app.voting.results.verification.queries": "at the console",
}
"""Where refusals are answered in English, and to whom."""


def in_english_only(found: Iterable[Module]) -> list[str]:
    """Refusals whose sentence is written as it is, where it should be looked up in the reader's language."""
    calls = [(each, call) for each in found for call in ast.walk(each.tree) if isinstance(call, ast.Call)]
    named = [(each, call) for each, call in calls if isinstance(call.func, ast.Name) and call.func.id in REFUSALS]
    said = [(each, call.args[REFUSALS[call.func.id] :][:1]) for each, call in named]
    return [f"{each.name}:{words[0].lineno}" for each, words in said if words and _is_written_out(words[0])]


def _is_written_out(said: ast.expr) -> bool:
    return isinstance(said, ast.JoinedStr) or (isinstance(said, ast.Constant) and bool(said.value))


def test_whoever_is_refused_is_told_why_in_their_language():
    pages = [each for each in modules() if each.name not in NOT_FOR_PAGES]
    assert in_english_only(pages) == []


@pytest.mark.parametrize("sentence", ['f"Please wait {minutes} min."', '"Please wait."'])
def test_the_check_notices_a_refusal_in_english_only(sentence):
    twin = Module(APP / "twin.py")
    twin.__dict__["tree"] = ast.parse(f'raise TooMany("too_many", {sentence})')
    assert in_english_only([twin]) == ["app.twin:1"]
