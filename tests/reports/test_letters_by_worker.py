"""All letters of a cycle by a real worker process that is killed in the middle: none twice, none lost, one file."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
import sqlalchemy as sa

from app.config import ROOT
from app.core import files
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.jobs import Job
from app.proposals.rules import Stage
from app.reports.letters import queries, services
from app.reports.models import Edition, EditionFile
from tests import make
from tests.sizes import size

pytestmark = [pytest.mark.slow, pytest.mark.soak]

LETTERS = size(commit=3, night=300)
PATIENCE = size(commit=180, night=1800)


@pytest.fixture
def begin(app):
    """Starts a worker; none outlives the test."""
    url, running = app.config["SQLALCHEMY_DATABASE_URI"], []
    env = {
        **os.environ,
        "TEST_DATABASE": url if isinstance(url, str) else url.render_as_string(hide_password=False),
        "TEST_FOLDER": str(app.config["DATA_DIR"]),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "flask", "--app", "tests.reports.worker_process:create_app", "worker"]

    def start():
        running.append(subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL))
        return running[-1]

    yield start
    for each in running:
        each.kill()
        each.wait()


def until(true):
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends, "it never came to that"
        db.session.rollback()
        time.sleep(0.1)


def forget_the_lease() -> None:
    """As if the five minutes of the dead worker were over."""
    with transaction():
        db.session.execute(sa.update(Job).where(Job.lease.is_not(None)).values(leased_until=now() - timedelta(days=1)))


def test_a_batch_survives_the_kill_of_its_worker_and_ends_as_one_file(app, begin):
    within = make.cycle()
    for _each in range(LETTERS):
        make.proposal(stage=Stage.NOT_FEASIBLE, within=within)
    batch_id = services.order(within.id, by=make.actor(Role.CLERK))
    first = begin()
    until(lambda: queries.batch(batch_id).made > LETTERS // 3)
    first.send_signal(signal.SIGKILL)
    first.wait()
    done = queries.batch(batch_id)
    assert 0 < done.percent < 100 and done.finished_at is None
    kept = set(db.session.scalars(sa.select(EditionFile.id)))
    forget_the_lease()
    begin()
    until(lambda: queries.batch(batch_id).percent == 100)
    whole = queries.batch(batch_id)
    with pikepdf.open(BytesIO(files.load(whole.file_hash))) as file:
        assert len(file.pages) == LETTERS and whole.failed == ()
    assert kept < set(db.session.scalars(sa.select(EditionFile.id)))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Edition)) == LETTERS
