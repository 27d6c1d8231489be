"""A private contact: its author and officers of the neighborhood read it, and nobody else, anywhere."""

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import NoStanding
from app.proposals import queries as proposals
from app.proposals import services as verbs
from app.proposals.coauthors.models import CoAuthor
from app.proposals.contacts import policies, queries, services
from app.proposals.contacts.models import ProposalContact
from app.proposals.revisions.models import ProposalRevision
from app.proposals.search.models import ProposalWords
from tests import make
from tests.browser import Browser
from tests.proposals.writing import steps

SECRET = "555 0142, after six"


@pytest.fixture
def proposal(app):
    row = make.proposal()
    services.give(row.id, SECRET, by=actor_of(row.author))
    return row


def viewers(proposal):
    """Everybody who might look, by what they are; None is a visitor."""
    here, elsewhere = proposal.cycle.neighborhood, make.neighborhood()
    company = make.person()
    with transaction():
        db.session.add(CoAuthor(proposal_id=proposal.id, person_id=company.id, joined_at=proposal.created_at))
    return {
        "author": proposal.author,
        "officer here": steps.holding(Role.OFFICER, here),
        "officer elsewhere": steps.holding(Role.OFFICER, elsewhere),
        "clerk here": steps.holding(Role.CLERK, here),
        "observer": make.person(roles=(Role.OBSERVER,)),
        "overseer": make.person(roles=(Role.OVERSEER,)),
        "administrator": make.person(roles=(Role.ADMIN,)),
        "co-author": company,
        "neighbor": make.person(resident_of=here),
        "visitor": None,
    }


def told_to(app, proposal):
    """Who reads the contact on the proposal's page."""
    found = set()
    for name, person in viewers(proposal).items():
        browser = Browser(app)
        if person is not None:
            browser.sign_in(person)
        if SECRET in browser.open(f"/proposals/{proposal.id}").html:
            found.add(name)
    return found


def test_only_its_author_and_officers_of_the_neighborhood_read_it(app, proposal):
    assert told_to(app, proposal) == {"author", "officer here"}


def test_the_check_notices_a_contact_that_everybody_reads(app, proposal, monkeypatch):
    monkeypatch.setattr(policies, "may_read", lambda viewer, **facts: True)
    assert {"visitor", "neighbor", "clerk here"} <= told_to(app, proposal)


def test_it_is_nowhere_else_than_in_its_own_table(app, proposal):
    everything = [table for table in db.metadata.sorted_tables if table.name != ProposalContact.__tablename__]
    found = [t.name for t in everything for row in db.session.execute(sa.select(t)) if SECRET in str(row)]
    assert found == []
    kinds = list(db.session.scalars(sa.select(AuditEntry.kind)))
    assert kinds == ["ContactGiven"]


def test_nobody_but_the_author_gives_it(app, proposal):
    for person in (make.person(roles=(Role.OFFICER,)), make.person()):
        with pytest.raises(NoStanding):
            services.give(proposal.id, "mine", by=actor_of(person))


def test_emptying_it_forgets_it(app, proposal):
    services.give(proposal.id, "", by=actor_of(proposal.author))
    assert db.session.get(ProposalContact, proposal.id) is None


def test_with_the_proposal_it_is_gone(app, proposal):
    verbs.withdraw(proposal.id, by=actor_of(proposal.author))
    assert db.session.get(ProposalContact, proposal.id) is None


def test_its_author_gives_and_changes_it_on_a_page(browser):
    row = make.proposal()
    page = browser.sign_in(row.author).open(f"/proposals/{row.id}").follow("Give a contact")
    shown = page.press("Save", contact=SECRET)
    assert SECRET in shown.text and "Only its author and officers" in shown.text
    assert queries.of_proposal(proposals.detail(row.id, None), None) is None
    assert shown.follow("Change the contact").all("input", name="contact")[0].get("value") == SECRET


def test_neither_search_nor_revisions_know_of_it():
    for model in (ProposalWords, ProposalRevision):
        assert not {"contact", "words"} & set(model.__table__.columns.keys())
