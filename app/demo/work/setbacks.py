"""What went wrong in Riverside: said openly, put right by a plan that both sides signed, and its effect measured."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from app.core.access import Actor
from app.demo.days import Calendar, Diary
from app.demo.work.signing import both_sign
from app.taskforces.setbacks import queries, services
from app.taskforces.setbacks.actions import services as actions
from app.taskforces.setbacks.actions.rules import Finding
from app.taskforces.setbacks.actions.services import Verify
from app.taskforces.setbacks.effects import services as effects
from app.taskforces.setbacks.effects.services import CheckEffect
from app.taskforces.setbacks.planning import services as planning
from app.taskforces.setbacks.planning.services import PlanAction, ProposePlan
from app.taskforces.setbacks.rules import RootCause, Severity, Source
from app.taskforces.setbacks.services import About, Analyse, ReportSetback

PLANNED, BEGUN, ACTED, CHECKED, CONCLUDED, DUE, CHECK_ON = 3, 5, 26, 40, 42, 30, 45
"""Days after it was found."""
TOLD = -3
"""The day on which somebody tells of something that the task force has yet to acknowledge."""


class Setbacks:
    """One setback's life; only what lies in the past happens."""

    def __init__(
        self, project_id: int, told: Mapping[str, Any], chairs: Sequence[Actor], calendar: Calendar, diary: Diary
    ) -> None:
        self.project_id, self.told, self.calendar, self.diary = project_id, told, calendar, diary
        self.community, self.institution = chairs
        self.found: int = told["found"]
        self.id = 0

    def foresee(self) -> None:
        """Write all of it down."""
        note, found = self.diary.note, self.found
        note(found, 18, self._report)
        note(found + 1, 18, self._analyse)
        note(found + PLANNED, 19, self._plan)
        note(found + BEGUN, 9, self._begin)
        for number in range(len(self.told["actions"])):
            note(found + ACTED + 4 * number, 16, partial(self._act, number))
        note(found + CHECKED, 18, self._check)
        note(found + CONCLUDED, 18, lambda: effects.conclude(self.id, by=self.community))
        if found > -60:
            note(TOLD, 20, self._tell)

    def _report(self) -> None:
        command = ReportSetback(
            **{name: self.told[name] for name in ("title", "description", "effect")},
            severity=Severity.SERIOUS,
            source=Source.PARTNER_WITHDREW if "taken_back" in self.told else Source.OTHER,
            found_on=self.calendar.on(self.found),
        )
        self.id = services.report(About(project_id=self.project_id), command, by=self.community).id

    def _analyse(self) -> None:
        evidence = self.told["evidence"]
        tags = [RootCause.SUPPLIER, RootCause.QUALITY]
        services.analyse(
            self.id, Analyse(cause=self.told["cause"], evidence=evidence, root_causes=tags), by=self.institution
        )

    def _plan(self) -> None:
        steps = [
            PlanAction(step=a["step"], owner=a["owner"], evidence=a["why"], due_on=self.calendar.on(self.found + DUE))
            for a in self.told["actions"]
        ]
        plan = ProposePlan(actions=steps, check_on=self.calendar.on(self.found + CHECK_ON))
        both_sign(planning.propose_plan(self.id, plan, by=self.community), (self.community, self.institution))

    def _begin(self) -> None:
        for action in queries.setback(self.id).actions:
            actions.begin(action.id, by=self.institution)

    def _act(self, number: int) -> None:
        action, told = queries.setback(self.id).actions[number], self.told["actions"][number]
        actions.claim(action.id, told["done"], by=self.institution)
        found = Verify(finding=Finding.CORRECTED, found=told["seen"])
        self.diary.note(self.found + ACTED + 4 * number + 2, 17, partial(self._verify, action.id, found))

    def _verify(self, action_id: int, found: Verify) -> None:
        actions.verify(action_id, found, by=self.community)

    def _check(self) -> None:
        effects.check(self.id, CheckEffect(measured=self.told["measured"], helped=True), by=self.institution)

    def _tell(self) -> None:
        services.tell(About(project_id=self.project_id), self.told["reported"], by=None)
