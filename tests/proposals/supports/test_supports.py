"""Supports: one a resident and proposal until the ballot is fixed, and a number that can be hidden."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.cycles.rules import Stage as CycleStage
from app.proposals import queries as proposals
from app.proposals.rules import Stage
from app.proposals.supports import queries, services
from app.proposals.supports.models import Support
from tests import make
from tests.browser import Browser
from tests.proposals.discussion.talk import outcome
from tests.proposals.said import all_at_once


def given():
    return db.session.scalar(sa.select(sa.func.count()).select_from(Support))


def events(kind):
    return db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.kind == kind))


def count_of(proposal, viewer=None):
    return queries.of_proposal(proposals.detail(proposal.id, viewer), viewer).count


def test_a_second_support_changes_nothing_and_taking_it_back_ends_it(app):
    proposal = make.proposal()
    ada, ben = make.resident(proposal.cycle.neighborhood), make.resident(proposal.cycle.neighborhood)
    for by in (ada, ada, ben):
        services.support(proposal.id, by=by)
    assert (count_of(proposal), events("ProposalSupported")) == (2, 2)
    for _ in range(2):
        services.take_back(proposal.id, by=ada)
    assert (count_of(proposal), events("SupportTakenBack")) == (1, 1)


def test_two_at_once_make_one(app):
    proposal = make.proposal()
    ada, proposal_id = make.resident(proposal.cycle.neighborhood), proposal.id
    assert all_at_once(app, [lambda: services.support(proposal_id, by=ada)] * 4) == [None] * 4
    db.session.rollback()
    assert (given(), events("ProposalSupported")) == (1, 1)


def test_the_schema_keeps_one_a_person_and_proposal(app):
    proposal = make.proposal()
    facts = {"proposal_id": proposal.id, "person_id": proposal.author_id, "supported_at": now()}
    with pytest.raises(IntegrityError), transaction():
        db.session.add_all(Support(**facts) for _ in range(2))


def test_drafts_and_withdrawn_proposals_are_not_supported(app):
    cycle = make.cycle()
    ada = make.resident(cycle.neighborhood)
    refusals = {stage: make.proposal(within=cycle, stage=stage).id for stage in (Stage.DRAFT, Stage.WITHDRAWN)}
    found = {stage: outcome(services.support, id_, by=ada) for stage, id_ in refusals.items()}
    assert found == {Stage.DRAFT: "not_found", Stage.WITHDRAWN: "withdrawn"}


def supported(**cycle):
    proposal = make.proposal(within=make.cycle(**cycle), stage=Stage.FEASIBLE)
    with transaction():
        db.session.add(Support(proposal_id=proposal.id, person_id=proposal.author_id, supported_at=now()))
    return proposal


@pytest.mark.parametrize("stage", [stage for stage in CycleStage if stage is not CycleStage.DRAFT])
def test_the_number_is_shown_until_there_is_a_ballot(app, stage):
    shown = stage in (CycleStage.COLLECTING, CycleStage.REVIEWING)
    proposal = supported(stage=stage)
    assert count_of(proposal) == (1 if shown else None)
    assert [card.supports for card in proposals.cards(cycle_id=proposal.cycle_id).items] == [1 if shown else None]


def test_a_cycle_that_hides_the_number_tells_nobody(app):
    proposal = supported(hides_supports=True)
    browser = Browser(app).sign_in(proposal.author)
    for address in (f"/proposals/{proposal.id}", f"/proposals/?cycle_id={proposal.cycle_id}"):
        page = browser.open(address)
        assert "1 resident supports" not in page.text and "Supports1" not in page.text
    assert "does not show how many" in browser.open(f"/proposals/{proposal.id}").text
    assert "You support it" in browser.open(f"/proposals/{proposal.id}").text


def test_a_clerk_hides_the_number_until_the_ballot_is_fixed(app):
    proposal = supported()
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open(f"/office/cycles/{proposal.cycle_id}/edit").press("Save the changes", hides_supports="y")
    assert "Not shown" in page.text and count_of(proposal) is None


def test_the_check_notices_a_number_that_is_shown(app):
    proposal = supported()
    assert "1 resident supports" in Browser(app).open(f"/proposals/{proposal.id}").text
    assert "Supports1" in Browser(app).open(f"/proposals/?cycle_id={proposal.cycle_id}").text


def test_a_resident_supports_a_proposal_and_takes_it_back(app):
    proposal = make.proposal()
    browser = Browser(app).sign_in(make.person(resident_of=proposal.cycle.neighborhood))
    page = browser.open(f"/proposals/{proposal.id}").press("Support this proposal")
    assert "1 resident supports this proposal." in page.text
    assert "Nobody supports this proposal yet." in page.press("Take my support back").text


def test_whoever_is_no_resident_is_told_what_to_do(app, browser):
    proposal = make.proposal()
    assert "Sign in to support it" in browser.open(f"/proposals/{proposal.id}").text
    page = Browser(app).sign_in(make.person()).open(f"/proposals/{proposal.id}")
    assert "Say where you live" in page.text and not page.all("form", action=f"/proposals/{proposal.id}/support")


def test_nobody_reads_who_supports_a_proposal(app, browser):
    proposal = make.proposal()
    ada = make.person(resident_of=proposal.cycle.neighborhood, public_name="Ada Who Supports")
    Browser(app).sign_in(ada).open(f"/proposals/{proposal.id}").press("Support this proposal")
    assert ada.public_name not in browser.open(f"/proposals/{proposal.id}").html
