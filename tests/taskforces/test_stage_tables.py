"""Every stage there is in these rooms has its table, and what has been answered or ended is so for everybody."""

import importlib
import pkgutil
from datetime import date
from enum import StrEnum

import pytest

import app.taskforces
from app.core.access import Role
from app.core.db import transaction
from app.taskforces.meetings.outcomes import services as outcomes
from app.taskforces.meetings.outcomes.rules import ActionState
from app.taskforces.seats.offers import services as offers
from app.taskforces.seats.offers.rules import Ending
from app.taskforces.seats.rules import SeatKind, Side
from tests import make
from tests.proposals.review.desk import refusal
from tests.taskforces.meetings import gathering
from tests.taskforces.meetings.test_outcomes import ended

TABLES = {
    "rules.BodyStage": "test_task_forces.test_every_step_that_is_not_listed_is_refused",
    "meetings.outcomes.rules.ActionState": "test_stage_tables.test_an_action_that_has_ended_is_ended_by_nobody_again",
    "meetings.rules.MeetingStage": "meetings.test_rules.test_every_step_that_is_not_listed_is_refused",
    "projects.promises.rules.MilestoneStage": (
        "projects.test_milestone_table.test_every_move_that_is_not_listed_is_refused_whoever_asks"
    ),
    "projects.rules.ProjectStage": (
        "projects.test_stage_table.test_every_step_that_is_not_listed_is_refused_whoever_asks"
    ),
    "questions.rules.Stage": "questions.test_rules.test_every_step_that_is_not_listed_is_refused",
    "seats.nominations.rules.Ending": (
        "seats.test_nominations.test_a_nomination_that_was_answered_is_answered_for_everybody"
    ),
    "seats.offers.rules.Ending": "test_stage_tables.test_an_offer_that_was_answered_is_answered_for_everybody",
    "setbacks.actions.rules.ActionStage": (
        "setbacks.test_rules.test_a_corrective_action_makes_the_listed_moves_and_no_other"
    ),
    "setbacks.rules.SetbackStage": "setbacks.test_rules.test_a_setback_takes_the_listed_steps_and_no_other",
    "signing.rules.Ending": "signing.test_stage_table.test_every_step_that_is_not_listed_is_refused_whoever_asks",
    "updates.drafts.rules.DraftStage": (
        "updates.test_drafts.test_every_step_that_is_not_listed_is_refused_for_every_part"
    ),
}
"""Where each stage table is tried from every stage, by the name of its stages."""
COMPUTED = {"spending.reconciliation.rules.MonthState"}
"""What is only ever worked out from what stands there: nobody moves it, so there is nothing to refuse."""


def stages():
    """Every word for stages in the rules of task forces."""
    rooms = pkgutil.walk_packages(app.taskforces.__path__, "app.taskforces.")
    rules = [importlib.import_module(room.name) for room in rooms if room.name.endswith(".rules")]
    found = [(module, name, kind) for module in rules for name, kind in vars(module).items()]
    return {
        f"{module.__name__}.{name}".removeprefix("app.taskforces.")
        for module, name, kind in found
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__ == module.__name__
        if name.endswith(("Stage", "State", "Ending"))
    }


def test_every_word_for_stages_has_a_test_of_its_table():
    assert stages() - COMPUTED == TABLES.keys(), "try each of its stages with every act, and name the test here"
    for where in TABLES.values():
        module, _, test = where.rpartition(".")
        assert hasattr(importlib.import_module(f"tests.taskforces.{module}"), test), where


def everybody(body):
    """One of each kind of person who could try."""
    seats = [make.co_chair(body), make.co_chair(body, Side.INSTITUTION)]
    seats += [make.seated(body, kind) for kind in (SeatKind.DEPUTY, SeatKind.MEMBER, SeatKind.SECRETARY)]
    return [*seats, *(make.actor(role) for role in Role), make.resident(body.neighborhood)]


ANSWERS = (
    lambda offer_id, by: offers.accept(offer_id, by=by),
    lambda offer_id, by: offers.decline(offer_id, by=by),
    lambda offer_id, by: offers.accept_on_paper(offer_id, by=by),
    lambda offer_id, by: offers.take_back(offer_id, by=by),
)


def answered(body, person, ending):
    """An offer that ended so."""
    offer = make.seat_offer(body, person=person, kind=SeatKind.MEMBER, starts_on=date(2026, 1, 1))
    by = make.actor_for(person)
    verbs = {Ending.ACCEPTED: offers.accept, Ending.DECLINED: offers.decline}
    if ending in verbs:
        verbs[ending](offer.id, by=by)
    else:
        offers.take_back(offer.id, by=make.actor(Role.CLERK))
    return offer.id


@pytest.mark.parametrize("ending", list(Ending))
def test_an_offer_that_was_answered_is_answered_for_everybody(app, ending):
    body, person = make.task_force(), make.person()
    offer_id = answered(body, person, ending)
    for by in [*everybody(body), make.actor_for(person)]:
        assert {refusal(lambda answer=answer, by=by: answer(offer_id, by)) for answer in ANSWERS} == {"answered"}


def test_the_check_notices_an_offer_that_opens_again(app):
    body, person = make.task_force(), make.person()
    offer_id = answered(body, person, Ending.DECLINED)
    with transaction():
        row = offers.db.session.get_one(offers.SeatOffer, offer_id)
        row.ending, row.ended_at, row.ended_by_id = None, None, None
    assert refusal(lambda: offers.accept(offer_id, by=make.actor_for(person))) is None


@pytest.mark.parametrize("state", [ActionState.DONE, ActionState.DROPPED])
def test_an_action_that_has_ended_is_ended_by_nobody_again(app, state):
    body = gathering.body()
    _meeting, action = ended(body)
    row = outcomes.end_action(action.id, state, "Three prices came in.", by=body.ada)
    people = [body.ada, body.ben, *everybody(make.task_force(where=body.row.neighborhood))]
    people += [make.seated(body.row, SeatKind.SECRETARY), make.seated(body.row, SeatKind.MEMBER)]
    for by in people:
        for to in ActionState:
            assert refusal(lambda to=to, by=by: outcomes.end_action(action.id, to, "Again.", by=by)) in (
                "has_ended",
                "no_standing",
            )
    assert row.state is state
