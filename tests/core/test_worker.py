"""A real worker process: it hears of jobs, ends when told to, and a job it was killed in runs again, once."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.config import ROOT
from app.core.clock import now
from app.core.db import db, transaction
from app.core.jobs import Job, JobStage, enqueue
from app.core.once import FormUse
from tests.core import worker_process
from tests.core.worker_process import KIND

PATIENCE = 90


class Workers:
    """Worker processes on the database of the test."""

    def __init__(self, url, folder):
        self.folder, self.running = folder, []
        self.env = {**os.environ, "TEST_DATABASE": url, "TEST_FOLDER": str(folder), "PYTHONPATH": str(ROOT)}

    def start(self):
        command = [sys.executable, "-m", "flask", "--app", "tests.core.worker_process:create_app", "worker"]
        self.running.append(subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL))
        return self.running[-1]

    def began(self):
        file = self.folder / "began"
        return file.read_text().split() if file.exists() else []

    def stop(self):
        for worker in self.running:
            worker.kill()
            worker.wait()


@pytest.fixture
def workers(app, tmp_path):
    """Workers that do not outlive the test."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    made = Workers(url if isinstance(url, str) else url.render_as_string(hide_password=False), tmp_path)
    yield made
    made.stop()


def until(true):
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends, "it never came to that"
        time.sleep(0.1)


def stages():
    db.session.rollback()
    return set(db.session.scalars(sa.select(Job.stage)))


def effects():
    db.session.rollback()
    return db.session.scalars(sa.select(FormUse.made_id)).all()


def left():
    with transaction():
        return enqueue(KIND).id


def test_a_job_whose_worker_was_killed_runs_again_and_takes_effect_once(workers):
    (workers.folder / "hold").touch()
    job_id, first = left(), workers.start()
    until(workers.began)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert (stages(), effects()) == ({JobStage.RUNNING}, [])
    with transaction():
        db.session.execute(sa.update(Job).values(leased_until=now() - timedelta(seconds=1)))
    (workers.folder / "hold").unlink()
    workers.start()
    until(lambda: stages() == {JobStage.DONE})
    assert effects() == [job_id] and len(set(workers.began())) == 2


def test_a_worker_leaves_a_job_alone_while_its_lease_holds(workers):
    (workers.folder / "hold").touch()
    left()
    workers.start()
    until(workers.began)
    second = workers.start()
    time.sleep(4)
    assert len(workers.began()) == 1 and second.poll() is None


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_end_finishes_the_job_in_hand(workers, told):
    (workers.folder / "hold").touch()
    job_id, worker = left(), workers.start()
    until(workers.began)
    worker.send_signal(told)
    time.sleep(0.3)
    (workers.folder / "hold").unlink()
    assert worker.wait(PATIENCE) == 0
    assert (effects(), stages()) == ([job_id], {JobStage.DONE})


def test_a_running_worker_hears_of_a_new_job_at_once(workers, monkeypatch):
    left()
    worker = workers.start()
    until(lambda: stages() == {JobStage.DONE})
    monkeypatch.setattr(worker_process, "FOLDER", workers.folder)
    monkeypatch.setenv("TEST_DATABASE", workers.env["TEST_DATABASE"])
    site = worker_process.create_app()
    with site.app_context():
        left()
        db.engine.dispose()
    began = time.monotonic()
    until(lambda: len(effects()) == 2)
    assert time.monotonic() - began < 10 and worker.poll() is None
