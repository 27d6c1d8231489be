"""The locks hold everything the program asks for, each with its hashes, and no address or path of one machine."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


def name_of(requirement):
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-")


def pins(name):
    """Each pinned line of a lock with the hashes that follow it."""
    text = (REQUIREMENTS / name).read_text()
    return re.findall(r"^([a-z0-9-]+)==(\S+)(.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)*)", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("lock", "extra"), [("run.txt", []), ("test.txt", EXTRAS["dev"]), ("bench.txt", EXTRAS["bench"])]
)
def test_everything_asked_for_is_locked(lock, extra):
    asked = {name_of(requirement) for requirement in PROJECT["dependencies"] + extra}
    assert asked - {name for name, *_ in pins(lock)} == set()


@pytest.mark.parametrize("lock", ["bootstrap.txt", "run.txt", "test.txt", "bench.txt"])
def test_every_pin_carries_its_hashes(lock):
    assert pins(lock) and [name for name, _, rest in pins(lock) if "--hash=" not in rest] == []


@pytest.mark.parametrize("lock", ["bootstrap.txt", "run.txt", "test.txt", "bench.txt"])
def test_a_lock_names_no_address_and_no_path(lock):
    assert re.findall(r".*(?:://|--\w*index|--find-links|file:|/home|/root).*", (REQUIREMENTS / lock).read_text()) == []


@pytest.mark.parametrize("lock", ["test.txt", "bench.txt"])
def test_what_runs_is_what_was_tested_and_measured(lock):
    assert {pin[:2] for pin in pins("run.txt")} <= {pin[:2] for pin in pins(lock)}


def test_what_we_are_measured_against_is_pinned_and_no_part_of_the_program():
    assert all("==" in requirement for requirement in EXTRAS["bench"])
    assert "pabutools" not in {name for lock in ("run.txt", "test.txt") for name, *_ in pins(lock)}
