"""Phase × role of reviewing: who may do which act, in which stage of the cycle and of the proposal."""

from dataclasses import replace

import pytest

from app.accounts.queries import actor_of
from app.core.access import Grant, Role
from app.core.db import db, transaction
from app.cycles.rules import Stage as CycleStage
from app.proposals.review import services as reviews
from app.proposals.review.assigning import services as assigning
from app.proposals.review.checklists import services as checklists
from app.proposals.review.notes import services as notes
from app.proposals.review.publishing import services as publishing
from app.proposals.review.publishing.services import SettleReview
from app.proposals.review.rules import Decision
from app.proposals.rules import Stage
from tests import make
from tests.proposals import said
from tests.proposals.review import desk

OPEN = {CycleStage.COLLECTING, CycleStage.REVIEWING}
JUDGED = {Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE, Stage.NOT_FEASIBLE}


def waiting(proposal, *, second):
    """A finding by somebody else on its way to the public."""
    if not db.session.get(reviews.ReviewSettings, proposal.cycle_id):
        desk.settle(proposal.cycle, second_above_cents=1_000_00 if second else None, together=not second)
    return reviews.review(proposal.id, said.finding(), by=make.actor(Role.OFFICER)).id


def given(proposal):
    """It has a reviewer already."""
    assigning.assign(proposal.id, make.actor(Role.OFFICER).id, by=make.actor(Role.CLERK))
    return proposal.id


WHY = "Please look at the second offer again."
ACTS = {
    "take": (lambda p: p.id, assigning.take),
    "hand on": (given, lambda id_, by: assigning.assign(id_, None, by=by)),
    "declare": (lambda p: p.id, lambda id_, by: assigning.declare(id_, "I live next door to it.", by=by)),
    "note": (lambda p: p.id, lambda id_, by: notes.write(id_, "Ask the street department.", by=by)),
    "find": (lambda p: p.id, lambda id_, by: reviews.review(id_, said.finding(), by=by)),
    "agree": (lambda p: waiting(p, second=True), publishing.agree),
    "send back": (lambda p: waiting(p, second=True), lambda id_, by: publishing.send_back(id_, WHY, by=by)),
    "publish": (lambda p: waiting(p, second=False), lambda id_, by: publishing.publish_together([id_], by=by)),
    "settle": (lambda p: p.cycle_id, lambda id_, by: publishing.settle(id_, NEVER, by=by)),
    "put questions": (lambda p: p.category_id, lambda id_, by: checklists.put(id_, ["Is it safe?"], by=by)),
}
NEVER = SettleReview(second_above_cents=None, together=False)
OFFICERS = {"officer", "officer here"}
MAY = {
    **dict.fromkeys(("take", "declare", "note", "find", "agree", "send back"), OFFICERS),
    "publish": {*OFFICERS, "clerk"},
    **dict.fromkeys(("hand on", "settle", "put questions"), {"clerk"}),
}
OWN_ACTS = ("take", "declare", "note", "find", "agree", "send back")
"""Who may do what. An officer hands on what they have themselves: tests/proposals/review/test_reviewers.py."""


def everybody(cycle):
    """One of each kind of person, by name."""
    people = {role.value: make.actor(role) for role in Role}
    for name, where in (("officer here", cycle.neighborhood), ("officer elsewhere", make.neighborhood())):
        people[name] = replace(make.actor(), grants=frozenset({Grant(role=Role.OFFICER, neighborhood_id=where.id)}))
    return people | {"resident": make.resident(cycle.neighborhood)}


def done_by(name, cycle, trials):
    """Those of the trials (each a way to begin, with who acts) that are not refused; a refusal leaves no trace."""
    prepare, act = ACTS[name]
    through, target = set(), None
    for trial, (begin, who) in trials.items():
        target = target or prepare(make.proposal(within=cycle))
        begin()
        if desk.refusal(lambda target=target, who=who: act(target, by=who)) is None:
            through.add(trial)
            target = None
        _move(cycle, CycleStage.REVIEWING)
    return through


@pytest.mark.parametrize("name", ACTS)
def test_who_may_do_it(app, name):
    cycle = make.cycle(stage=CycleStage.REVIEWING)
    people = everybody(cycle)
    trials = {who: (lambda: None, people[who]) for who in sorted(people, key=lambda who: who in MAY[name])}
    assert done_by(name, cycle, trials) == MAY[name]


@pytest.mark.parametrize("name", OWN_ACTS)
def test_nobody_does_it_to_their_own(app, name):
    prepare, act = ACTS[name]
    author = make.person(roles=(Role.OFFICER,))
    target = prepare(make.proposal(author=author))
    assert desk.refusal(lambda: act(target, by=actor_of(author))) in ("own", "own_proposal", "kept_away")


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"settle", "put questions", "note"}))
def test_until_the_ballot_is_fixed(app, name):
    who = make.actor(Role.CLERK if name == "hand on" else Role.OFFICER)
    cycle = make.cycle(stage=CycleStage.REVIEWING)
    stages = sorted(set(CycleStage) - {CycleStage.DRAFT}, key=lambda stage: stage in OPEN)
    trials = {stage: (lambda stage=stage: _move(cycle, stage), who) for stage in stages}
    assert done_by(name, cycle, trials) == OPEN


@pytest.mark.parametrize("name", ["find", "take"])
def test_in_which_stages_of_the_proposal(app, name):
    cycle, officer = make.cycle(stage=CycleStage.REVIEWING), make.actor(Role.OFFICER)
    found = {stage: make.proposal(stage=stage, within=cycle).id for stage in set(Stage) - {Stage.DRAFT}}
    act = ACTS[name][1]
    may = {stage for stage, id_ in found.items() if desk.refusal(lambda id_=id_: act(id_, by=officer)) is None}
    assert may == JUDGED


def test_the_matrix_notices_a_rule_that_lets_everybody_in(app, monkeypatch):
    """The twin: with the check of standing gone, a resident publishes."""
    proposal = make.proposal()
    target = waiting(proposal, second=False)
    monkeypatch.setattr(publishing.policies, "may_publish", lambda *_, **__: True)
    assert desk.refusal(lambda: publishing.publish_together([target], by=make.actor())) is None
    assert proposal.stage.value == Decision.FEASIBLE.value


def _move(cycle, stage):
    with transaction():
        db.session.get_one(type(cycle), cycle.id).stage = stage
