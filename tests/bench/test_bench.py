"""`make bench` works before anybody waits for it: tiny votes, and no program that the tests do not install."""

import json
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from app.voting.counting.records import check_ballots
from bench import runs, table, votes
from bench.casts import line_of
from bench.measured import measured
from bench.runs import LOOP, PABUTOOLS, Run, Runs

command = import_module("bench.__main__")


def made(size, funded, *, processor=1.0, ties=0, module="bench.pieces", piece="equal-phase"):
    facts = {"funded": funded, "ties": ties}
    return Run(module=module, piece=piece, size=size, wall=1.0, processor=processor, megabytes=1.0, facts=facts)


def in_this_process(module, piece, file):
    return measured(import_module(module).PIECES[piece](Path(file)))


def test_a_tiny_bench_prints_its_table_and_keeps_its_figures(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "find_spec", lambda name: None)
    monkeypatch.setattr(runs, "run_module", in_this_process)
    arguments = ["--size", "300", "--largest", "600", "--patience", "0", "--no-casts", "--clocks", "4", "--pages", "1"]
    arguments += ["--projects", "6", "--ledger", "40", "--editions", "40", "--keep", str(tmp_path)]
    result = CliRunner().invoke(command.bench, arguments, catch_exceptions=False)
    (path,) = tmp_path.iterdir()
    kept = json.loads(path.read_text())
    assert kept["table"] in result.output and result.output.endswith(f"{path}\n")
    assert "not installed" in kept["table"] and "not run" in kept["table"] and "times 300" in kept["table"]
    assert {run["piece"] for run in kept["runs"]} > {"shared-budget", "equal-phase", "runoffs"}


def test_a_moment_of_casts_is_told_beside_the_bare_endpoint():
    assert "casts/s" in line_of("sqlite", seconds=0.3, turns=1)


def test_a_piece_runs_in_a_process_of_its_own_and_prints_what_it_took(tmp_path):
    found = runs.run_module("bench.pieces", "make", str(tmp_path / "50.set"))
    assert len(votes.read(tmp_path / "50.set").ballots) == 50
    assert found["megabytes"] > 1 and found["processor"] > 0


def test_generated_ballots_are_rankings_and_the_same_every_time():
    first = votes.ballots(2000)
    check_ballots(first, max_ranks=votes.RANKS, options=votes.OPTIONS)
    assert (first[:, 0] != 0).all() and np.array_equal(first, votes.ballots(2000))


def test_a_program_that_would_take_longer_than_we_wait_is_not_run(tmp_path):
    waiting = Runs(folder=tmp_path, patience=60)
    waiting.done.append(made(1000, [], processor=7.0, module=LOOP, piece="runoffs"))
    assert waiting.expected(LOOP, "runoffs", 10_000) == 70
    assert waiting.theirs(LOOP, "runoffs", 10_000) is None


def test_other_winners_without_a_tie_stop_the_bench():
    theirs = made(100, [1, 3], module=PABUTOOLS, piece="equal-shares")
    assert table._same(made(100, [3, 1]), theirs) == "yes"
    assert table._same(made(100, [1, 2], ties=1), theirs) == "no, a tie"
    with pytest.raises(AssertionError, match="100 ballots"):
        table._same(made(100, [1, 2]), theirs)


def test_a_row_shows_its_cells_under_their_sizes():
    shown = table.text([table.Row(label="Work", cells={100: "2 s"}, aim="< 3 s")], (10, 100)).splitlines()
    assert shown[1].index("2 s") == shown[0].index("100") and shown[1].endswith("< 3 s")
