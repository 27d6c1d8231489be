"""Editions: numbered without gaps, frozen for good, public whole or not at all, whatever happens meanwhile."""

from dataclasses import replace
from itertools import count

import pytest
import sqlalchemy as sa

from app.core import files, jobs
from app.core.access import Grant, Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from app.core.printing import press
from app.core.printing.press import Fault, NotPrinted
from app.reports import queries, services
from app.reports.models import Edition, EditionFile
from app.reports.rules import FORMS, EditionStage
from tests import make
from tests.browser import Browser
from tests.killing import Moment, killed
from tests.memory import remembered
from tests.proposals.said import all_at_once
from tests.reports import printing
from tests.voting.results import board

NOTE = "A price was corrected in the table."
WHY = "A figure in it was wrong from the start."


@remembered
def certified():
    return board.certified().vote.cycle_id


def again(cycle_id: int, note: str = NOTE) -> int:
    """The next edition, after a figure has changed: here it is the name of the cycle."""
    with transaction():
        db.session.execute(sa.text("UPDATE cycle SET name = name || '.' WHERE id = :id"), {"id": cycle_id})
    return printing.results(cycle_id, note=note)


def numbers(cycle_id: int) -> list[tuple[int, str]]:
    return [(row.number, row.stage.value) for row in printing.of_cycle(cycle_id)]


def test_a_correction_is_the_next_edition_and_says_what_changed(app):
    cycle_id = certified()
    first = printing.made(printing.results(cycle_id))
    second = printing.made(again(cycle_id))
    assert (second.row.number, second.row.note, second.snapshot["note"]) == (2, NOTE, NOTE)
    page = Browser(app).open(f"/reports/{first.row.id}")
    assert "Superseded" in page.text and "Edition 2 has replaced this one" in page.text
    assert NOTE in Browser(app).open(f"/reports/{second.row.id}").text


def test_a_second_edition_that_does_not_say_what_changed_is_refused_at_the_field(app):
    cycle_id = certified()
    printing.made(printing.results(cycle_id))
    with pytest.raises(DomainError, match="what changed") as refused:
        again(cycle_id, note="")
    assert refused.value.field == "note"


def failing(cycle_id: int, monkeypatch, reason: Exception, after: int = 0) -> int:
    """An edition whose worker could not make a file, after so many that it could."""
    honest, made = press.printed, count()

    def printed(sheet, **more):
        if next(made) >= after:
            raise reason
        return honest(sheet)

    monkeypatch.setattr(press, "printed", printed)
    edition_id = printing.results(cycle_id)
    jobs.run_waiting()
    monkeypatch.setattr(press, "printed", honest)
    return edition_id


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (NotPrinted(Fault.MEMORY), "more memory"),
        (NotPrinted(Fault.TIME), "took longer"),
        (OSError(28, "No space left on device"), "no room on the disk"),
        (files.MissingFile("0" * 64), "picture of this report is gone"),
        (KeyError("a fault of ours"), "in the site’s log"),
    ],
)
def test_what_could_not_be_made_says_why_and_nothing_of_it_is_public(app, monkeypatch, reason, said):
    edition_id = failing(certified(), monkeypatch, reason, after=1)
    edition = queries.detail(edition_id)
    assert edition.row.stage is EditionStage.FAILED and len(edition.files) == 1
    assert said in Browser(app).open(f"/reports/{edition_id}").text
    assert Browser(app).open(f"/reports/{edition_id}.pdf").status == 404


def test_a_clerk_tries_again_and_only_what_is_missing_is_made(app, monkeypatch):
    edition_id = failing(certified(), monkeypatch, OSError(), after=2)
    there = queries.detail(edition_id).files
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    assert "being made again" in clerk.open(f"/reports/{edition_id}").press("Try again").text
    whole = printing.made(edition_id)
    assert whole.row.stage is EditionStage.PUBLISHED and whole.files[:2] == there and len(whole.files) == len(FORMS)


def test_one_that_was_given_up_leaves_its_number_to_the_next(app, monkeypatch):
    cycle_id = certified()
    edition_id = failing(cycle_id, monkeypatch, OSError())
    services.drop(edition_id, by=make.actor(Role.CLERK))
    with pytest.raises(NotFound):
        queries.detail(edition_id)
    printing.made(printing.results(cycle_id))
    assert numbers(cycle_id) == [(1, "published")]


def test_while_one_is_under_way_no_other_begins(app):
    cycle_id = certified()
    printing.results(cycle_id)
    with pytest.raises(DomainError, match="already on its way"):
        again(cycle_id)


def test_two_clerks_at_the_same_moment_publish_one_edition(app):
    cycle_id, clerks = certified(), [make.actor(Role.CLERK), make.actor(Role.CLERK)]
    db.session.rollback()
    came = all_at_once(app, [lambda who=who: printing.results(cycle_id, by=who) for who in clerks])
    assert sorted(getattr(each, "code", "published") for each in came) == ["on_its_way", "published"]
    assert numbers(cycle_id) == [(1, "rendering")]


@pytest.mark.parametrize("call", [1, 2, len(FORMS)])
def test_a_worker_killed_while_it_makes_them_is_followed_by_one_that_makes_the_rest(app, call):
    edition_id = printing.results(certified())
    killed(jobs.run_waiting, at=Moment(owner=files, name="store", call=call, is_after=True))
    edition = queries.detail(edition_id)
    assert edition.row.stage is EditionStage.RENDERING and len(edition.files) == call - 1
    db.session.rollback()
    with transaction():
        db.session.execute(sa.text("UPDATE job SET leased_until = '2020-01-01 00:00:00+00:00' WHERE stage = 'running'"))
    whole = printing.made(edition_id)
    assert whole.row.stage is EditionStage.PUBLISHED and len(whole.files) == len(FORMS)


def test_a_withdrawn_edition_says_why_and_gives_out_no_file(app):
    cycle_id = certified()
    edition_id = printing.made(printing.results(cycle_id)).row.id
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open(f"/reports/{edition_id}/withdraw").press("Withdraw it", reason="no")
    assert "at least" in page.text or "sentence" in page.text
    page.press("Withdraw it", reason=WHY)
    shown = Browser(app).open(f"/reports/{edition_id}")
    assert WHY in shown.text and "Withdrawn" in shown.text and "Download the PDF" not in shown.text
    assert Browser(app).open(f"/reports/{edition_id}.pdf").status == 404
    printing.made(again(cycle_id))
    assert numbers(cycle_id) == [(2, "published"), (1, "withdrawn")]


@pytest.mark.parametrize("act", ["retry", "drop", "withdraw"])
def test_only_the_clerk_of_the_neighborhood_does_what_is_done_to_an_edition(app, act):
    edition_id = printing.made(printing.results(certified())).row.id
    given = (WHY,) if act == "withdraw" else ()
    foreign = frozenset({Grant(role=Role.CLERK, neighborhood_id=make.neighborhood().id)})
    elsewhere = replace(make.actor(), grants=foreign)
    for stranger in (elsewhere, make.actor(Role.OVERSEER), make.actor(Role.ADMIN)):
        with pytest.raises(NoStanding):
            getattr(services, act)(edition_id, *given, by=stranger)


@pytest.mark.parametrize(
    "change",
    [
        {"snapshot": "{}"},
        {"data_hash": "0" * 64},
        {"stage": EditionStage.RENDERING, "published_at": None},
        {"line": "results/0"},
        {"languages": ["es"]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_database_itself_keeps_what_is_published(app, change):
    edition_id = printing.made(printing.results(certified())).row.id
    with pytest.raises(sa.exc.DBAPIError), transaction():
        db.session.execute(sa.update(Edition).where(Edition.id == edition_id).values(**change))
    db.session.rollback()
    for gone in (sa.delete(EditionFile), sa.delete(Edition)):
        with pytest.raises(sa.exc.DBAPIError), transaction():
            db.session.execute(gone)
        db.session.rollback()


def test_a_code_on_paper_leads_to_its_edition_however_it_is_typed(app):
    edition = printing.made(printing.results(certified()))
    for typed in (edition.row.code, edition.row.code.lower()):
        assert Browser(app).open(f"/reports/code/{typed}").path == f"/reports/{edition.row.id}"
    assert Browser(app).open("/reports/code/R4-nowhere-e1").status == 404
