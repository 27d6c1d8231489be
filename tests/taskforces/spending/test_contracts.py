"""A commitment can carry the id of the contract as the council published it: a clerk says it, and it is on record."""

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.taskforces.seats.rules import Side
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.contracts import queries, services
from app.taskforces.spending.contracts.models import PublishedContract
from app.taskforces.spending.contracts.rules import WhyNot, why_not_link
from app.taskforces.spending.contracts.services import LinkContract
from tests import make
from tests.opendata import files
from tests.opendata.shape import complaints

OCID, PAGE = "ocds-213czf-2026-0114", "https://contracts.example.org/2026/0114?lang=en"


@pytest.mark.parametrize(
    ("ocid", "url", "reason"),
    [
        (OCID, None, None),
        (OCID, PAGE, None),
        ("ocds-0c46vo-0001-DN/12.3:a_b+c", None, None),
        (None, None, WhyNot.SAID_ALREADY),
        (None, PAGE, WhyNot.LINK_ALONE),
        *((wrong, None, WhyNot.NOT_AN_OCID) for wrong in ("2026-0114", "ocds-213CZF-1", "OCDS-213czf-1")),
        *(
            (wrong, None, WhyNot.NOT_AN_OCID)
            for wrong in ("ocds-213czf-", "ocds-213czf", "ocds-213czf-=A1", "ocds-213czf-a b")
        ),
        ("ocds-213czf-" + "1" * 120, None, WhyNot.NOT_AN_OCID),
        *(
            (OCID, wrong, WhyNot.NOT_SAFE)
            for wrong in ("http://a.example", "https://", "javascript:alert(1)", "https:/a")
        ),
        *(
            (OCID, wrong, WhyNot.NOT_SAFE)
            for wrong in ("https://me:pw@a.example/", "https://a.example/ b", "https://[a")
        ),
    ],
)
def test_an_id_has_its_prefix_and_a_link_is_safe(ocid, url, reason):
    assert why_not_link(ocid, url) is reason


def test_what_is_said_already_is_not_said_again_and_what_was_wrong_is_taken_back():
    assert why_not_link(OCID, PAGE, now_is=(OCID, PAGE)) is WhyNot.SAID_ALREADY
    assert why_not_link(None, None, now_is=(OCID, None)) is None


@pytest.fixture
def promise(app):
    return make.commitment(make.project())


def test_a_clerk_enters_it_and_pages_ledger_and_standard_carry_it(app, promise, browser):
    where = f"/projects/{promise.project_id}/commitments/{promise.id}"
    browser.sign_in(make.account(make.actor(Role.CLERK)))
    page = browser.open(where).follow("Say which contract is published")
    wrong = page.press("Continue", ocid="2026-0114", url="")
    assert "This is no OCID" in wrong.one("p", id="ocid-error")
    page = wrong.press("Continue", ocid=OCID, url=PAGE)
    assert {link.get("rel") for link in page.all("a", href=PAGE)} == {"noopener noreferrer"}
    for path in (f"/projects/{promise.project_id}/money", f"/projects/{promise.project_id}"):
        assert OCID in browser.open(path).text
    ledger = files.rows(app, "/open/ledger.csv")
    assert {row["ocid"] for row in ledger if row["commitment"]} == {OCID}
    assert {row["ocid"] for row in ledger if not row["commitment"]} == {""}
    (told,) = files.data(app, "/open/projects/oc4ids.json")["projects"]
    (contract,) = told["contractingProcesses"]
    assert contract["id"] == contract["summary"]["ocid"] == OCID and complaints(told) == []
    assert [each["url"] for each in contract["summary"]["documents"]] == [PAGE]


def link(of, ocid=OCID, url=None, by=None, key=None):
    return services.link(of.id, LinkContract(ocid=ocid, url=url), key=key or f"{of.id} {ocid}", by=by or clerk())


def clerk():
    return make.actor(Role.CLERK)


def test_a_correction_counts_and_what_was_said_before_stays_on_record(app, promise, browser):
    before, one = chain.ledger_ends(), clerk()
    for ocid in ("ocds-213czf-wrong", OCID, None):
        link(promise, ocid, by=one)
    assert [row.ocid for row in queries.said(promise.id)] == [None, OCID, "ocds-213czf-wrong"]
    assert chain.ledger_ends() != before, "the file of all ledgers is hashed anew"
    page = browser.open(f"/projects/{promise.project_id}/commitments/{promise.id}").text
    assert "ocds-213czf-wrong" in page and "None: what stood here before was wrong" in page
    assert OCID not in files.text(app, "/open/ledger.csv") + files.text(app, "/open/projects/oc4ids.json")


def test_two_promises_on_one_contract_never_share_an_id(app, promise):
    second = make.commitment(promise.project, 1_000_00)
    link(second), link(promise)
    (told,) = files.data(app, "/open/projects/oc4ids.json")["projects"]
    ids = [each["id"] for each in told["contractingProcesses"]]
    assert ids[0] == OCID != ids[1] and ids[1].endswith("-C2")
    assert {each["summary"]["ocid"] for each in told["contractingProcesses"]} == {OCID}


def test_nobody_but_a_clerk_here_says_it_and_twice_is_once(promise):
    chair = make.co_chair(promise.project.task_force, Side.COMMUNITY)
    with pytest.raises(NoStanding):
        link(promise, by=chair)
    one = clerk()
    assert link(promise, by=one, key="once") == link(promise, by=one, key="once")
    with pytest.raises(DomainError, match="Nothing here is new"):
        link(promise, by=one, key="again")


@pytest.mark.parametrize("wrong", [{"url": PAGE}, {"ocid": "2026-0114"}, {"ocid": OCID, "url": "http://a.example"}])
def test_the_database_refuses_what_is_no_contract(promise, wrong):
    row = PublishedContract(commitment_id=promise.id, said_by_id=clerk().id, said_at=now(), **wrong)
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.add(row)
