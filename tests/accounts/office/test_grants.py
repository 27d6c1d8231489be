"""Roles are granted by somebody else, for a scope and a time, and end at once when a clerk says so."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import policies
from app.accounts.models import Person, RoleGrant
from app.accounts.office import queries, services
from app.accounts.office.services import GrantRole, InviteStaff
from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import DomainError, NoStanding
from tests import make
from tests.accounts.office.test_residences import clerk_of
from tests.browser import Browser


def role(kind=Role.OFFICER, *, where=None, starts_on=None, ends_on=None):
    return GrantRole(
        role=kind, neighborhood_id=where.id if where else None, starts_on=starts_on or today(), ends_on=ends_on
    )


def actor(person_id):
    db.session.rollback()
    return actor_of(db.session.get(Person, person_id))


def test_a_clerk_grants_a_role_and_the_person_gets_an_invitation(app, browser, mailbox):
    where, person = make.neighborhood(name="Riverside"), make.person(public_name="Ada")
    clerk = browser.sign_in(make.person(roles=(Role.CLERK,), public_name="Cleo"))
    page = clerk.open("/office/people/?q=ada").follow("Ada").follow("Grant a role")
    page = page.press("Grant the role", role="officer", scope=str(where.id))
    assert "Riverside" in page.text and "Cleo" in page.text and "Held" in page.text
    assert actor(person.id).holds(Role.OFFICER, where.id) and not actor(person.id).holds(Role.OFFICER)
    assert "invited to work" in mailbox.newest().subject


def test_the_invited_choose_a_password_and_connect_an_app(app, browser, mailbox):
    services.invite(InviteStaff(public_name="Otto", email="otto@example.org", locale="en"), by=make.actor(Role.CLERK))
    chosen = {"password": "seven lamps on the lane", "again": "seven lamps on the lane"}
    page = browser.open(mailbox.link()).press("Set the password", **chosen)
    page = page.press("Go on", email="otto@example.org", password=chosen["password"])
    assert page.one("h1") == "Connect an authenticator app"


@pytest.mark.parametrize("own", [Role.CLERK, Role.ADMIN])
def test_nobody_grants_a_role_to_themselves(app, own):
    me = make.actor(own)
    with pytest.raises(NoStanding):
        services.grant(me.id, role(Role.OBSERVER), by=me)


def test_without_the_policy_the_database_still_refuses_a_grant_to_oneself(app, monkeypatch):
    """The twin: with the rule gone the named constraint holds."""
    me = make.actor(Role.CLERK)
    monkeypatch.setattr(policies, "may_grant", lambda *_a, **_k: True)
    with pytest.raises(sa.exc.IntegrityError, match="not_granted_to_oneself"):
        services.grant(me.id, role(Role.OBSERVER), by=me)


@pytest.mark.parametrize("own", [Role.OFFICER, Role.OBSERVER, Role.OVERSEER, Role.ADMIN, None])
def test_only_clerks_grant_invite_and_reset(app, own):
    me, other = make.actor(*([own] if own else [])), make.person()
    for act in (
        lambda: services.grant(other.id, role(), by=me),
        lambda: services.invite(InviteStaff(public_name="Otto", email="o@example.org", locale="en"), by=me),
        lambda: services.reset_second_factor(other.id, by=me),
    ):
        with pytest.raises(NoStanding):
            act()


def test_a_neighborhoods_clerk_grants_for_that_neighborhood_only(app):
    here, there = make.neighborhood(), make.neighborhood()
    clerk, person = actor_of(clerk_of(here)), make.person()
    assert services.grant(person.id, role(where=here), by=clerk)
    for foreign in (there, None):
        with pytest.raises(NoStanding):
            services.grant(person.id, role(Role.OBSERVER, where=foreign), by=clerk)


def test_a_grant_holds_from_its_first_day_to_its_last(app):
    person, clerk = make.person(), make.actor(Role.CLERK)
    tomorrow = today() + timedelta(days=1)
    services.grant(person.id, role(starts_on=tomorrow), by=clerk)
    services.grant(person.id, role(Role.OBSERVER, ends_on=today()), by=clerk)
    assert {g.role for g in actor(person.id).grants} == {Role.OBSERVER}


@pytest.mark.parametrize("starts, ends", [(0, -1), (-5, -1), (3, 2)])
def test_a_role_cannot_end_before_it_begins_or_in_the_past(app, starts, ends):
    days = {"starts_on": today() + timedelta(days=starts), "ends_on": today() + timedelta(days=ends)}
    with pytest.raises(DomainError) as refusal:
        services.grant(make.person().id, role(**days), by=make.actor(Role.CLERK))
    assert refusal.value.field == "ends_on"


def test_the_same_role_is_not_held_twice_on_one_day(app):
    person, clerk, later = make.person(), make.actor(Role.CLERK), today() + timedelta(days=10)
    services.grant(person.id, role(ends_on=later), by=clerk)
    with pytest.raises(DomainError) as refusal:
        services.grant(person.id, role(starts_on=later), by=clerk)
    assert refusal.value.field == "role"
    assert services.grant(person.id, role(starts_on=later + timedelta(days=1)), by=clerk)


def test_a_form_sent_twice_grants_once(app, browser):
    person = make.person()
    page = browser.sign_in(make.person(roles=(Role.CLERK,))).open(f"/office/people/{person.id}/grant")
    page.press("Grant the role"), page.press("Grant the role")
    assert db.session.scalar(sa.select(sa.func.count()).where(RoleGrant.person_id == person.id)) == 1


def test_ending_a_role_takes_it_at_the_next_page_and_stays_in_the_history(app, browser):
    officer = make.person(roles=(Role.OFFICER,), public_name="Otto")
    his = Browser(app).sign_in(officer)
    page = browser.sign_in(make.person(roles=(Role.CLERK,), public_name="Cleo")).open(f"/office/people/{officer.id}")
    page = page.follow("End Officer (reviews and costs proposals)").press("End the role now")
    assert "Over" in page.text and "Cleo" in page.text
    assert actor(officer.id).grants == frozenset()
    assert his.open("/account").one("h1") == "Sign in"


def test_the_last_clerk_of_the_site_stays(app):
    clerk = make.person(roles=(Role.CLERK,))
    grant = clerk.grants[0].id
    with pytest.raises(DomainError) as refusal:
        services.end_grant(grant, by=actor_of(clerk))
    assert refusal.value.code == "last_clerk"
    make.person(roles=(Role.CLERK,))
    services.end_grant(grant, by=actor_of(clerk))
    assert actor(clerk.id).grants == frozenset()


def test_a_lost_phone_is_vouched_for_by_another_clerk(app, browser, mailbox):
    officer = make.person(roles=(Role.OFFICER,), tf_totp_secret="{}", mf_recovery_codes=["x"])
    his = Browser(app).sign_in(officer)
    page = browser.sign_in(make.person(roles=(Role.CLERK,))).open(f"/office/people/{officer.id}")
    page.follow("Let them connect a new app").press("Remove the old app")
    assert his.open("/account").one("h1") == "Sign in"
    assert "removed the authenticator app" in mailbox.newest().body
    me = make.actor(Role.CLERK)
    with pytest.raises(NoStanding):
        services.reset_second_factor(me.id, by=me)


def test_an_address_with_an_account_is_not_invited_again(browser):
    make.person(email="ada@example.org")
    page = browser.sign_in(make.person(roles=(Role.CLERK,))).open("/office/people/invite")
    page = page.press("Send the invitation", public_name="Ada", email="ADA@example.org")
    assert "has an account" in page.one("p", id="email-error")


def test_every_step_is_in_the_audit_log_without_names(app):
    clerk = make.actor(Role.CLERK)
    person = services.invite(InviteStaff(public_name="Otto", email="otto@example.org", locale="en"), by=clerk)
    services.end_grant(services.grant(person, role(), by=clerk), by=clerk)
    entries = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.sequence)).all()
    assert [e.kind for e in entries] == ["StaffInvited", "RoleGranted", "RoleEnded"]
    assert not any("otto" in e.body.lower() for e in entries)


def test_the_history_costs_a_few_statements_however_long_it_is(app, statements):
    person = make.person(roles=(Role.OFFICER, Role.OBSERVER, Role.ADMIN, Role.OVERSEER))
    clerk = make.actor(Role.CLERK)
    db.session.rollback()
    statements.clear()
    assert len(queries.person(clerk, person.id).grants) == 4
    assert len(statements) <= 4
