"""A paper or a file is checked by its code: what stands, what was replaced or withdrawn, and what is not ours."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa

from app.core import jobs
from app.core.access import Role
from app.core.db import db
from app.reports import queries, services
from app.reports.checking.models import DraftHash
from app.reports.checking.rules import CHECKS_AN_HOUR, Verdict, verdict
from app.reports.events import EditionRequested
from app.reports.rules import EditionStage, ReportKind
from app.reports.signing_off.services import ask_both, publish_when_due
from tests import make
from tests.reports import sample

CHECK = "/reports/check"
FILE = b"%PDF-1.7 a file"


@pytest.fixture
def edition(app, monkeypatch):
    """A published edition; each of its files has the same bytes."""
    monkeypatch.setattr("app.core.printing.press.printed", lambda sheet: FILE)
    with sample.published_kinds(ReportKind.PROGRESS):
        body = make.task_force(constituted_on=sample.QUARTER.first_on)
        yield queries.detail(sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER))


def again(edition):
    with sample.published_kinds(ReportKind.PROGRESS, figures=lambda line: {"said": "something else"}):
        line = edition.row.line
        return sample.out(line.kind, line.subject_id, period=line.period, note="A sum was wrong.")


@pytest.mark.parametrize(
    ("stage", "newest", "true"),
    [
        (EditionStage.PUBLISHED, 1, Verdict.STANDS),
        (EditionStage.PUBLISHED, 2, Verdict.SUPERSEDED),
        (EditionStage.WITHDRAWN, 2, Verdict.WITHDRAWN),
        (EditionStage.SIGNING, 1, Verdict.DRAFT),
        (EditionStage.RENDERING, 1, Verdict.UNPUBLISHED),
        (EditionStage.FAILED, 1, Verdict.UNPUBLISHED),
        (EditionStage.DROPPED, 1, Verdict.GIVEN_UP),
    ],
)
def test_what_is_true_of_an_edition(stage, newest, true):
    assert verdict(stage, number=1, newest=newest) is true


def test_the_file_of_a_draft_stays_a_draft_when_its_report_is_published():
    assert verdict(EditionStage.PUBLISHED, number=1, newest=1, is_draft=True) is Verdict.DRAFT


def test_the_code_at_the_foot_finds_the_edition(edition, browser):
    page = browser.open(CHECK).press("Check", hash=f"data {edition.row.data_hash[:12]}")
    assert "it stands" in page.text and edition.row.code in page.text


def test_the_name_beside_that_code_leads_to_the_edition(edition, browser):
    page = browser.open(f"{CHECK}?hash=%20{edition.row.code.upper()}")
    assert page.path == f"/reports/{edition.row.id}"


@pytest.fixture
def draft(app, monkeypatch):
    """A draft that waits for both signatures, with its code and its file."""
    monkeypatch.setattr("app.core.printing.press.printed", lambda sheet: FILE)
    body = make.task_force(constituted_on=sample.QUARTER.first_on)
    with sample.published_kinds(ReportKind.PROGRESS, is_signed=True):
        yield queries.detail(sample.out(ReportKind.PROGRESS, body.id, period=sample.QUARTER))


@pytest.fixture
def heard(request, app, monkeypatch):
    """Whether the codes of drafts are kept; in the sabotaged twin nobody hears that one was frozen."""
    if not request.param:
        monkeypatch.setitem(app.extensions["event_wiring"], EditionRequested, [ask_both])
    return request.param


@pytest.mark.parametrize("heard", [True, False], indirect=True)
def test_the_code_of_a_draft_is_known_after_it_was_signed_unless_nobody_kept_it(heard, draft, browser):
    publish_when_due(draft.row.neighborhood_id, draft.due_on + timedelta(days=1))
    jobs.run_waiting()
    signed = queries.detail(draft.row.id).row
    assert signed.data_hash != draft.row.data_hash and signed.stage is EditionStage.PUBLISHED
    page = browser.open(CHECK).press("Check", hash=draft.row.data_hash[:12])
    assert ("a draft of ours: not for citation" in page.text) is heard
    assert (signed.code in page.text) is heard


def test_the_code_and_the_file_of_a_draft_that_was_given_up_are_known_as_such(draft, browser):
    services.drop(draft.row.id, by=make.actor(Role.CLERK))
    for typed in (draft.row.data_hash, hashlib.sha256(FILE).hexdigest()):
        page = browser.open(f"{CHECK}?hash={typed}")
        assert "it was given up" in page.text and draft.row.title in page.text


def test_a_draft_is_found_once_while_it_waits(draft, browser):
    assert browser.open(f"{CHECK}?hash={draft.row.data_hash}").text.count("not for citation") == 1


def test_an_edition_that_was_never_a_draft_leaves_no_code(edition):
    assert db.session.scalars(sa.select(DraftHash.edition_id)).all() == []


def test_a_replaced_edition_says_which_one_replaced_it(edition, browser):
    newest = again(edition)
    page = browser.open(f"{CHECK}?hash={edition.row.data_hash}")
    assert "newer edition" in page.text
    assert page.follow("To edition 2").path == f"/reports/{newest}"


def test_a_withdrawn_edition_says_so_and_why_and_gives_nothing_out(edition, browser):
    services.withdraw(edition.row.id, "It told of another quarter.", by=make.actor(Role.CLERK))
    page = browser.open(f"{CHECK}?hash={edition.row.data_hash}")
    assert "withdrawn" in page.text and "another quarter" in page.text and "it stands" not in page.text
    for given in ("pdf", "json"):
        assert browser.open(f"/reports/{edition.row.id}.{given}").status == 404


def test_a_file_is_known_by_its_bytes_and_not_kept(edition, browser):
    page = send(browser, FILE)
    assert "bit for bit" in page.text and edition.row.code in page.text
    assert "No report of ours" in send(browser, FILE + b" changed").text


def test_a_file_is_not_sent_without_the_token_of_the_form(edition, browser):
    answer = browser.client.post(CHECK, data={"file": (BytesIO(FILE), "a.pdf")})
    assert answer.status_code == 400


def test_files_larger_than_a_form_are_taken_and_too_large_ones_are_not(edition, browser):
    large = b"%PDF" + b"x" * 2_000_000
    assert "No report of ours" in send(browser, large).text
    assert send(browser, b"x" * 13_000_000).status == 413


def test_after_many_files_one_is_asked_to_wait(edition, browser):
    for _each in range(CHECKS_AN_HOUR):
        send(browser, b"no")
    assert send(browser, b"no").status == 429


@pytest.mark.parametrize("typed", ["0" * 12, "xyz", "%", "_" * 12])
def test_what_is_not_ours_is_not_found(edition, browser, typed):
    assert "it stands" not in browser.open(CHECK).press("Check", hash=typed).text


def test_a_qr_code_leads_to_its_edition_whatever_became_of_it(edition, browser):
    code = edition.row.code
    again(edition)
    page = browser.open(f"/reports/code/{code.upper()}")
    assert page.path == f"/reports/{edition.row.id}" and "Superseded" in page.text
    services.withdraw(edition.row.id, "It told of another quarter.", by=make.actor(Role.CLERK))
    assert "Withdrawn" in browser.open(f"/reports/code/{code}").text


def test_a_code_that_nothing_has_is_answered_with_a_way_on(edition, browser):
    page = browser.open("/reports/code/R7-nothing-e1")
    assert page.status == 404 and "R7-nothing-e1" in page.text and "Check a report" in page.text


def send(browser, content):
    """What the page answers to a file sent with its form."""
    form = browser.open(CHECK)
    (token,) = {each.get("value") for each in form.all("input", name="csrf_token")}
    data = {"csrf_token": token, "file": (BytesIO(content), "report.pdf")}
    answer = browser.client.post(CHECK, data=data, content_type="multipart/form-data")
    if answer.location:
        assert answer.location.endswith(f"hash={hashlib.sha256(content).hexdigest()}#answer")
        return browser.open(answer.location.partition("#")[0])
    return type(form)(browser, answer.status_code, CHECK, answer.get_data(as_text=True))
