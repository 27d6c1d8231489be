"""Sealing stays pure, and nobody else in the program touches the sealing library."""

import ast
from pathlib import Path

from app.voting.sealing.faults import REASONS, Fault

ROOT = Path(__file__).parents[3]
SEALING = ROOT / "app" / "voting" / "sealing"
IMPURE = {"flask", "sqlalchemy", "datetime", "time", "random", "os", "app.core"}


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def starts_with(name, packages):
    return any(name == package or name.startswith(package + ".") for package in packages)


def test_sealing_knows_no_web_no_database_no_clock_and_no_weak_chance():
    found = {name for path in SEALING.glob("*.py") for name in imports_of(path) if starts_with(name, IMPURE)}
    assert found == set()


def test_only_sealing_knows_the_sealing_library():
    others = [path for path in (ROOT / "app").rglob("*.py") if SEALING not in path.parents]
    assert [path for path in others for name in imports_of(path) if starts_with(name, {"cryptography"})] == []


def test_every_fault_has_its_reason():
    assert set(REASONS) == set(Fault)
