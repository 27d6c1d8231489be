"""Overseers say in public what they found; others reply once; nobody changes a word of it."""

import pytest
import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from app.taskforces.oversight import queries, services
from app.taskforces.oversight.models import OversightStatement
from app.taskforces.oversight.rules import About
from app.taskforces.seats.rules import SeatKind
from tests import make

FOUND = "Three invoices of the lighting project carry no delivery note, and nobody could say why."
ADVICE = "Ask every supplier for a delivery note before anything is paid to them."
REPLY = "From January on nothing is paid without a delivery note; the clerk checks each one."


def stated(project, **changes):
    told = {"title": "Delivery notes", "text": FOUND, "recommendation": ADVICE, "address": ""} | changes
    about = About(project_id=project.id, task_force_id=None)
    home = project.cycle.neighborhood_id
    return services.state(home, about, services.State(**told), by=make.actor(Role.OVERSEER)).id


@pytest.mark.parametrize("role", [None, Role.CLERK, Role.OFFICER, Role.OBSERVER, Role.ADMIN])
def test_only_an_overseer_states_anything(app, role):
    project = make.project()
    who = make.actor(role) if role else make.co_chair(project.task_force)
    about = About(project_id=project.id, task_force_id=None)
    with pytest.raises(NoStanding):
        services.state(
            project.cycle.neighborhood_id,
            about,
            services.State(title="A", text="B", recommendation="", address=""),
            by=who,
        )


def test_a_statement_is_about_something_of_its_neighborhood(app):
    project, other = make.project(), make.neighborhood()
    about = About(project_id=project.id, task_force_id=None)
    with pytest.raises(NotFound):
        services.state(
            other.id,
            about,
            services.State(title="A", text="B", recommendation="", address=""),
            by=make.actor(Role.OVERSEER),
        )


WHO = {
    "the co-chair concerned": (lambda project: make.co_chair(project.task_force), True),
    "the clerk": (lambda project: make.actor(Role.CLERK), True),
    "a co-chair of another": (lambda project: make.co_chair(make.task_force()), False),
    "a member": (lambda project: make.seated(project.task_force, SeatKind.MEMBER), False),
    "an overseer": (lambda project: make.actor(Role.OVERSEER), False),
    "a clerk who oversees": (lambda project: make.actor(Role.CLERK, Role.OVERSEER), False),
    "an admin": (lambda project: make.actor(Role.ADMIN), False),
    "somebody": (lambda project: make.actor(), False),
}


@pytest.mark.parametrize("who", WHO)
def test_those_concerned_reply_and_nobody_else(app, who):
    project = make.project()
    statement, (made, may) = stated(project), WHO[who]
    if may:
        services.reply(statement, REPLY, by=made(project))
        assert queries.statement(statement).reply == REPLY
    else:
        with pytest.raises(NoStanding):
            services.reply(statement, REPLY, by=made(project))


def test_a_recommendation_is_replied_to_once(app):
    project = make.project()
    statement, clerk = stated(project), make.actor(Role.CLERK)
    assert [row.id for row in queries.waiting(project.cycle.neighborhood_id)] == [statement]
    services.reply(statement, REPLY, by=clerk)
    with pytest.raises(DomainError, match="reply already"):
        services.reply(statement, REPLY, by=clerk)
    assert queries.waiting(project.cycle.neighborhood_id) == []


def test_not_even_the_program_changes_a_statement(app):
    statement = stated(make.project())
    with pytest.raises(sa.exc.DatabaseError), transaction():
        db.session.execute(sa.update(OversightStatement).values(text="All is well."))
    assert queries.statement(statement).text == FOUND


def test_a_statement_stands_on_the_page_of_its_project_and_nothing_typed_is_lost(browser):
    project = make.project()
    overseer = make.person(roles=[Role.OVERSEER])
    page = browser.sign_in(overseer).open(f"/oversight/projects/{project.id}/new")
    refused = page.press("Publish it", title="Delivery notes", text=FOUND, address="somewhere")
    assert "web address" in refused.text and FOUND in refused.html
    refused.press("Publish it", address="", recommendation=ADVICE)
    assert "Delivery notes" in browser.open(f"/projects/{project.id}").text
    clerk = db.session.get_one(Person, make.actor(Role.CLERK).id)
    page = browser.sign_in(clerk).open(f"/oversight/{db.session.scalar(sa.select(OversightStatement.id))}")
    assert REPLY in page.follow("Reply").press("Publish the reply", text=REPLY).text


def test_whoever_is_refused_is_led_back_to_the_page_it_is_about(browser):
    statement = stated(make.project())
    refused = browser.sign_in(make.person()).open(f"/oversight/{statement}/reply")
    assert refused.status == 403 and refused.follow("Go back to the page").one("h1") == "Delivery notes"
