"""A draft whose PDF could not be made says so on its page and on the desk, and is tried again or signed as it is."""

import pytest

from app.core import jobs
from app.core.access import Role
from app.core.errors import DomainError
from app.core.printing.press import Fault, NotPrinted
from app.reports import queries, services
from app.reports.rules import EditionStage
from tests import make
from tests.browser import Browser
from tests.reports.progress import quarter

PRESS = "app.core.printing.press.printed"
SAID = "The PDF of this draft could not be made"


def out_of_memory(sheet):
    raise NotPrinted(Fault.MEMORY)


@pytest.fixture
def here(app, monkeypatch):
    """A draft that the press gave no file for."""
    monkeypatch.setattr(PRESS, out_of_memory)
    scene = quarter.table()
    edition_id = quarter.freeze(scene)
    assert not queries.unprinted([edition_id])  # it waits for the worker
    jobs.run_waiting()
    return scene, edition_id


def clerk(app) -> Browser:
    return Browser(app).sign_in(make.person(roles=(Role.CLERK,)))


def test_it_stays_a_draft_and_says_so_on_its_page_and_on_the_desk(app, here):
    scene, edition_id = here
    assert queries.detail(edition_id).row.stage is EditionStage.SIGNING
    assert SAID in clerk(app).open("/office/reports").text
    assert SAID in Browser(app).open(f"/reports/{edition_id}").text
    assert "Try again" not in Browser(app).open(f"/reports/{edition_id}").text


def test_the_clerk_tries_again_and_its_file_is_made(app, here, monkeypatch):
    scene, edition_id = here
    monkeypatch.undo()
    clerk(app).open(f"/reports/{edition_id}").press("Try again")
    assert not queries.unprinted([edition_id])
    jobs.run_waiting()
    assert len(queries.detail(edition_id).files) == 1
    assert SAID not in clerk(app).open("/office/reports").text


def test_what_waits_for_the_worker_or_has_its_files_is_not_tried_again(app, here, monkeypatch):
    scene, edition_id = here
    monkeypatch.undo()
    services.retry(edition_id, by=scene.clerk)
    with pytest.raises(DomainError, match="Only an edition that failed"):
        services.retry(edition_id, by=scene.clerk)
    jobs.run_waiting()
    with pytest.raises(DomainError, match="Only an edition that failed"):
        services.retry(edition_id, by=scene.clerk)
