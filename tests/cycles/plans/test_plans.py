"""What a cycle asks before its ballot is fixed: new cycles ask, old ones do not, and promised days are kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.cycles.plans import services
from app.cycles.plans.models import BallotPlan
from app.cycles.plans.rules import WhyNot, prices_on, prices_over, why_not
from app.cycles.plans.services import PlanBallot
from app.cycles.queries import facts
from app.cycles.rules import PhaseKind, PlanFacts, Stage
from tests import make
from tests.browser import Browser

ASKS = {"asks_short_texts": True, "asks_task_forces": True, "asks_confirmation": False}
DAY = timedelta(days=1)


@pytest.fixture
def cycle(app):
    return facts(make.cycle(stage=Stage.REVIEWING).id)


def plan(first, last):
    return PlanFacts(**ASKS, prices_from=first, prices_until=last)


def test_the_prices_phase_lies_between_the_review_and_the_vote(cycle):
    begins, opens = cycle.phase(PhaseKind.REVIEWING).starts_at, cycle.phase(PhaseKind.VOTING).starts_at
    tried = {
        None: plan(begins, opens),
        WhyNot.OUTSIDE: plan(begins - DAY, opens),
        WhyNot.ENDS_FIRST: plan(opens, begins),
        WhyNot.HALF: plan(begins, None),
    }
    assert {why: why_not(cycle, each, now()) for why, each in tried.items()} == {why: why for why in tried}
    late = replace(plan(None, None), texts_until=opens + DAY)
    assert why_not(cycle, late, now()) is WhyNot.TEXTS_TOO_LATE
    assert why_not(replace(cycle, stage=Stage.BALLOT_FIXED), plan(None, None), now()) is WhyNot.BALLOT_FIXED


def test_promised_days_are_neither_taken_back_nor_cut_short(cycle):
    begun = plan(now() - DAY, now() + DAY)
    promised = replace(cycle, plan=begun)
    assert why_not(promised, plan(None, None), now()) is WhyNot.BEGUN
    assert why_not(promised, plan(now() - DAY, now()), now()) is WhyNot.BEGUN
    assert why_not(promised, replace(begun, prices_until=now() + 2 * DAY), now()) is None


def test_the_end_of_the_phase_does_not_belong_to_it():
    moment = now()
    assert prices_on(plan(moment, moment + DAY), moment) and not prices_over(plan(moment, moment + DAY), moment)
    assert not prices_on(plan(moment - DAY, moment), moment) and prices_over(plan(moment - DAY, moment), moment)
    assert not prices_on(None, moment) and prices_over(None, moment)


def test_only_a_clerk_of_the_neighborhood_plans(cycle):
    with pytest.raises(DomainError, match="Only clerks"):
        services.plan_ballot(cycle.id, PlanBallot(**ASKS), by=make.actor(Role.OFFICER))


def test_half_a_phase_cannot_be_written_down(cycle):
    with pytest.raises(IntegrityError, match="prices_phase_whole"), transaction():
        db.session.add(BallotPlan(cycle_id=cycle.id, prices_from=now(), **ASKS))


def test_a_clerk_plans_on_the_page_and_a_wrong_day_is_refused_at_its_field(app, cycle):
    begins = cycle.phase(PhaseKind.REVIEWING).starts_at.date()
    page = Browser(app).sign_in(make.person(roles=(Role.CLERK,))).open(f"/office/cycles/{cycle.id}")
    page = page.follow("What is asked before the ballot is fixed")
    wrong = page.press("Save changes", prices_first=begins.isoformat(), prices_last="")
    assert "both its first and its last day" in wrong.one("p", id="prices_last-error")
    last = (begins + 12 * DAY).isoformat()
    wrong.press("Save changes", prices_first=(begins + DAY).isoformat(), prices_last=last, asks_confirmation="y")
    kept = facts(cycle.id).plan
    assert kept is not None and kept.asks_confirmation and kept.prices_until is not None
    assert "Prices open to objection" in page.browser.open(f"/cycles/{cycle.id}").text
