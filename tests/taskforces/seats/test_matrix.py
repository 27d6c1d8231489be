"""Who opens which page of seats, and what a form sent by the wrong hands does: nothing."""

import pytest

from app.accounts.models import RoleGrant
from app.core.access import Role
from app.core.clock import today
from app.taskforces.interests import services as interests
from app.taskforces.interests.rules import Effect
from app.taskforces.seats import views
from app.taskforces.seats.absences import services as absences
from app.taskforces.seats.rules import SeatKind
from tests import make

SIGN_IN, REFUSED, HIDDEN, OPEN = "sign in", 403, 404, 200
WHO = ("visitor", "foreign clerk", "overseer", "member", "holder", "clerk")
CLERKS = (SIGN_IN, REFUSED, REFUSED, REFUSED, REFUSED, OPEN)
OWN = (SIGN_IN, HIDDEN, HIDDEN, HIDDEN, OPEN, OPEN)
PAGES = {
    "/task-forces/seats/mine": (SIGN_IN, *(OPEN,) * 5),
    "/task-forces/organizations/{where}/new": CLERKS,
    "/task-forces/organizations/{where}/{organization}": CLERKS,
    "/task-forces/{slug}/charter": CLERKS,
    "/task-forces/{slug}/dissolve": CLERKS,
    "/task-forces/{slug}/seats/offer": CLERKS,
    "/task-forces/{slug}/seats/{seat}/end": CLERKS,
    "/task-forces/offers/{offer}": OWN,
    "/task-forces/seats/{seat}/away": OWN,
    "/task-forces/seats/{seat}/interest": OWN,
}
FORMS = (
    "/task-forces/{slug}/constitute",
    "/task-forces/offers/{offer}/accept",
    "/task-forces/offers/{offer}/paper",
    "/task-forces/offers/{offer}/decline",
    "/task-forces/offers/{offer}/take-back",
    "/task-forces/seats/absences/{absence}/back",
    "/task-forces/{slug}/interests/{interest}/end",
)


@pytest.fixture
def cast(app):
    """Everybody of `WHO`, and what the addresses name."""
    body = make.task_force()
    holder, member = make.co_chair(body), make.seated(body, SeatKind.MEMBER)
    abroad = make.person(is_staff=True)
    grant = {"role": Role.CLERK, "neighborhood_id": make.neighborhood().id, "starts_on": today()}
    make.kept(RoleGrant(person_id=abroad.id, **grant))
    people = (abroad, make.person(roles=(Role.OVERSEER,)), make.account(member), make.account(holder))
    clerk = make.person(roles=(Role.CLERK,))
    return body, holder, dict(zip(WHO[1:], (*people, clerk), strict=True))


def names(body, holder):
    seat, named = make.seat_of(holder).id, make.organization(body.neighborhood).id
    days = absences.TellAbsence(starts_on=today(), ends_on=today())
    facts = {"project_id": None, "organization_id": named, "text": "My sister works there.", "effect": Effect.NOTE}
    return {
        "slug": body.slug,
        "where": body.neighborhood.slug,
        "organization": named,
        "seat": seat,
        "offer": make.seat_offer(body, person=make.account(holder), kind=SeatKind.OBSERVER).id,
        "absence": absences.tell(seat, days, by=holder).id,
        "interest": interests.declare(seat, interests.DeclareInterest(**facts), by=holder).id,
    }


def opened(browser, path):
    page = browser.open(path)
    return SIGN_IN if page.path.startswith("/sign-in") else page.status


def found(browser, people, where):
    rows = {page: [opened(browser, page.format(**where))] for page in PAGES}
    for who in WHO[1:]:
        browser.sign_in(people[who])
        for page, row in rows.items():
            row.append(opened(browser, page.format(**where)))
    return {page: tuple(row) for page, row in rows.items()}


def test_who_opens_which_page_is_a_table(cast, browser):
    body, holder, people = cast
    where = names(body, holder)
    for page in ("/task-forces/", "/task-forces/{slug}", "/task-forces/organizations/{where}"):
        assert opened(browser, page.format(**where)) == OPEN
    assert found(browser, people, where) == PAGES


def test_the_table_notices_a_page_left_open(cast, browser, monkeypatch):
    body, holder, people = cast
    monkeypatch.setattr(views, "ensure_standing", lambda *_: None)
    page = f"/task-forces/{body.slug}/seats/{make.seat_of(holder).id}/end"
    assert opened(browser.sign_in(people["foreign clerk"]), page) == OPEN


def test_a_form_sent_by_the_wrong_hands_changes_nothing(cast, browser):
    body, holder, people = cast
    where = names(body, holder)
    for who in ("foreign clerk", "overseer", "member"):
        page = browser.sign_in(people[who]).open("/task-forces/seats/mine")
        token = page.all("input", name="csrf_token")[0].get("value")
        found = {form: browser.post(form.format(**where), {"csrf_token": token}).status for form in FORMS}
        assert set(found.values()) <= {REFUSED, HIDDEN}, (who, found)
