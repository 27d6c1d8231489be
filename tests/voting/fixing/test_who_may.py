"""Who may do what on the way to the ballot, and in which stage of a cycle: one table each."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.cycles.models import Cycle
from app.cycles.plans import services as plans
from app.cycles.plans.services import PlanBallot
from app.cycles.rules import Stage as CycleStage
from app.proposals.ballot_texts import services as texts
from app.proposals.ballot_texts.models import BallotText
from app.proposals.ballot_texts.services import TranslateText, WriteText
from app.proposals.prices import policies as price_policies
from app.proposals.prices import services as prices
from app.proposals.prices.models import PriceObjection
from app.proposals.prices.rules import Outcome
from app.proposals.prices.services import AnswerObjection
from app.proposals.rules import Stage
from app.taskforces.taking import services as taking
from app.taskforces.taking.services import SettleRemits
from app.voting.fixing import queries
from app.voting.fixing.council import services as council
from app.voting.fixing.council.services import RecordConfirmation
from tests import make
from tests.voting.fixing import asked

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
WHY = "Asked twice by mail and once at the door."
CONFIRMED = {"confirmed_by": "City council", "reference": "Resolution 7"}
WHO = {
    "write": {"author", "officer"},
    "approve": {"author"},
    "settle": {"clerk"},
    "translate": {"author", "officer"},
    "object": {"author", "resident"},
    "answer": {"officer"},
    "name": {"clerk"},
    "remits": {"clerk"},
    "plan": {"clerk"},
    "confirm": {"clerk"},
}
BEFORE = {CycleStage.COLLECTING, CycleStage.REVIEWING}
WHEN = dict.fromkeys(WHO, BEFORE) | {
    "object": {CycleStage.REVIEWING},
    "confirm": {CycleStage.REVIEWING},
    "remits": set(CycleStage) - {CycleStage.DRAFT},
}
"""Defaults of task forces may change at any time: a fixed ballot keeps whom it named."""


class Undone(Exception):
    """Thrown so that what was tried leaves no trace."""


@pytest.fixture
def scene(app):
    """A proposal whose text waits, whose price has an open objection, in a cycle that asks for everything."""
    cycle = make.cycle(stage=CycleStage.REVIEWING, where=make.neighborhood(languages=["en", "es"]))
    begins = (now() - timedelta(days=9)).replace(hour=0, minute=0, second=0, microsecond=0)
    asked.a_plan(cycle, prices_from=begins, prices_until=now() + timedelta(days=1))
    row = make.proposal(stage=Stage.FEASIBLE, within=cycle)
    officer = make.actor(Role.OFFICER)
    asked.costed(row, officer)
    text = texts.write(row.id, WriteText(text="Six lamps.", language="en"), by=officer)
    prices.object_to(row.id, WHY, by=make.resident(cycle.neighborhood))
    with transaction():
        db.session.get_one(BallotText, text.id).written_at = now() - timedelta(days=4)
    return row


def people(proposal):
    """Somebody in each role, with nothing else to do with the proposal."""
    return {
        "author": actor_of(proposal.author),
        "resident": make.resident(proposal.cycle.neighborhood),
        "stranger": make.actor(),
        "officer": make.actor(Role.OFFICER),
        "clerk": make.actor(Role.CLERK),
        "observer": make.actor(Role.OBSERVER),
    }


def acts(proposal):
    """Every act on the way to the ballot, each of which the right person could do now."""
    id_, cycle_id, home = proposal.id, proposal.cycle_id, proposal.cycle.neighborhood_id
    text_id, objection_id = (db.session.scalar(sa.select(model.id)) for model in (BallotText, PriceObjection))
    body_id, seen = make.task_force(where=proposal.cycle.neighborhood).id, queries.hash_now(cycle_id)
    said = TranslateText(text_id=text_id, language="es", title="Faroles", text="Seis faroles.")
    kept = AnswerObjection(outcome=Outcome.KEPT, answer="They need a new cable.")
    told = RecordConfirmation(decided_on=today(), seen=seen, **CONFIRMED)
    days = {"prices_first": (now() - timedelta(days=9)).date(), "prices_last": (now() + timedelta(days=1)).date()}
    again = PlanBallot(asks_short_texts=True, asks_task_forces=True, asks_confirmation=True, **days)
    return {
        "write": lambda by: texts.write(id_, WriteText(text="Seven lamps.", language="en"), by=by),
        "approve": lambda by: texts.approve(id_, text_id, by=by),
        "settle": lambda by: texts.settle(id_, text_id, WHY, by=by),
        "translate": lambda by: texts.translate(id_, said, by=by),
        "object": lambda by: prices.object_to(id_, WHY, by=by),
        "answer": lambda by: prices.answer(objection_id, kept, by=by),
        "name": lambda by: taking.name_taker(id_, body_id, by=by),
        "remits": lambda by: taking.settle_remits(home, SettleRemits(categories={}, areas={}), by=by),
        "plan": lambda by: plans.plan_ballot(cycle_id, again, by=by),
        "confirm": lambda by: council.record_confirmation(cycle_id, told, by=by),
    }


def outcome(act, by):
    """`done`, or the word of the refusal; nothing is left of it either way."""
    try:
        with transaction():
            act(by)
            raise Undone
    except Undone:
        return "done"
    except DomainError as refused:
        return refused.code


def test_each_act_is_for_those_in_the_table_and_for_nobody_else(scene):
    tried, cast = acts(scene), people(scene)
    for name, act in tried.items():
        may = {who for who, by in cast.items() if outcome(act, by) != "no_standing"}
        assert may == WHO[name], name


def test_each_act_is_done_in_the_stages_of_the_table_and_in_no_other(scene):
    tried, cast = acts(scene), people(scene)
    for stage in (each for each in CycleStage if each is not CycleStage.DRAFT):
        with transaction():
            db.session.execute(sa.update(Cycle).where(Cycle.id == scene.cycle_id).values(stage=stage))
        for name, act in tried.items():
            who = next(each for each in WHO[name])
            is_done = outcome(act, cast[who]) == "done"
            assert is_done is (stage in WHEN[name]), (name, stage)


def test_the_table_notices_somebody_let_in(scene, monkeypatch):
    monkeypatch.setattr(price_policies, "may_object", lambda *_, **__: True)
    act = acts(scene)["object"]
    assert {who for who, by in people(scene).items() if outcome(act, by) == "done"} != WHO["object"]
