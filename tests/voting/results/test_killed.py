"""A count whose process is killed leaves no trace, whenever that happens, and can be run again."""

import os
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa

from app.config import ROOT
from app.core.db import db
from app.core.jobs import Job
from app.voting.board.models import PendingAction
from app.voting.board.rules import ActKind, Ending
from app.voting.board.services import request
from app.voting.models import Explanation, Result, Vote
from app.voting.results.explanations.rules import EXPLAIN
from app.voting.rules import VoteStage
from tests import make
from tests.voting.results import board

PATIENCE = 120


@pytest.fixture
def counting(app, tmp_path):
    """Starts a process that counts a vote; it waits before its commit while `tmp_path/hold` exists."""
    url, running = app.config["SQLALCHEMY_DATABASE_URI"], []
    env = os.environ | {
        "TEST_DATABASE": url if isinstance(url, str) else url.render_as_string(hide_password=False),
        "TEST_DATA_DIR": str(app.config["DATA_DIR"]),
        "TEST_FOLDER": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }

    def start(cycle_id, **more):
        asker, approver, _observer = make.board_of(cycle_id)
        asked = request(cycle_id, ActKind.COUNT, {}, by=asker)
        db.session.rollback()
        command = [sys.executable, "-m", "tests.voting.results.counting_process", asked.hex(), str(approver.id)]
        running.append(subprocess.Popen(command, cwd=ROOT, env=env | more))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def traces():
    """What a count leaves: results, explanations, jobs, the stage of the vote, and how the request for it ended."""
    db.session.rollback()
    rows = [db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in (Result, Explanation)]
    rows.append(db.session.scalar(sa.select(sa.func.count()).select_from(Job).where(Job.kind == EXPLAIN)))
    asked = sa.select(PendingAction.ending).where(PendingAction.kind == ActKind.COUNT)
    return rows, db.session.scalar(sa.select(Vote.stage)), db.session.scalars(asked).all()


NOTHING = ([0, 0, 0], VoteStage.OPENED, [None])
ALL = ([1, 1, 1], VoteStage.COUNTED, [Ending.EXECUTED])


def killed_before_its_commit(process, folder):
    ends = time.monotonic() + PATIENCE
    while not (folder / "began").exists():
        assert process.poll() is None and time.monotonic() < ends, "it never came to its commit"
        time.sleep(0.02)
    process.kill()
    process.wait()


def test_killed_before_its_commit_a_count_leaves_nothing_and_runs_again(counting, tmp_path):
    cycle_id = board.opened().cycle_id
    (tmp_path / "hold").touch()
    killed_before_its_commit(counting(cycle_id), tmp_path)
    assert traces() == NOTHING
    board.count(cycle_id)
    assert traces() == ALL


def test_a_count_that_committed_too_early_is_noticed(counting, tmp_path):
    """The twin: had it committed before it was done, the kill would leave a result."""
    cycle_id = board.opened().cycle_id
    (tmp_path / "hold").touch()
    killed_before_its_commit(counting(cycle_id, TEST_EARLY_COMMIT="1"), tmp_path)
    assert traces() != NOTHING


@pytest.mark.slow
def test_killed_at_any_moment_it_is_all_there_or_not_at_all(counting):
    cycle_id = board.opened().cycle_id
    for moment in (0.4, 0.8, 1.0, 1.2, 1.4, 1.6, 2.0):
        process = counting(cycle_id)
        time.sleep(moment)
        process.kill()
        process.wait()
        assert traces() in (NOTHING, ALL)
        if traces() == ALL:
            return
    board.count(cycle_id)
    assert traces() == ALL
