"""`flask import-pb`: from a file to a certified result, all or nothing, once, and without pretending."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core import jobs
from app.core.clock import now
from app.core.db import db
from app.cycles import queries as cycles
from app.cycles.models import Cycle, RuleCard
from app.notifications.models import Message
from app.places.models import Neighborhood
from app.proposals.models import Proposal
from app.reports.models import Edition
from app.taskforces.projects.models import Project
from app.voting.board import queries as boards
from app.voting.board import services as board_services
from app.voting.board.rules import ActKind
from app.voting.counting.count import count
from app.voting.counting.formats.pabulib import read
from app.voting.counting.records import Rule
from app.voting.imports import services
from app.voting.models import Envelope, Result, RollEntry, TrusteeKey, Vote
from app.voting.results import queries as results
from app.voting.results.events import ResultCertified
from app.voting.rules import CheckStage, VoteStage
from tests import make
from tests.voting.counting.real import DATA, needs_ballots
from tests.voting.imports.files import RANKINGS, board, imported, pb


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "elsewhere.pb"
    path.write_text(pb())
    return path


def _rows(kind):
    return list(db.session.scalars(sa.select(kind)))


@pytest.mark.parametrize("rule", ["shared-budget", "ranked-choice", "points"])
def test_a_file_becomes_a_certified_result_that_is_the_count_of_the_file(app, file, rule):
    done = imported(file, board(), "--rule", rule)
    assert done.exit_code == 0, done.output
    (vote,) = _rows(Vote)
    record = results.certified(vote.cycle_id)
    vote_of_file = read(file.read_bytes()).vote
    expected = count(vote_of_file, Rule(rule))
    assert list(record.facts.funded) == [funded.option for funded in expected.funded]
    assert (record.facts.ballots, record.facts.left_cents) == (len(RANKINGS), expected.left_cents)
    assert (vote.stage, record.check_stage, record.lot_seed) == (VoteStage.CERTIFIED, CheckStage.AGREED, None)
    assert record.facts.lot_order == vote_of_file.lot_order


def test_projects_and_a_report_are_there_and_nobody_gets_a_mail(app, file):
    imported(file, board())
    (vote,) = _rows(Vote)
    record = results.certified(vote.cycle_id)
    assert len(_rows(Project)) == len(record.facts.funded) > 0
    (edition,) = _rows(Edition)
    assert edition.stage == "published" and edition.files
    assert _rows(Message) == []


def test_nothing_says_that_a_vote_was_held_here(app, file):
    imported(file, board())
    assert _rows(RollEntry) == _rows(Envelope) == _rows(TrusteeKey) == []
    (vote,) = _rows(Vote)
    assert (vote.roll_size, vote.option_seed) == (None, "")
    (card,) = _rows(RuleCard)
    content = json.loads(card.content)
    assert (content["lot_commitment"], content["lot_order"], content["trustees"]) == (None, [1, 2, 3, 4], [])
    assert content["imported"]["file"] == "elsewhere.pb" and content["imported"]["meta"]["rule"] == "greedy"
    assert cycles.facts(vote.cycle_id).is_imported


def test_every_step_is_in_the_audit_log(app, file):
    imported(file, board())
    kinds = [entry.kind for entry in db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.sequence))]
    first = ["NeighborhoodCreated", "CategoryAdded", "CycleImported", "ProposalsImported", "RuleCardFrozen"]
    assert kinds[:7] == [*first, "VoteImported", "VoteCounted"]
    assert "CycleAdvanced" in kinds and "ResultCertified" in kinds and "EditionPublished" in kinds


def test_the_place_of_the_file_is_made_once_and_used_again(app, file, tmp_path):
    people = board()
    imported(file, people)
    other = tmp_path / "later.pb"
    other.write_text(pb(instance="2020"))
    assert imported(other, people).exit_code == 0
    (where,) = _rows(Neighborhood)
    assert (where.slug, where.currency) == ("elsewhere", "USD")


def test_a_neighborhood_that_is_there_takes_it_in_with_its_own_categories(app, file):
    where = make.neighborhood(slug="here")
    assert imported(file, board(), "--neighborhood", "here").exit_code == 0
    assert {proposal.category_id for proposal in _rows(Proposal)} == {where.categories[0].id}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--neighborhood", "nowhere"], "no neighborhood nowhere"),
        (["--neighborhood", "abroad"], "counts in USD, the neighborhood in PLN"),
        (["--clerk", "x@example.org"], "Nobody here has the address"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(app, file, more, message):
    make.neighborhood(slug="abroad", currency="PLN")
    done = imported(file, board(), *more)
    assert done.exit_code == 1 and message in done.output
    assert _rows(Cycle) == [] and _rows(AuditEntry) == []


def test_one_person_cannot_be_both(app, file):
    clerk, _ = board()
    done = imported(file, (clerk, clerk))
    assert done.exit_code == 1 and "two people" in done.output
    assert _rows(Neighborhood) == []


def test_a_file_is_imported_once(app, file):
    people = board()
    imported(file, people)
    again = imported(file, people, "--rule", "points")
    (vote,) = _rows(Vote)
    assert again.exit_code == 1
    assert (
        f"here already: Votes of Elsewhere 2019, counted by shared-budget, at /results/{vote.cycle_id}" in again.output
    )


def test_a_file_that_is_wrong_ends_with_code_2_and_its_line(app, tmp_path):
    path = tmp_path / "bad.pb"
    path.write_text(pb(["17,99"]))
    done = imported(path, board())
    assert done.exit_code == 2 and done.output.startswith("line 22: ")


@pytest.mark.parametrize("rankings", [[], ["", "", ""]])
def test_without_a_ballot_that_ranks_nothing_is_funded(app, tmp_path, rankings):
    path = tmp_path / "blank.pb"
    path.write_text(pb(rankings))
    done = imported(path, board())
    assert done.exit_code == 0 and f"{len(rankings)} ballots, 4 projects, 0 funded" in done.output


def test_a_lot_order_can_be_given_beside_the_file(app, file, tmp_path):
    (tmp_path / "lot").write_text("23\n9\n4\n17\n")
    imported(file, board(), "--lot", str(tmp_path / "lot"))
    (result,) = _rows(Result)
    assert result.lot_order == [4, 3, 2, 1]
    (card,) = _rows(RuleCard)
    assert json.loads(card.content)["imported"]["lot_order_given"] is True


@pytest.mark.parametrize("killed", ["import_proposals", "freeze_rule_card"])
def test_a_kill_half_way_leaves_nothing(app, file, monkeypatch, killed):
    where = services.proposals if killed == "import_proposals" else services.cycles
    monkeypatch.setattr(where, killed, _killed)
    assert isinstance(imported(file, board()).exception, KeyboardInterrupt | SystemExit)
    for kind in (Cycle, Neighborhood, Proposal, Vote, AuditEntry):
        assert _rows(kind) == [], kind


@pytest.mark.parametrize("killed", ["count_imported", "certify"])
def test_a_kill_after_the_import_goes_on_where_it_stopped(app, file, monkeypatch, killed):
    people = board()
    with monkeypatch.context() as patched:
        patched.setattr(f"app.voting.imports.cli.counts.{killed}", _killed)
        assert imported(file, people).exit_code != 0
    (vote,) = _rows(Vote)
    assert vote.stage is not VoteStage.CERTIFIED
    other_rule = imported(file, people, "--rule", "points")
    assert other_rule.exit_code == 1 and "counted by shared-budget" in other_rule.output
    done = imported(file, people)
    assert done.exit_code == 0 and "Going on with" in done.output
    assert len(_rows(Vote)) == 1 and results.certified(vote.cycle_id) is not None


def test_a_report_that_cannot_be_published_undoes_the_certification(app, file, monkeypatch):
    wiring = {**app.extensions["event_wiring"], ResultCertified: [_killed]}
    monkeypatch.setitem(app.extensions, "event_wiring", wiring)
    imported(file, board())
    (vote,) = _rows(Vote)
    assert vote.stage is VoteStage.COUNTED and results.certified(vote.cycle_id) is None


def test_a_large_vote_is_checked_in_place_before_it_is_signed(app, file, monkeypatch):
    monkeypatch.setattr("app.voting.results.rules.MOST_CELLS_AT_ONCE", 0)
    assert imported(file, board()).exit_code == 0
    (result,) = _rows(Result)
    assert result.certified_at and result.check_stage is CheckStage.AGREED
    check = next(job for job in _rows(jobs.Job) if job.kind == "results.check")
    assert check.stage is jobs.JobStage.DONE


def test_nobody_s_signature_is_given_for_them(app, file):
    done = imported(file, people := board(), signed=False)
    (result,) = _rows(Result)
    assert done.exit_code == 0, done.output
    assert (result.clerk_id, result.observer_id, result.vote.stage) == (None, None, VoteStage.COUNTED)
    assert result.check_stage is CheckStage.AGREED and "Certified" not in done.output
    assert f"{people[0].public_name} and {people[1].public_name} both sign at" in done.output
    assert f"{app.config['SITE_URL']}/results/{result.vote.cycle_id}" in done.output


def test_an_import_that_nobody_signed_is_signed_when_both_are_here(app, file):
    people = board()
    imported(file, people, signed=False)
    done = imported(file, people)
    (result,) = _rows(Result)
    assert done.exit_code == 0 and "Certified by" in done.output and result.certified_at


def test_the_demo_signs_as_its_two_people(app, file, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", True)
    assert "Certified by" in imported(file, board(), signed=False).output
    (result,) = _rows(Result)
    assert result.certified_at


def test_a_second_count_that_differs_is_said_where_nobody_signs(app, file, monkeypatch):
    monkeypatch.setattr("app.voting.results.rules.MOST_CELLS_AT_ONCE", 0)
    monkeypatch.setattr("app.voting.results.services.first_difference", lambda *_: "runoff 1, count 1")
    done = imported(file, board(), signed=False)
    assert done.exit_code == 1 and "differs from the first" in done.output


def _left_by_a_killed_worker(app, monkeypatch, file, people):
    """An import stopped at its second count, with a worker's lease on it."""
    monkeypatch.setattr("app.voting.results.rules.MOST_CELLS_AT_ONCE", 0)
    with monkeypatch.context() as patched:
        patched.setattr("app.voting.imports.cli._have_it_checked", _killed)
        imported(file, people)
    job = next(job for job in _rows(jobs.Job) if job.kind == "results.check")
    job.stage, job.lease, job.leased_until = jobs.JobStage.RUNNING, b"k" * 16, now() + jobs.LEASE
    db.session.commit()
    return job.id


def test_a_second_count_whose_worker_was_killed_is_taken_over(app, file, monkeypatch):
    people = board()
    job_id = _left_by_a_killed_worker(app, monkeypatch, file, people)
    waited = []

    def time_passes(_seconds):
        waited.append(1)
        assert len(waited) < 3, "waits for ever"
        db.session.execute(sa.update(jobs.Job).where(jobs.Job.id == job_id).values(leased_until=now() - jobs.LEASE))
        db.session.commit()

    monkeypatch.setattr("app.voting.imports.cli.sleep", time_passes)
    done = imported(file, people)
    assert done.exit_code == 0 and waited == [1], done.output


def test_a_second_count_that_no_job_makes_is_not_waited_for(app, file, monkeypatch):
    people = board()
    job_id = _left_by_a_killed_worker(app, monkeypatch, file, people)
    db.session.execute(sa.delete(jobs.Job).where(jobs.Job.id == job_id))
    db.session.commit()
    monkeypatch.setattr("app.voting.imports.cli.sleep", _killed)
    done = imported(file, people)
    assert done.exit_code == 1 and "no job" in done.output


def test_an_import_that_was_recounted_before_it_was_signed_goes_on_with_the_recount(app, file):
    people = board()
    imported(file, people, signed=False)
    (first,) = _rows(Result)
    cycle_id, (clerk, observer) = first.vote.cycle_id, (make.fresh(actor_of(each)) for each in people)
    answers = {"options": [1], "reason": "Its price was wrong."}
    asked = board_services.request(cycle_id, ActKind.RECOUNT, answers, by=clerk)
    board_services.approve(asked, boards.action(cycle_id, asked.hex()).hash, by=observer)
    done = imported(file, people)
    assert done.exit_code == 0, done.output
    assert results.certified(cycle_id).withdrawn == (1,)


def test_an_import_goes_on_only_with_the_lot_order_it_began_with(app, file, tmp_path):
    people = board()
    (tmp_path / "lot").write_text("23\n9\n4\n17\n")
    imported(file, people, signed=False)
    done = imported(file, people, "--lot", str(tmp_path / "lot"))
    assert done.exit_code == 1 and "another lot order" in done.output
    (result,) = _rows(Result)
    assert result.certified_at is None and imported(file, people).exit_code == 0


@pytest.mark.parametrize("begin", ["01.01.0001", "28.09.19"])
def test_days_that_cannot_be_are_stand_ins_and_no_trace(app, tmp_path, begin):
    path = tmp_path / "odd.pb"
    path.write_text(pb(date_begin=begin, date_end=begin))
    done = imported(path, board(), signed=False)
    assert done.exit_code == 0, done.output
    (cycle,) = _rows(Cycle)
    assert "does not say when people voted" in cycle.summary


@needs_ballots
@pytest.mark.slow
def test_the_largest_real_vote_is_imported(app):
    done = imported(DATA / "pb" / "Poland_Krakow_2021.pb", board())
    assert done.exit_code == 0 and "51,229 ballots, 99 projects, 30 funded" in done.output


def _killed(*_arguments, **_more):
    raise KeyboardInterrupt
