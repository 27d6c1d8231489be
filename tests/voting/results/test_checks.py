"""The second count of a large vote runs in the background, tells how far it is, and certification waits for it."""

import pytest
import sqlalchemy as sa

from app.core import jobs
from app.core.db import db
from app.core.errors import DomainError
from app.core.jobs import Job, JobStage
from app.voting.models import Result
from app.voting.results import rules, services
from app.voting.rules import CheckStage
from tests import make
from tests.voting.results import board
from tests.voting.together import table


@pytest.fixture
def large(monkeypatch):
    """Every vote counts as a large one."""
    monkeypatch.setattr(services, "checks_at_once", lambda options, ballots: False)


def fresh(result):
    db.session.rollback()
    return db.session.get(Result, result.id, populate_existing=True)


def refusal_of(cycle_id):
    with pytest.raises(DomainError) as refusal:
        services.certify(cycle_id, by=board.clerk(cycle_id))
    return refusal.value.code


@pytest.mark.parametrize(
    ("options", "ballots", "expected"), [(24, 900, True), (200, 2_500, True), (201, 1, False), (100, 51_229, False)]
)
def test_what_pyrankvote_counts_in_a_second_is_checked_at_once(options, ballots, expected):
    assert rules.checks_at_once(options=options, ballots=ballots) is expected


def test_a_small_vote_is_checked_while_the_clerk_waits(app):
    result = board.counted()
    assert (result.check_stage, result.check_percent) == (CheckStage.AGREED, 100)


def test_a_large_vote_waits_for_its_check_and_so_does_its_certification(app, large):
    result = board.counted()
    assert (result.check_stage, result.check_percent) == (CheckStage.WAITING, 0)
    assert refusal_of(result.vote.cycle_id) == "check_waits"


def test_once_a_worker_has_checked_it_the_result_can_be_signed(app, large):
    result = board.counted()
    jobs.run_waiting()
    assert (fresh(result).check_stage, fresh(result).check_percent) == (CheckStage.AGREED, 100)
    assert services.certify(result.vote.cycle_id, by=board.clerk(result.vote.cycle_id)).clerk_id is not None


def test_the_board_reads_whether_the_second_count_is_done(app, monkeypatch):
    """Of a large vote it has only begun, and nobody is offered a place to sign before it is done."""
    small, second = (board.opened().cycle_id for _ in range(2))
    told = [count_by_hand(app, small)]
    monkeypatch.setattr(services, "checks_at_once", lambda options, ballots: False)
    told.append(count_by_hand(app, second))
    assert ["is still running" in words for words in told] == [False, True]
    assert ["Sign as clerk" in words for words in told] == [True, False]


def count_by_hand(app, cycle_id):
    members = table(app, cycle_id)
    members.agree("count", "Count the ballots")
    return members.first.open(f"/results/{cycle_id}").text


def test_where_the_counts_differ_nothing_is_certified_and_the_place_is_kept(app, large, monkeypatch):
    result = board.counted()
    where = "runoff 2, count 1: the engine has 3, pyrankvote 4"
    monkeypatch.setattr(services, "first_difference", lambda *_: where)
    jobs.run_waiting()
    assert (fresh(result).check_stage, fresh(result).check_note) == (CheckStage.DIFFERS, where)
    assert refusal_of(result.vote.cycle_id) == "counts_differ"


def test_a_check_that_was_given_up_is_tried_again_for_whoever_wants_to_sign(app, large, monkeypatch):
    result = board.counted()
    with monkeypatch.context() as broken:
        broken.setattr(services, "first_difference", lambda *_: 1 / 0)
        for _ in range(jobs.TRIES):
            jobs.run_waiting()
    assert not jobs.is_on_its_way(services.CHECK, result_id=result.id)
    assert refusal_of(result.vote.cycle_id) == "check_waits"
    jobs.run_waiting()
    assert fresh(result).check_stage is CheckStage.AGREED


def test_the_worker_tells_how_far_it_has_come(app, large, monkeypatch):
    result, seen = board.counted(), []

    def slowly(_vote, _outcome, progress):
        for done in (0.25, 0.5):
            progress(done)
            seen.append(fresh(result).check_percent)

    monkeypatch.setattr(services, "first_difference", slowly)
    jobs.run_waiting()
    assert seen == [25, 50]


def test_a_check_killed_half_way_runs_again(app, large, monkeypatch):
    result = board.counted()
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(services, "first_difference", _die)
        jobs.run_waiting()
    assert fresh(result).check_stage is CheckStage.WAITING
    with services.transaction():
        db.session.execute(sa.update(Job).where(Job.stage == JobStage.RUNNING).values(leased_until=result.counted_at))
    jobs.run_waiting()
    assert fresh(result).check_stage is CheckStage.AGREED


def _die(*_):
    raise KeyboardInterrupt


def test_the_database_refuses_a_certified_result_that_was_not_checked(app, large):
    """The twin: a service without its rule still could not certify."""
    result, people = board.counted(), (make.person(), make.person())
    signed = {"clerk_id": people[0].id, "observer_id": people[1].id, "certified_at": result.counted_at}
    with pytest.raises(sa.exc.IntegrityError, match="certified_once_checked"), services.transaction():
        db.session.execute(sa.update(Result).where(Result.id == result.id).values(signed))
