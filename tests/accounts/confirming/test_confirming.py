"""Before a grave step: staff prove themselves with their app, residents with a mailed code; good for ten minutes."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from app.accounts.confirming import services
from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.accounts.sign_in import VISIT, hashed
from app.accounts.visits.models import Visit
from app.accounts.visits.rules import FRESH, is_fresh
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import NoStanding, NotFound
from tests import make
from tests.accounts.staff.test_staff import HASH, PASSWORD, connected
from tests.browser import Browser

CONFIRM = "/sign-in/confirm?next=/account"
THANKS = "Thank you. You have ten minutes for the step you came from."


@pytest.fixture
def clerk(app):
    HASH or HASH.append(hashed(PASSWORD))
    return make.person(roles=(Role.CLERK,), password=HASH[0])


def long_ago(browser):
    """As if this browser had proved who sits there an hour ago."""
    with transaction():
        db.session.execute(sa.update(Visit).values(confirmed_at=now() - timedelta(hours=1)))
    return browser


def is_confirmed():
    db.session.rollback()
    return any(is_fresh(at, now()) for at in db.session.scalars(sa.select(Visit.confirmed_at)))


def events():
    return db.session.scalars(sa.select(AuditEntry.kind).where(AuditEntry.kind == "IdentityConfirmed")).all()


def signed_in(app, person):
    return long_ago(Browser(app).sign_in(person))


@pytest.mark.parametrize(("minutes", "fresh"), [(None, False), (0, True), (9.99, True), (10, False), (60, False)])
def test_a_confirmation_holds_for_ten_minutes(minutes, fresh):
    moment = now()
    assert is_fresh(None if minutes is None else moment - timedelta(minutes=minutes), moment) is fresh
    assert FRESH == timedelta(minutes=10)


def test_a_sign_in_is_a_confirmation(app):
    Browser(app).sign_in(make.person())
    assert is_confirmed()


def test_staff_confirm_with_the_code_of_their_app_and_come_back_to_their_step(app, clerk):
    totp, _codes = connected(app, clerk)
    page = signed_in(app, clerk).open(CONFIRM)
    assert not is_confirmed()
    page = page.press("Confirm", code=totp.now())
    assert page.path == "/account" and THANKS in page.text
    assert is_confirmed() and events() == ["IdentityConfirmed"]


def test_staff_confirm_with_a_recovery_code_once(app, clerk):
    _totp, codes = connected(app, clerk)
    browser = signed_in(app, clerk)
    assert browser.open(CONFIRM).press("Confirm", code=codes[0]).path == "/account"
    assert long_ago(browser).open(CONFIRM).press("Confirm", code=codes[0]).all("p", id="code-error")


@pytest.mark.parametrize("wrong", ["000000", "", "no such code"])
def test_a_wrong_code_is_said_at_its_field_and_confirms_nothing(app, clerk, wrong):
    connected(app, clerk)
    page = signed_in(app, clerk).open(CONFIRM).press("Confirm", code=wrong)
    assert page.all("p", id="code-error") and not is_confirmed() and events() == []


def test_a_code_of_the_app_works_once(app, clerk):
    totp, _codes = connected(app, clerk)
    with time_machine.travel(now(), tick=False):
        browser, code = signed_in(app, clerk), totp.now()
        browser.open(CONFIRM).press("Confirm", code=code)
        assert long_ago(browser).open(CONFIRM).press("Confirm", code=code).all("p", id="code-error")


def test_codes_are_not_guessed_for_long(app, clerk):
    connected(app, clerk)
    page = signed_in(app, clerk).open(CONFIRM)
    for _ in range(12):
        page = page.browser.open(CONFIRM).press("Confirm", code="000000") if page.status == 200 else page
    assert not is_confirmed() and ("Too many" in page.text or page.status == 429)


def test_a_resident_confirms_with_a_mailed_code(app, mailbox):
    ada = make.person()
    page = signed_in(app, ada).open(CONFIRM).press("Mail me a code")
    assert mailbox.newest().to == [ada.email]
    page = page.press("Confirm", code=mailbox.code())
    assert page.path == "/account" and THANKS in page.text and is_confirmed()


def test_a_wrong_mailed_code_is_said_at_its_field(app, mailbox):
    page = signed_in(app, make.person()).open(CONFIRM).press("Mail me a code")
    wrong = str((int(mailbox.code()) + 1) % 1_000_000).zfill(6)
    assert page.press("Confirm", code=wrong).all("p", id="code-error") and not is_confirmed()


def test_the_code_of_somebody_else_confirms_nothing_and_stays_theirs(app, mailbox):
    ada, ben = make.person(), make.person()
    theirs = services.ask(by=actor_of(ben), place=None)
    digits = mailbox.code()
    browser = signed_in(app, ada)
    with browser.client.session_transaction() as session:
        visit = session[VISIT]
    with pytest.raises(services.DomainError) as refusal:
        services.confirm_with_mail(visit, theirs, digits, by=actor_of(ada))
    assert (refusal.value.code, refusal.value.field) == ("wrong_code", "code") and not is_confirmed()
    assert services.confirm_with_mail(visit, theirs, digits, by=actor_of(ben)) == ben.id


def test_staff_cannot_do_with_a_mailed_code_what_takes_their_app(app, clerk, mailbox):
    connected(app, clerk)
    browser = signed_in(app, clerk)
    assert browser.open("/sign-in/confirm/by-mail").path.startswith("/sign-in/confirm")
    assert "Code from your app" in browser.open("/sign-in/confirm/by-mail").text
    with pytest.raises(NoStanding):
        services.ask(by=actor_of(clerk), place=None)


def test_in_the_demo_invented_people_say_so(app, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", True)
    person = make.person(roles=(Role.CLERK,), email="clerk@demo.lamplight.example")
    page = signed_in(app, person).open(CONFIRM)
    assert page.press("Yes, it is me").path == "/account" and is_confirmed()


def test_saying_so_is_not_enough_for_real_people(app):
    browser, person = Browser(app), make.person(roles=(Role.CLERK,))
    browser.sign_in(person)
    with browser.client.session_transaction() as session, pytest.raises(NotFound):
        services.confirm_in_demo(session[VISIT], by=actor_of(db.session.get_one(Person, person.id)))


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere"])
def test_it_leads_back_to_a_page_of_ours_only(app, clerk, away):
    totp, _codes = connected(app, clerk)
    page = signed_in(app, clerk).open(f"/sign-in/confirm?next={away}").press("Confirm", code=totp.now())
    assert page.path == "/"


def test_a_visitor_signs_in_first(browser):
    assert browser.open(CONFIRM).path.startswith("/sign-in?") or browser.open(CONFIRM).one("h1") == "Sign in"


def test_a_confirmation_of_one_browser_is_none_of_another(app, clerk):
    totp, _codes = connected(app, clerk)
    first, second = signed_in(app, clerk), signed_in(app, clerk)
    long_ago(first).open(CONFIRM).press("Confirm", code=totp.now())
    fresh = [is_fresh(at, now()) for at in db.session.scalars(sa.select(Visit.confirmed_at))]
    assert fresh.count(True) == 1 and second.open("/account").status == 200
