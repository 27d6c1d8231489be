"""A recount on its pages: asked for by a clerk, confirmed, and both counts kept and shown."""

import pytest

from app.core import jobs
from app.core.access import Role
from app.core.db import db
from app.voting.results import services
from app.voting.results.services import RecountWithout
from app.voting.rules import CheckStage
from tests import make
from tests.browser import Browser
from tests.voting.results import board

REASON = "The county forbids it."


def path(result, page=""):
    return f"/results/{result.vote.cycle_id}{page}"


@pytest.fixture
def clerk(app):
    return Browser(app).sign_in(make.person(roles=(Role.CLERK,)))


def recounted():
    """A count, and the recount without the first project it funded."""
    first = board.counted()
    options = services.read_outcome(first.outcome).funded[:1]
    return first, services.recount(
        first.vote.cycle_id, RecountWithout(options=options, reason=REASON), by=board.clerk()
    )


def certify(result):
    for by in (board.clerk(), board.observer()):
        services.certify(result.vote.cycle_id, by=by)
    return result


def test_a_clerk_has_it_recounted_after_one_question(clerk):
    result = board.counted()
    form = clerk.open(path(result)).follow("A project cannot be carried out after all? Recount without it")
    sure = form.press("Go on", options=["1"], reason=REASON)
    assert (
        sure.one("h1") == "Recount: is this right?"
        and REASON in sure.text
        and services._latest(result.vote_id).number == 1
    )
    done = sure.press("Count again without them")
    assert "The ballots are counted again." in done.text and "This is count 2." in done.text
    assert services._latest(result.vote_id).withdrawn == [1]


def test_the_answers_can_be_changed_before(clerk):
    result = board.counted()
    sure = clerk.open(path(result, "/recount")).press("Go on", options=["1", "2"], reason=REASON)
    again = sure.press("Change my answers")
    assert [box.get("value") for box in again.all("input", name="options") if box.get("checked") is not None] == [
        "1",
        "2",
    ]
    assert REASON in again.html and services._latest(result.vote_id).number == 1


@pytest.mark.parametrize(("answers", "field"), [({"reason": REASON}, "options"), ({"options": ["1"]}, "reason")])
def test_what_is_missing_is_said_at_its_field(clerk, answers, field):
    page = clerk.open(path(board.counted(), "/recount")).press("Go on", **answers)
    assert page.all("p", id=f"{field}-error") and page.one("h1") == "Recount without a project"


def test_a_recount_asked_for_twice_is_refused_at_the_field(clerk):
    result = board.counted()
    sure = clerk.open(path(result, "/recount")).press("Go on", options=["1"], reason=REASON)
    sure.press("Count again without them")
    assert sure.press("Count again without them").status == 200 and services._latest(result.vote_id).number == 2


def test_nobody_else_and_nothing_certified_is_recounted(app, clerk):
    counted = board.counted()
    observer = Browser(app).sign_in(make.person(roles=(Role.OBSERVER,)))
    assert observer.open(path(counted, "/recount")).status == 403
    assert clerk.open(path(board.certified(), "/recount")).status == 404


def test_both_counts_are_shown_with_what_changed(app):
    first, second = recounted()
    certify(second)
    page = Browser(app).open(path(second))
    assert "Counted again without a withdrawn project" in page.text and f"Why: {REASON}" in page.text
    assert "What changed since count 1" in page.text
    earlier = page.follow(f"Count 1 with its {len(services.read_outcome(first.outcome).funded)} funded projects")
    assert earlier.one("h1").startswith("Count 1, replaced") and "This count was replaced" in earlier.text
    assert earlier.follow("Count 2 takes its place").one("h1").startswith("Result: ")


def test_the_file_of_each_count_can_be_taken_home(app):
    first, second = recounted()
    certify(second)
    browser = Browser(app).client
    files = [browser.get(path(first, f"/files/outcome.json{query}")).data for query in ("?count=1", "?count=2", "")]
    hashes = [services.sha256(data).hexdigest() for data in files]
    assert hashes == [first.outcome_hash, second.outcome_hash, second.outcome_hash]


@pytest.mark.parametrize("number", [1, 2, 9])
def test_before_the_certification_no_count_is_public(app, number):
    first, _second = recounted()
    assert Browser(app).open(path(first, f"/counts/{number}")).status == 404


def test_a_count_that_never_was_is_not_found_and_the_last_one_is_the_result(app):
    result = board.certified()
    assert Browser(app).open(path(result, "/counts/2")).status == 404
    assert Browser(app).open(path(result, "/counts/1")).one("h1").startswith("Result: ")


def test_a_withdrawn_project_says_so_on_its_card(app):
    _first, second = recounted()
    jobs.run_waiting()
    assert "Not funded: it was withdrawn after the vote" in Browser(app).open(path(certify(second))).text


def check(result, stage, percent, note):
    result.check_stage, result.check_percent, result.check_note = stage, percent, note
    db.session.commit()


@pytest.mark.parametrize(
    ("stage", "percent", "note", "said"),
    [
        (CheckStage.WAITING, 37, None, "is still running: 37 % done"),
        (CheckStage.DIFFERS, 100, "runoff 2, count 3", "The first difference: runoff 2, count 3"),
    ],
)
def test_the_board_reads_how_far_the_second_count_is(clerk, stage, percent, note, said):
    result = board.counted()
    check(result, stage, percent, note)
    page = clerk.open(path(result))
    assert said in page.text and not [b for b in page.all("button") if "Sign as" in "".join(b.itertext())]
