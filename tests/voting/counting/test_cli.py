"""`flask count`: what it prints, where, and how it refuses."""

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.core import progress
from app.voting.counting.cli import count_command
from app.voting.counting.count import count
from app.voting.counting.formats import pabulib
from app.voting.counting.formats.pabulib import read, write
from app.voting.counting.records import OFFERED
from tests.voting.counting.made import vote
from tests.voting.counting.real import PB_FILES, needs_ballots

MADE = vote(600_00, [300_00, 300_00, 600_00], ["a", "b", "cb"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "made.pb"
    path.write_bytes(write(MADE, {}))
    return path


def _count(*arguments: object) -> Result:
    return CliRunner().invoke(count_command, [str(argument) for argument in arguments])


@pytest.mark.parametrize("rule", OFFERED)
def test_json_is_the_allocation_and_every_event_and_nothing_else(file, rule):
    result = _count(file, "--rule", rule.value, "--json")
    found = json.loads(result.stdout)
    assert list(found) == ["rule", "pot_cents", "ballots", "counting_ballots", "funded", "left_cents", "events"]
    assert found == count(MADE, rule).as_published()
    assert found["left_cents"] == 60_000 - sum(entry["cost_cents"] for entry in found["funded"])


def test_without_json_a_table_is_printed(file):
    result = _count(file, "--rule", "shared-budget")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Funded (2 of 3)" in result.stdout
    assert "costs more than what was left" in result.stdout


def test_the_lot_order_can_be_given(file, tmp_path):
    (tmp_path / "lot").write_text("\ufeffb\r\n\r\na\r\nc\r\n", encoding="utf-8")
    orders = [
        [entry["id"] for entry in json.loads(_count(file, "--rule", "points", "--json", *lot).stdout)["funded"]]
        for lot in ([], ["--lot", "project-order"], ["--lot", tmp_path / "lot"])
    ]
    assert orders == [["b", "a"], ["b", "a"], ["b", "a"]]


@pytest.mark.parametrize(
    ("lot", "message"),
    [
        ("a\nb\n", "line 4: the lot order ends without project c"),
        ("a\nx\nb\nc\n", "line 2: the lot order names project 'x'"),
        ("a\nb\nb\nc\n", "line 3: the lot order names project b twice, first in line 2"),
        ("", "line 2: the lot order ends without project a"),
    ],
)
def test_a_lot_order_that_is_no_permutation_is_refused_by_line(file, tmp_path, lot, message):
    (tmp_path / "lot").write_text(lot)
    result = _count(file, "--rule", "points", "--lot", tmp_path / "lot")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)


def test_a_broken_file_ends_with_code_2_and_its_line(tmp_path):
    broken = tmp_path / "broken.pb"
    broken.write_bytes(write(MADE, {}).replace(b";600;", b";6OO;"))
    result = _count(broken, "--rule", "points", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "line 12: cost '6OO' is not an amount of money\n"


@pytest.mark.parametrize("arguments", [["--rule", "x"], [], ["--lot", "none", "--rule=points"]])
def test_what_is_not_offered_ends_with_code_2(file, arguments):
    assert _count(file, *arguments).exit_code == 2


def test_a_missing_file_ends_with_code_2(tmp_path):
    assert _count(tmp_path / "none.pb", "--rule", "points").exit_code == 2


def test_a_slow_count_shows_a_bar_on_stderr_and_never_in_the_output(file, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(pabulib, "read", lambda data: (time.sleep(0.1), read(data))[1])
    result = _count(file, "--rule", "points", "--json", "--progress")
    assert "Counting [" in result.stderr and "100%" in result.stderr
    assert json.loads(result.stdout)["rule"] == "points"


def test_without_a_terminal_there_is_no_bar(file, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    assert _count(file, "--rule", "points", "--json").stderr == ""


@needs_ballots
@pytest.mark.parametrize("rule", OFFERED)
def test_a_real_vote_prints_the_same_bytes_every_time(rule):
    first, second = (_count(PB_FILES[1], "--rule", rule.value, "--json").stdout for _ in range(2))
    assert first == second != ""
