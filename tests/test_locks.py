"""The locks hold everything the program asks for, each with its hashes, and no address or path of one machine."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DEV = PROJECT["optional-dependencies"]["dev"]


def name_of(requirement):
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-")


def pins(name):
    """Each pinned line of a lock with the hashes that follow it."""
    text = (REQUIREMENTS / name).read_text()
    return re.findall(r"^([a-z0-9-]+)==(\S+)(.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)*)", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("lock", "asked"), [("run.txt", PROJECT["dependencies"]), ("test.txt", PROJECT["dependencies"] + DEV)]
)
def test_everything_asked_for_is_locked(lock, asked):
    assert {name_of(requirement) for requirement in asked} - {name for name, *_ in pins(lock)} == set()


@pytest.mark.parametrize("lock", ["bootstrap.txt", "run.txt", "test.txt"])
def test_every_pin_carries_its_hashes(lock):
    assert pins(lock) and [name for name, _, rest in pins(lock) if "--hash=" not in rest] == []


@pytest.mark.parametrize("lock", ["bootstrap.txt", "run.txt", "test.txt"])
def test_a_lock_names_no_address_and_no_path(lock):
    assert re.findall(r".*(?:://|--\w*index|--find-links|file:|/home|/root).*", (REQUIREMENTS / lock).read_text()) == []


def test_what_runs_is_what_was_tested():
    assert {pin[:2] for pin in pins("run.txt")} <= {pin[:2] for pin in pins("test.txt")}
