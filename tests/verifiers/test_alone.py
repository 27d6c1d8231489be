"""The program of a recount stands alone: one file, Python's own library, whatever Python a resident has."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.voting.counting.records import Rule
from tests.house import ROOT
from tests.verifiers import bundles
from tests.verifiers.test_equal import SMALL

PROGRAM = ROOT / "verifiers" / "recount.py"
TREE = ast.parse(PROGRAM.read_text(), feature_version=(3, 9))
KEPT = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
VERSIONS = ("3.9", "3.10", "3.12", "3.13", "3.14")


def python(version):
    """A Python of that version on this machine, or None."""
    there = [*KEPT.glob(f"{version}.*/bin/python"), shutil.which(f"python{version}")]
    ask = "import sys; sys.exit('%d.%d' % sys.version_info[:2] != sys.argv[1])"
    asked = ((each, subprocess.run([each, "-c", ask, version], capture_output=True)) for each in there if each)
    return next((each for each, answer in asked if answer.returncode == 0), None)


def test_it_imports_nothing_but_the_standard_library():
    named = [alias.name for node in ast.walk(TREE) if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module for node in ast.walk(TREE) if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in named} <= set(sys.stdlib_module_names)


def test_its_functions_are_as_short_as_those_of_the_house():
    functions = [node for node in ast.walk(TREE) if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 40] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_another_python_counts_the_same(tmp_path, version):
    if (other := python(version)) is None:
        pytest.skip(f"there is no Python {version} on this machine")
    path = bundles.zipped(tmp_path / "bundle.zip", bundles.bundle(SMALL, Rule.SHARED_BUDGET))
    for environment in ({}, {"PYTHONIOENCODING": "ascii"}):
        done = subprocess.run([other, "-I", PROGRAM, path], env=environment, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
    done = subprocess.run([other, "-I", PROGRAM, PROGRAM], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "")


def test_it_explains_itself():
    done = subprocess.run([sys.executable, "-I", PROGRAM, "--help"], capture_output=True, text=True)
    assert done.returncode == 0 and "So hold it to the hashes printed there" in done.stdout
