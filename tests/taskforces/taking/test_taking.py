"""Which task force would take a proposal on: the chosen one, else by category, else by area."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.cycles.queries import facts
from app.proposals.rules import Stage
from app.taskforces.taking import queries, services
from app.taskforces.taking.models import Remit
from app.taskforces.taking.services import SettleRemits
from tests import make
from tests.browser import Browser


@pytest.fixture
def proposal(app):
    return make.proposal(stage=Stage.FEASIBLE, within=make.votable_cycle(options=0))


def named(proposal):
    """The name of who would take it on, with whether it is by default."""
    found = queries.takers([proposal.id]).get(proposal.id)
    return None if found is None else (found.slug, found.is_default)


def test_the_chosen_one_comes_before_the_category_and_that_before_the_area(proposal):
    home, clerk = proposal.cycle.neighborhood, make.actor(Role.CLERK)
    chosen, kind, area = (make.task_force(where=home) for _ in range(3))
    assert named(proposal) is None
    by_area = SettleRemits(categories={}, areas={proposal.area_id: area.id})
    services.settle_remits(home.id, by_area, by=clerk)
    assert named(proposal) == (area.slug, True)
    both = SettleRemits(categories={proposal.category_id: kind.id}, areas={proposal.area_id: area.id})
    services.settle_remits(home.id, both, by=clerk)
    assert named(proposal) == (kind.slug, True)
    services.name_taker(proposal.id, chosen.id, by=clerk)
    assert named(proposal) == (chosen.slug, False)
    services.name_taker(proposal.id, None, by=clerk)
    assert named(proposal) == (kind.slug, True)


def test_a_task_force_of_another_neighborhood_is_refused(proposal):
    foreign, clerk = make.task_force(), make.actor(Role.CLERK)
    with pytest.raises(DomainError, match="of this neighborhood"):
        services.name_taker(proposal.id, foreign.id, by=clerk)
    command = SettleRemits(categories={proposal.category_id: foreign.id}, areas={})
    with pytest.raises(DomainError, match="of this neighborhood"):
        services.settle_remits(proposal.cycle.neighborhood_id, command, by=clerk)


def test_a_remit_is_one_category_or_one_area(proposal):
    body = make.task_force(where=proposal.cycle.neighborhood)
    with pytest.raises(IntegrityError, match="one_category_or_one_area"), transaction():
        db.session.add(Remit(task_force_id=body.id))


def test_the_list_costs_the_same_however_long_it_is(proposal, statements):
    cycle = facts(proposal.cycle_id)
    for _ in range(3):
        make.proposal(stage=Stage.FEASIBLE, within=proposal.cycle)
    statements.clear()
    assert len(queries.rows(cycle).items) == 4 and len(statements) == 4


def test_a_clerk_chooses_on_the_page(app, proposal):
    body = make.task_force(where=proposal.cycle.neighborhood)
    cycle_id = proposal.cycle_id
    page = Browser(app).sign_in(make.person(roles=(Role.CLERK,))).open(f"/task-forces/taking/{cycle_id}")
    assert "Missing" in page.text
    [row] = queries.rows(facts(cycle_id)).items
    page = page.follow(f"Choose for {row.code}").press("Save changes", task_force_id=str(body.id))
    assert body.name in page.text and "Missing" not in page.text
