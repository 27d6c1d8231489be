"""A recount on its pages: asked for, confirmed, agreed with, and both counts kept and shown."""

import pytest

from app.core import jobs
from app.core.access import Role
from app.core.db import db
from app.voting.board import queries as boards
from app.voting.board.rules import ActKind
from app.voting.results import services
from app.voting.rules import CheckStage
from tests import make
from tests.browser import Browser
from tests.voting.results import board
from tests.voting.together import table

REASON = "The county forbids it."


def path(result, page=""):
    return f"/results/{result.vote.cycle_id}{page}"


def first_of(app, result):
    """The browser of the member who asks."""
    return table(app, result.vote.cycle_id).first


def recounted():
    """A count, and the recount without the first project it funded."""
    first = board.counted()
    options = services.read_outcome(first.outcome).funded[:1]
    return first, board.recount(first.vote.cycle_id, options=options, reason=REASON)


def certify(result):
    board.certify(result.vote.cycle_id)
    return result


def test_two_members_have_it_recounted_after_one_question(app):
    result = board.counted()
    both = table(app, result.vote.cycle_id)
    form = both.first.open(path(result)).follow("A project cannot be carried out after all? Recount without it")
    sure = form.press("Go on", options=["1"], reason=REASON)
    assert (
        sure.one("h1") == "Recount: is this right?"
        and REASON in sure.text
        and services._latest(result.vote_id).number == 1
    )
    asked = sure.press("Ask the board for this recount")
    assert "Another member" in asked.text and services._latest(result.vote_id).number == 1
    both.second.open(asked.path).press("I agree: Recount without a withdrawn project")
    assert "This is count 2." in both.first.open(path(result)).text
    assert services._latest(result.vote_id).withdrawn == [1]


def test_the_answers_can_be_changed_before(app):
    result = board.counted()
    sure = first_of(app, result).open(path(result, "/recount")).press("Go on", options=["1", "2"], reason=REASON)
    again = sure.press("Change my answers")
    assert [box.get("value") for box in again.all("input", name="options") if box.get("checked") is not None] == [
        "1",
        "2",
    ]
    assert REASON in again.html and services._latest(result.vote_id).number == 1


@pytest.mark.parametrize(("answers", "field"), [({"reason": REASON}, "options"), ({"options": ["1"]}, "reason")])
def test_what_is_missing_is_said_at_its_field(app, answers, field):
    result = board.counted()
    page = first_of(app, result).open(path(result, "/recount")).press("Go on", **answers)
    assert page.all("p", id=f"{field}-error") and page.one("h1") == "Recount without a project"


def test_a_recount_asked_for_twice_is_one_request(app):
    result = board.counted()
    sure = first_of(app, result).open(path(result, "/recount")).press("Go on", options=["1"], reason=REASON)
    assert sure.press("Ask the board for this recount").path == sure.press("Ask the board for this recount").path
    kinds = [action.kind for action in boards.actions(result.vote.cycle_id)]
    assert kinds.count(ActKind.RECOUNT) == 1 and services._latest(result.vote_id).number == 1


def test_nobody_else_and_nothing_certified_is_recounted(app):
    counted, certified = board.counted(), board.certified()
    elsewhere = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    for stranger in (table(app, counted.vote.cycle_id).observer, elsewhere):
        assert stranger.open(path(counted, "/recount")).status == 403
    assert first_of(app, certified).open(path(certified, "/recount")).status == 404


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
        (CheckStage.WAITING, 37, None, "is still running: 37% done"),
        (CheckStage.DIFFERS, 100, "runoff 2, count 3", "The first difference: runoff 2, count 3"),
    ],
)
def test_the_board_reads_how_far_the_second_count_is(app, stage, percent, note, said):
    result = board.counted()
    check(result, stage, percent, note)
    page = first_of(app, result).open(path(result))
    assert said in page.text and not [b for b in page.all("button") if "Sign as" in "".join(b.itertext())]
