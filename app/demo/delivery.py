"""What became of the winners: milestones kept and missed, money, setbacks and plain updates."""

from collections.abc import Mapping
from functools import partial
from random import Random
from typing import Any

from app.core.access import Actor
from app.core.clock import today
from app.core.db import db
from app.demo import telling
from app.demo.days import Diary
from app.demo.people import Cast
from app.demo.setbacks import Setbacks
from app.demo.texts import riverside
from app.taskforces.projects import queries
from app.taskforces.projects import services as projects
from app.taskforces.projects.models import Project
from app.taskforces.projects.queries import ProjectCard, ProjectFilter
from app.taskforces.projects.rules import ForecastReason, ProjectStage
from app.taskforces.projects.services import ChangeForecast, HandOver, MarkDone, PlanMilestone
from app.taskforces.spending import services as spending
from app.taskforces.spending.rules import EntryKind
from app.taskforces.spending.services import EnterMoney

WARNED = 5
"""How many days before a promise it is said that it will not be kept…"""
RECENTLY = -12
"""…or on this day, where that is still to come: the demo shows a delay that has just been told."""
Story = Mapping[str, Any]


def foresee(cycle_id: int, people: Cast, diary: Diary, *, starts: int) -> None:
    """Write the life of every project of a cycle into the diary, from the day `starts`."""
    charged = {key: number for number, told in enumerate(riverside()["task_forces"]) for key in told["categories"]}
    for order, card in enumerate(queries.matching(ProjectFilter(cycle_id=cycle_id))):
        Delivery(card, charged[card.icon], people, diary, starts=starts + order).foresee()


def _due(card: ProjectCard, told: Story, starts: int) -> list[int]:
    """The promised days: as the texts say, or some months apart."""
    step = Random(card.title).randrange(72, 148)
    return told.get("due") or [starts + step * number for number in range(1, len(told["milestones"]) + 1)]


class Delivery:
    """One project's life, from its task force to its end; only what lies in the past happens."""

    def __init__(self, card: ProjectCard, number: int, people: Cast, diary: Diary, *, starts: int) -> None:
        self.card, self.people, self.diary, self.starts = card, people, diary, starts
        self.told: Story = riverside()["projects"][card.title]
        self.body_id = people.bodies[number]
        self.chairs: tuple[Actor, Actor] = people.chairs(number)
        self.due = _due(card, self.told, starts)
        self.late: Story | None = self.told.get("late")

    def foresee(self) -> None:
        """Write all of it down."""
        note, last = self.diary.note, len(self.due) - 1
        note(self.starts, 10, self._hand_over)
        note(self.starts + 10, 18, self._promise)
        note(self.starts + 14, 18, self._begin)
        for index in range(last + 1):
            note(self._happens(index), 17, partial(self._done, index))
        for index, update in enumerate(self.told["updates"]):
            note(self._happens(index) + 1, 12 + index, partial(self._tell, update, self.chairs[index % 2]))
        if self.late:
            note(min(self.due[self.late["milestone"]] - WARNED, RECENTLY), 19, partial(self._explain, self.late))
        if self.card.title == telling.WAITING_IN:
            note(-2, 20, partial(telling.leave_waiting, self.card, self.body_id))
        if self.told.get("setback"):
            Setbacks(self.card.id, self.told["setback"], self.chairs, self.people.calendar, self.diary).foresee()
            if "taken_back" in self.told["setback"]:
                note(self.told["setback"]["found"], 19, self._take_back)
        note(self._happens(last) + 3, 18, self._close)

    def _happens(self, index: int) -> int:
        late = self.late is not None and index >= self.late["milestone"]
        return self.due[index] + (7 * self.late["weeks"] if self.late and late else 0)

    def _hand_over(self) -> None:
        command = HandOver(task_force_id=self.body_id, lead=self.told["lead"])
        projects.hand_over(self.card.id, command, by=self.people.parts["clerk"])

    def _promise(self) -> None:
        for told, due in zip(self.told["milestones"], self.due, strict=True):
            plan = PlanMilestone(
                title=told["title"], done_means=told["done_means"], baseline_on=self.people.calendar.on(due)
            )
            projects.plan_milestone(self.card.id, plan, by=self.chairs[0])
        projects.set_baseline(self.card.id, by=self.chairs[0])

    def _begin(self) -> None:
        stage = ProjectStage(self.told.get("stage", ProjectStage.DELIVERY))
        if stage is not ProjectStage.PLANNING:
            projects.move(self.card.id, stage, by=self.chairs[0])
        for payee in self.told["payees"]:
            self._enter(EntryKind.COMMIT, payee)

    def _done(self, index: int) -> None:
        evidence = self.told["milestones"][index]["evidence"]
        command = MarkDone(actual_on=self.people.calendar.on(self._happens(index)), evidence=evidence)
        projects.mark_done(self.card.id, self._milestone(index), command, by=self.chairs[index % 2])
        payees = self.told["payees"]
        for place, payee in enumerate(payees):
            if place * len(self.due) // len(payees) == index:
                self._enter(EntryKind.EXPENSE, payee)

    def _milestone(self, index: int) -> int:
        return int(db.session.get_one(Project, self.card.id).milestones[index].id)

    def _enter(self, kind: EntryKind, payee: list[Any], *, sign: int = 1, purpose: str = "") -> None:
        what, whom, share = payee
        cents = int(self.card.allocated_cents * share) // 100_00 * 100_00
        on = today(self.card.time_zone)
        entry = EnterMoney(kind=kind, amount_cents=sign * cents, on=on, purpose=purpose or what, counterparty=whom)
        spending.enter(self.card.id, entry, by=self.people.parts["clerk"])

    def _tell(self, update: Story, chair: Actor) -> None:
        telling.tell(self.card, update, chair)

    def _explain(self, late: Story) -> None:
        for index in range(late["milestone"], len(self.due)):
            command = ChangeForecast(
                new_on=self.people.calendar.on(self._happens(index)),
                reason=ForecastReason(late["reason"]),
                explanation=late["explanation"],
            )
            projects.change_forecast(self.card.id, self._milestone(index), command, by=self.chairs[0])
        self._tell(late["update"], self.chairs[0])

    def _take_back(self) -> None:
        taken = self.told["setback"]["taken_back"]
        self._enter(EntryKind.COMMIT, self.told["payees"][taken["payee"]], sign=-1, purpose=taken["purpose"])

    def _close(self) -> None:
        projects.move(self.card.id, ProjectStage.HANDOVER, by=self.chairs[0])
        projects.move(self.card.id, ProjectStage.COMPLETED, by=self.chairs[1])
