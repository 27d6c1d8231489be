"""The pages of money: what a co-chair, a clerk and a visitor do there, and who may not."""

import csv
import io
from datetime import date
from io import BytesIO
from posixpath import normpath

import pytest
from werkzeug.datastructures import MultiDict

from app.accounts.models import RoleGrant
from app.core.access import Role
from app.core.db import transaction
from app.demo.work.papers import one_page
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.seats.rules import Side
from app.taskforces.spending import queries
from app.taskforces.spending.chain import exports
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.chain.rules import Written, entry_hash
from app.taskforces.spending.documents import services as documents
from tests import make

FORMS = {
    "commitments/new": "asks",
    "commitments/{c}/change": "asks",
    "commitments/{c}/pay": "enters",
    "commitments/{c}/entries/{e}/take-back": "enters",
    "money/move": "asks",
    "money/release": "asks",
    "money/return": "asks",
    "money/from-outside": "enters",
    "money/expected": "leads",
    "../ledger/{cycle}/terms": "enters",
    "../ledger/{cycle}/tie-outs/new": "enters",
}
"""Each page that changes something, and what one must be able to do to open it."""
MAY = {
    "visitor": set(),
    "resident": set(),
    "officer": set(),
    "admin": set(),
    "foreign chair": set(),
    "foreign clerk": set(),
    "chair": {"asks", "leads"},
    "clerk": {"asks", "enters"},
}


@pytest.fixture
def lit(app):
    """A project with a commitment of which some is paid."""
    project = make.project()
    promise = make.commitment(project, 15_000_00)
    return project, promise, make.paid(promise, 4_000_00)


def somebody(who, project):
    """The account of somebody of that kind; none for a visitor."""
    if who == "visitor":
        return None
    if who.endswith("chair"):
        body = project.task_force if who == "chair" else make.task_force()
        return make.account(make.co_chair(body, Side.COMMUNITY))
    if who == "foreign clerk":
        elsewhere, account = make.neighborhood(), make.person()
        with transaction():
            account.is_staff = True
            account.grants = [RoleGrant(role=Role.CLERK, neighborhood_id=elsewhere.id, starts_on=date(2020, 1, 1))]
        return account
    roles = {"officer": (Role.OFFICER,), "admin": (Role.ADMIN,), "clerk": (Role.CLERK,)}
    return make.person(roles=roles.get(who, ()))


@pytest.mark.parametrize("who", MAY)
def test_who_opens_which_page_of_money(lit, browser, who):
    project, promise, paid = lit
    account = somebody(who, project)
    if account is not None:
        browser.sign_in(account)
    for page, needs in FORMS.items():
        address = f"/projects/{project.id}/" + page.format(c=promise.id, e=paid, cycle=project.cycle_id)
        status = browser.client.get(normpath(address)).status_code
        assert (status == 200) == (needs in MAY[who]), f"{who} opens {address}: {status}"


def test_each_page_of_money_sent_empty_comes_back_with_what_is_wrong_at_its_fields(lit, browser):
    project, promise, paid = lit
    for who in ("chair", "clerk"):
        browser.sign_in(somebody(who, project))
        for page in (page for page, needs in FORMS.items() if needs in MAY[who]):
            address = normpath(f"/projects/{project.id}/" + page.format(c=promise.id, e=paid, cycle=project.cycle_id))
            token = browser.open(address).all("input", name="csrf_token")[0].get("value")
            sent = browser.post(address, MultiDict({"csrf_token": token}))
            said = sent.all("div", **{"data-error-summary": ""})
            assert sent.status == 200 and said, f"{who} sends {address}: {sent.status}"


def test_a_visitor_reads_every_entry_and_checks_the_chain(lit, browser):
    project, _promise, _paid = lit
    page = browser.open(f"/projects/{project.id}").follow("All of its money")
    assert "Lux Ltd" in page.text and "First lamp posts" in page.text and "Promise money" not in page.text
    ledger = page.follow("The ledger of this cycle")
    assert "It holds" in ledger.follow("Check the chain").text


def test_anybody_can_make_the_hashes_again_from_the_csv_alone(lit, browser):
    project, _promise, _paid = lit
    text = browser.client.get(f"/projects/ledger/{project.cycle_id}/ledger.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    links = list(chain.links(project.cycle_id))
    assert [row["hash"] for row in rows] == [link.hash for link in links] and len(rows) == 4
    numbers = ("cycle", "number", "amount_cents", "reverses")
    again = {name: (int(v) if name in numbers else v) if v else None for name, v in rows[3].items() if name != "hash"}
    moment = links[3].entry.entered_at
    assert entry_hash(Written(**again | {"entered_at": moment, "on": links[3].entry.on})) == rows[3]["hash"]
    assert set(exports.DICTIONARY) == set(rows[0])


def test_a_co_chair_puts_a_commitment_before_both_sides_and_nothing_typed_is_lost(lit, browser):
    project, _promise, _paid = lit
    browser.sign_in(somebody("chair", project))
    page = browser.open(f"/projects/{project.id}/money").follow("Promise money in a contract")
    answers = {"organization": "Bright Ltd", "amount": "5,000", "purpose": "Six lamps with their cables"}
    answers |= {"document": "Contract with Bright Ltd"}
    over = page.press("Continue", **answers | {"amount": "5,000.01"}, file=(BytesIO(one_page("C")), "c.pdf"))
    assert "more than the project has left" in over.text and over.all("input", value="Bright Ltd")
    done = over.press("Continue", **answers, file=(BytesIO(one_page("C")), "c.pdf"))
    assert "Exactly this is signed" in done.text and "Bright Ltd" in done.text


def test_a_clerk_enters_a_payment_and_takes_it_back(lit, browser):
    project, promise, _paid = lit
    browser.sign_in(somebody("clerk", project))
    page = browser.open(f"/projects/{project.id}/commitments/{promise.id}").follow("Enter a payment")
    answers = {"amount": "100", "purpose": "Bolts and screws", "document": "Invoice 7", "reference": "F-7"}
    refused = page.press("Continue", **answers, file=(BytesIO(b"no pdf"), "x.pdf"))
    assert "This is no PDF" in refused.text
    page = refused.press("Continue", **answers, file=(BytesIO(one_page("I")), "i.pdf"))
    assert queries.balance_of(project.id).spent_cents == 4_100_00
    back = page.follow("Take the payment back: No. 5").press("Continue", reason="Paid for another project.")
    assert "Payment taken back" in back.text and "taken back later" in back.text


@pytest.mark.parametrize("who", MAY)
def test_a_closed_document_is_read_only_by_those_who_sign_for_it_and_the_clerk(lit, browser, who):
    project, _promise, _paid = lit
    made = documents.made(documents.Paper(file=BytesIO(one_page("Ada")), title="Invoice", is_public=False))
    kept = documents.keep(project.id, made, by=make.actor(Role.CLERK))
    account = somebody(who, project)
    if account is not None:
        browser.sign_in(account)
    status = browser.client.get(f"/projects/{project.id}/documents/{kept}.pdf").status_code
    assert status == (200 if "asks" in MAY[who] else 404)


def test_the_terms_of_spending_are_set_by_a_clerk_and_read_by_everybody(lit, browser):
    project, _promise, _paid = lit
    browser.sign_in(somebody("clerk", project))
    page = browser.open(f"/projects/ledger/{project.cycle_id}").follow("Change the terms of spending")
    assert "Up to $750" in page.press("Set the terms", alone="750", percent="5").text


def test_a_project_page_asks_as_much_however_many_entries_there_are(lit, statements, browser):
    project, promise, _paid = lit
    counts = []
    for _ in range(2):
        statements.clear()
        browser.client.get(f"/projects/{project.id}")
        counts.append(len(statements))
        for _n in range(3):
            make.paid(promise, 1)
    assert counts[0] == counts[1]


def test_a_project_that_is_over_and_spent_offers_nothing_to_do_with_its_money(app, browser):
    project = make.project(stage=ProjectStage.COMPLETED)
    browser.sign_in(somebody("chair", project))
    assert "What you can do" in browser.open(f"/projects/{make.project(body=project.task_force).id}/money").text
    assert "Promise money" not in browser.open(f"/projects/{project.id}/money").text
