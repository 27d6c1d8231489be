"""A setback at any stage, made by the verbs that lead there."""

from dataclasses import replace
from datetime import timedelta

from app.core.clock import now, today
from app.taskforces.seats.rules import Side
from app.taskforces.setbacks import queries, services
from app.taskforces.setbacks.actions import services as actions
from app.taskforces.setbacks.actions.rules import Finding
from app.taskforces.setbacks.actions.services import Verify
from app.taskforces.setbacks.effects import services as effects
from app.taskforces.setbacks.effects.services import CheckEffect
from app.taskforces.setbacks.planning import services as planning
from app.taskforces.setbacks.planning.services import PlanAction, ProposePlan
from app.taskforces.setbacks.rules import RootCause, Severity, Source
from app.taskforces.setbacks.services import About, Acknowledge, Analyse, ReportSetback
from app.taskforces.signing import queries as agreements
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import Verdict
from app.taskforces.signing.services import Sign
from tests import make

LONG = "The crane fell over in the storm of Tuesday night; the police have the photographs."
WEEK = timedelta(days=7)
SAID = {"title": "The crane broke", "description": LONG, "effect": "A week later", "severity": Severity.SERIOUS}
CAUSE = {"cause": LONG, "evidence": LONG, "root_causes": [RootCause.WEATHER]}


class Story:
    """A project in delivery, its two chairs, and one setback that they deal with."""

    def __init__(self):
        self.body = make.task_force()
        self.project = make.project(body=self.body)
        self.ada, self.bo = (make.co_chair(self.body, side) for side in Side)
        self.about = About(project_id=self.project.id)
        self.id = 0

    @property
    def row(self):
        return queries.setback(self.id)

    def told(self, by=None):
        self.id = services.tell(self.about, "Mr. Smith of number 7 has cut the cable.", by=by).id
        return self

    def reported(self, **more):
        command = ReportSetback(**SAID | {"source": Source.OTHER, "found_on": today()} | more)
        self.id = services.report(self.about, command, by=self.ada).id
        return self

    def analysed(self):
        self.reported()
        services.analyse(self.id, Analyse(**CAUSE), by=self.ada)
        return self

    def sign(self, agreement_id):
        for chair in (self.ada, self.bo):
            word = Sign(verdict=Verdict.APPROVE, statement="", seen=agreements.agreement(agreement_id).hash)
            signing.sign(agreement_id, word, by=replace(chair, confirmed_at=now(), second_factor_at=now()))

    def plan(self):
        step = PlanAction(step="Rent another crane", owner="Streets department", due_on=today() + WEEK, evidence=LONG)
        return planning.propose_plan(self.id, ProposePlan(actions=[step], check_on=today() + 2 * WEEK), by=self.ada)

    def planned(self):
        self.analysed()
        self.sign(self.plan())
        return self

    def claimed(self):
        action_id = self.planned().row.actions[-1].id
        actions.begin(action_id, by=self.bo)
        actions.claim(action_id, LONG, by=self.bo)
        return self

    def life(self):
        """The same setback at one stage after another, all of them."""
        yield self.told()
        self.acknowledge(self.ada)
        yield self
        services.analyse(self.id, Analyse(**CAUSE), by=self.ada)
        yield self
        self.sign(planning.propose_acceptance(self.id, LONG, by=self.bo))
        yield self
        services.take_up(self.id, by=self.bo)
        services.analyse(self.id, Analyse(**CAUSE), by=self.ada)
        for helped in (False, True):
            yield from self.correction(helped)

    def correction(self, helped):
        """From one plan to what is concluded from it."""
        self.sign(self.plan())
        yield self
        action_id = self.row.actions[-1].id
        actions.begin(action_id, by=self.bo)
        yield self
        actions.claim(action_id, LONG, by=self.bo)
        actions.verify(action_id, Verify(finding=Finding.CORRECTED, found=LONG), by=self.ada)
        effects.check(self.id, CheckEffect(measured=LONG, helped=helped), by=self.bo)
        yield self
        effects.conclude(self.id, by=self.ada)
        yield self

    def acknowledge(self, by):
        return services.acknowledge(self.id, Acknowledge(**SAID), by=by)
