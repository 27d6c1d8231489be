"""Jobs: left with the change that asks for them, run by whoever holds the lease, and none takes effect twice."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import jobs
from app.core.clock import now
from app.core.db import db, transaction
from app.core.jobs import TRIES, Job, JobStage, LeaseLost, enqueue, is_on_its_way, run, run_waiting, telling
from app.core.once import FormUse

KIND = "test.note"


@pytest.fixture
def handle(app, monkeypatch):
    """Sets what the test's kind of job does."""

    def use(handler):
        monkeypatch.setitem(app.extensions, "job_wiring", {KIND: handler})

    return use


def note(lease):
    with lease.finishing():
        db.session.add(FormUse(key=f"{lease.token.hex()}", made_id=lease.job_id, used_at=now()))


def left():
    with transaction():
        return enqueue(KIND).id


def job(job_id):
    db.session.rollback()
    return db.session.get(Job, job_id)


def effects():
    db.session.rollback()
    return len(db.session.scalars(sa.select(FormUse.key)).all())


def lease_runs_out():
    with transaction():
        db.session.execute(sa.update(Job).values(leased_until=now() - timedelta(seconds=1)))


def test_a_job_runs_once_and_says_so(handle):
    handle(note)
    job_id = left()
    assert run_waiting() == 1 and run_waiting() == 0
    done = job(job_id)
    assert (done.stage, done.tries, done.lease, effects()) == (JobStage.DONE, 1, None, 1)
    assert done.finished_at is not None


def test_a_job_of_a_change_that_did_not_happen_does_not_exist(app, monkeypatch):
    told = []
    monkeypatch.setitem(app.extensions, "job_transport", told.append)
    with pytest.raises(RuntimeError), transaction():
        enqueue(KIND)
        raise RuntimeError
    assert run_waiting() == 0 and told == []


def test_the_worker_hears_of_a_job_once_it_is_committed(app, monkeypatch):
    told = []
    monkeypatch.setitem(app.extensions, "job_transport", told.append)
    with transaction():
        wanted = enqueue(KIND).id
        assert told == []
    assert told == [wanted]


def test_a_job_that_fails_is_tried_again_and_at_last_given_up(handle):
    handle(lambda lease: 1 / 0)
    job_id = left()
    for _ in range(TRIES):
        assert job(job_id).stage is JobStage.WAITING
        run_waiting()
    given_up = job(job_id)
    assert (given_up.stage, given_up.tries) == (JobStage.FAILED, TRIES)
    assert "ZeroDivisionError" in given_up.error and run_waiting() == 0


def test_a_job_that_failed_half_way_leaves_nothing(handle):
    def half(lease):
        with lease.finishing():
            db.session.add(FormUse(key="half", made_id=1, used_at=now()))
            db.session.flush()
            raise RuntimeError

    handle(half)
    left()
    run_waiting()
    assert effects() == 0


def test_nobody_else_runs_a_job_while_its_lease_holds(handle):
    seen = []
    handle(lambda lease: (seen.append(lease.job_id), run(lease.job_id)))
    run(left())
    assert len(seen) == 1


def test_a_worker_that_lost_its_lease_keeps_nothing(handle):
    lost = []

    def overtaken(lease):
        if not lost:
            lost.append(lease)
            lease_runs_out()
            run(lease.job_id)
        try:
            note(lease)
        except LeaseLost:
            lost.append("refused")

    handle(overtaken)
    job_id = left()
    run(job_id)
    assert lost[1:] == ["refused"] and effects() == 1 and job(job_id).stage is JobStage.DONE


def test_without_the_lease_the_effect_would_come_twice(handle):
    """The twin: the same overtaking, with the effect written outside `finishing`."""
    runs = []

    def careless(lease):
        runs.append(lease)
        if len(runs) == 1:
            lease_runs_out()
            run(lease.job_id)
        with transaction():
            db.session.add(FormUse(key=lease.token.hex(), made_id=lease.job_id, used_at=now()))

    handle(careless)
    run(left())
    assert effects() == 2


def test_of_two_workers_at_one_job_one_runs_it(app, handle):
    handle(note)
    job_id = left()
    start = threading.Barrier(4)

    def work():
        with app.app_context():
            start.wait()
            run(job_id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    [t.start() for t in threads], [t.join() for t in threads]
    assert (effects(), job(job_id).tries) == (1, 1)


def test_work_that_goes_on_keeps_its_lease(handle):
    def long(lease):
        lease_runs_out()
        with transaction():
            lease.renew()
        assert run_waiting() == 0  # nobody else begins it
        note(lease)

    handle(long)
    job_id = left()
    run(job_id)
    assert (job(job_id).stage, effects()) == (JobStage.DONE, 1)


def test_work_that_does_not_say_so_is_begun_by_another(handle):
    """The twin: without renewing, the sweep takes the job, and the first worker may not finish it."""
    lost = []

    def long(lease):
        lease_runs_out()
        handle(note)
        run_waiting()
        try:
            note(lease)
        except LeaseLost:
            lost.append(lease.job_id)

    handle(long)
    job_id = left()
    run(job_id)
    assert lost == [job_id] and effects() == 1


def test_every_new_percent_is_told_once_with_the_lease_renewed(handle):
    told = []

    def work(lease):
        hear = telling(lease, lambda arguments, percent: told.append((dict(arguments), percent)))
        for done in (0.001, 0.01, 0.015, 0.5, 0.5, 1.0):
            hear(done)
        note(lease)

    handle(work)
    run(left())
    assert told == [({}, 1), ({}, 50), ({}, 100)]


def test_a_job_whose_worker_ends_again_and_again_is_given_up(handle):
    def end(lease):
        raise KeyboardInterrupt  # as a kill: nothing is noted

    handle(end)
    job_id = left()
    for _ in range(TRIES):
        with pytest.raises(KeyboardInterrupt):
            run(job_id)
        lease_runs_out()
    run(job_id)
    assert (job(job_id).stage, job(job_id).error) == (JobStage.FAILED, "its worker ended 5 times without a word")


def test_long_work_renews_its_lease_though_no_percent_is_full(handle, monkeypatch):
    def slow(lease):
        hear = telling(lease, lambda arguments, percent: None)
        before = job(lease.job_id).leased_until
        monkeypatch.setattr(jobs, "now", lambda: now() + timedelta(minutes=2))
        hear(0.001)
        assert job(lease.job_id).leased_until > before
        note(lease)

    handle(slow)
    job_id = left()
    run(job_id)
    assert job(job_id).stage is JobStage.DONE


def test_a_job_is_on_its_way_until_it_is_done(handle):
    handle(note)
    with transaction():
        enqueue(KIND, result_id=7)
    assert is_on_its_way(KIND, result_id=7) and not is_on_its_way(KIND, result_id=8)
    run_waiting()
    assert not is_on_its_way(KIND, result_id=7)
