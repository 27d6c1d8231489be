"""Clerks verify or refuse residences of their neighborhoods, never their own; only verified residents may vote."""

import pytest
import sqlalchemy as sa

from app.accounts import policies
from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.office import queries, services
from app.accounts.office.services import DecideResidence
from app.accounts.queries import actor_of
from app.accounts.rules import ResidenceStage
from app.accounts.services import RegisterResidence, register_residence
from app.core.access import Role
from app.core.clock import today
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from tests import make
from tests.browser import Browser


def waiting_in(where, **more):
    """A residence that waits for a clerk."""
    person = make.person(**more)
    home = RegisterResidence(neighborhood_id=where.id, address="1 Mill Lane", born_on=None)
    register_residence(home, by=actor_of(person))
    return db.session.scalars(sa.select(Residence).where(Residence.person_id == person.id)).one()


def clerk_of(where):
    person = make.person(is_staff=True)
    with transaction():
        db.session.add(RoleGrant(person_id=person.id, role=Role.CLERK, neighborhood_id=where.id, starts_on=today()))
    return person


def decision(residence, *, verified=True, note=""):
    return DecideResidence(verified=verified, note=note, seen=residence.registered_at.isoformat())


def test_a_clerk_verifies_a_residence_and_the_resident_gets_a_mail(app, browser, mailbox):
    where = make.neighborhood(name="Riverside")
    residence = waiting_in(where, public_name="Ada", email="ada@example.org")
    page = browser.sign_in(make.person(roles=(Role.CLERK,))).open("/office/people/residences").follow("Ada")
    page = page.press("Record the decision", decision="verified")
    assert page.one("h1") == "Residences" and "Nobody is waiting here" in page.text
    assert actor_of(db.session.get(Person, residence.person_id)).resident_of == where.id
    assert (mailbox.newest().subject, mailbox.newest().to) == ("Your address is verified", ["ada@example.org"])


def test_a_refusal_needs_a_note_which_the_resident_reads(app, browser, mailbox):
    residence = waiting_in(make.neighborhood(), public_name="Ada")
    clerk = browser.sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open(f"/office/people/residences/{residence.id}").press("Record the decision", decision="refused")
    assert "Say why" in page.one("p", id="note-error")
    page.press("Record the decision", note="Please bring a bill with this address.")
    mine = Browser(app).sign_in(db.session.get(Person, residence.person_id)).open("/account")
    assert "Please bring a bill" in mine.text and "Not verified" in mine.text
    assert "Please bring" not in mailbox.newest().body


def test_a_decision_on_what_has_changed_meanwhile_is_refused(app):
    where = make.neighborhood()
    residence = waiting_in(where)
    seen = decision(residence)
    owner = actor_of(db.session.get(Person, residence.person_id))
    register_residence(RegisterResidence(neighborhood_id=where.id, address="9 Other Road", born_on=None), by=owner)
    with pytest.raises(DomainError) as refusal:
        services.decide_residence(residence.id, seen, by=make.actor(Role.CLERK))
    assert refusal.value.code == "changed"


def test_nobody_verifies_where_they_live_themselves(app):
    where = make.neighborhood()
    residence = waiting_in(where, roles=(Role.CLERK,))
    me = actor_of(db.session.get(Person, residence.person_id))
    with pytest.raises(NoStanding):
        services.decide_residence(residence.id, decision(residence), by=me)


def test_without_the_policy_the_database_still_refuses_a_clerk_who_verifies_themselves(app, monkeypatch):
    """The twin: with the rule gone the named constraint holds."""
    residence = waiting_in(make.neighborhood(), roles=(Role.CLERK,))
    me = actor_of(db.session.get(Person, residence.person_id))
    monkeypatch.setattr(policies, "may_decide_residence", lambda *_a, **_k: True)
    with pytest.raises(sa.exc.IntegrityError, match="not_decided_by_oneself"):
        services.decide_residence(residence.id, decision(residence), by=me)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OBSERVER, Role.OVERSEER, Role.ADMIN, None])
def test_only_clerks_open_the_office_for_people(browser, role):
    residence = waiting_in(make.neighborhood())
    browser.sign_in(make.person(roles=(role,) if role else ()))
    for path in ("", "residences", f"residences/{residence.id}", str(residence.person_id), "invite"):
        assert browser.open(f"/office/people/{path}").status == 403


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OBSERVER, Role.OVERSEER, Role.ADMIN])
def test_only_clerks_have_standing_to_decide(app, role):
    residence = waiting_in(make.neighborhood())
    with pytest.raises(NoStanding):
        services.decide_residence(residence.id, decision(residence), by=make.actor(role))


def test_a_clerk_of_another_neighborhood_sees_and_decides_nothing(app, browser):
    residence = waiting_in(make.neighborhood())
    foreign = clerk_of(make.neighborhood())
    actor = actor_of(foreign)
    assert queries.waiting(actor, stage=None).total == 0
    assert browser.sign_in(foreign).open(f"/office/people/residences/{residence.id}").status == 404
    with pytest.raises(NotFound):
        queries.person(actor, residence.person_id)
    with pytest.raises(NoStanding):
        services.decide_residence(residence.id, decision(residence), by=actor)


def test_a_clerk_of_the_neighborhood_does(app):
    where = make.neighborhood()
    residence = waiting_in(where)
    services.decide_residence(residence.id, decision(residence), by=actor_of(clerk_of(where)))
    assert db.session.get(Residence, residence.id).stage is ResidenceStage.VERIFIED


def test_the_queue_finds_by_name_mail_and_address_and_takes_signs_literally(app):
    where = make.neighborhood()
    waiting_in(where, public_name="Ada 100%", email="ada@example.org")
    waiting_in(where, public_name="Grace", email="grace@example.org")
    clerk = make.actor(Role.CLERK)
    totals = [queries.waiting(clerk, words=w, stage=None).total for w in ("ADA", "grace@", "mill", "%", "_")]
    assert totals == [1, 1, 2, 1, 0]


def test_the_queue_costs_two_statements_however_long_it_is(app, statements):
    where = make.neighborhood()
    for _ in range(25):
        waiting_in(where)
    clerk = make.actor(Role.CLERK)
    statements.clear()
    page = queries.waiting(clerk, stage=ResidenceStage.REGISTERED, number=2)
    assert (len(page.items), page.total, len(statements)) == (5, 25, 2)


def test_the_list_of_people_costs_three_statements_however_long_it_is(app, statements):
    for _ in range(12):
        make.person(roles=(Role.OFFICER,))
    clerk = make.actor(Role.CLERK)
    statements.clear()
    page = queries.people(clerk)
    assert (page.total, len(statements)) == (13, 3)
    assert all(card.roles for card in page.items)


def test_the_queue_shows_what_was_looked_for(browser):
    where = make.neighborhood()
    for n in range(21):
        waiting_in(where, public_name=f"Resident {n:02d}")
    page = browser.sign_in(make.person(roles=(Role.CLERK,))).open("/office/people/residences?q=Resident")
    assert page.all("input", id="q")[0].get("value") == "Resident"
    assert "Page 1 of 2" in page.text and "Resident 20" in page.follow("Next").text
