"""What became of the winners: task forces, milestones kept and missed, money, setbacks and plain updates."""

from collections.abc import Mapping
from typing import Any

from app.core.access import Actor
from app.core.clock import today
from app.core.db import db
from app.demo.people import DOMAIN, Cast
from app.demo.texts import riverside
from app.places.models import Neighborhood
from app.taskforces import services as bodies
from app.taskforces.models import TaskForce
from app.taskforces.projects import queries
from app.taskforces.projects import services as projects
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.queries import ProjectCard, ProjectFilter
from app.taskforces.projects.rules import ForecastReason, ProjectStage
from app.taskforces.projects.services import ChangeForecast, HandOver, MarkDone, PlanMilestone, PublishUpdate
from app.taskforces.seats import services as seats
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.seats.services import FillSeat
from app.taskforces.services import ConstituteTaskForce
from app.taskforces.setbacks import services as setbacks
from app.taskforces.setbacks.services import PlanAction, ReportSetback
from app.taskforces.spending import services as spending
from app.taskforces.spending.rules import EntryKind
from app.taskforces.spending.services import EnterMoney

FOUNDED = -830
RECENTLY = -12
Story = Mapping[str, Any]


def task_forces(people: Cast, where: Neighborhood) -> list[TaskForce]:
    """Three task forces, each with its two co-chairs."""
    made = []
    with people.calendar.at(FOUNDED):
        for number, told in enumerate(riverside()["task_forces"]):
            command = ConstituteTaskForce(name=told["name"], charter=told["charter"])
            body = bodies.constitute(where.id, command, by=people.parts["clerk"])
            _seat(people, body, f"chair{2 * number + 1}", Side.COMMUNITY, told["nominated_community"])
            _seat(people, body, f"chair{2 * number + 2}", Side.INSTITUTION, told["nominated_institution"])
            made.append(body)
    return made


def _seat(people: Cast, body: TaskForce, part: str, side: Side, nominated_by: str) -> None:
    command = FillSeat(
        kind=SeatKind.CO_CHAIR,
        side=side,
        email=f"{part}@{DOMAIN}",
        nominated_by=nominated_by,
        starts_on=people.calendar.on(FOUNDED),
    )
    seats.fill(body.id, command, by=people.parts["clerk"])


def deliver(
    cycle_id: int, people: Cast, bodies_made: list[TaskForce], *, starts: int, step: int, finished: bool
) -> None:
    """Every project of a cycle, from the day `starts`, with a milestone each `step` days; all done if `finished`."""
    charged = {key: number for number, told in enumerate(riverside()["task_forces"]) for key in told["categories"]}
    for order, card in enumerate(queries.matching(ProjectFilter(cycle_id=cycle_id))):
        number = charged[card.icon]
        chairs = (people.parts[f"chair{2 * number + 1}"], people.parts[f"chair{2 * number + 2}"])
        told = riverside()["projects"][card.title]
        Delivery(card, told, people, chairs, starts=starts + order % 3, step=step).run(
            bodies_made[number], finished=finished
        )


class Delivery:
    """One project's life, told day by day."""

    def __init__(
        self, card: ProjectCard, told: Story, people: Cast, chairs: tuple[Actor, Actor], *, starts: int, step: int
    ) -> None:
        self.card, self.told, self.people, self.chairs = card, told, people, chairs
        self.starts, self.step = starts, step
        self.said: set[int] = set()
        self.late_days = 7 * told["late"]["weeks"] if told.get("late") else 0
        self.late_from = told["late"]["milestone"] if told.get("late") else len(told["milestones"])

    def run(self, body: TaskForce, *, finished: bool) -> None:
        """Plan, promise, and live through every day that is past."""
        self._promise(body)
        if self.told.get("setback"):
            self._set_back(self._due(0) + 10 if finished else RECENTLY)
        for index in range(len(self.told["milestones"])):
            self._milestone(index)
        if finished:
            self._close()

    def _due(self, index: int) -> int:
        return self.starts + self.step * (index + 1)

    def _happens(self, index: int) -> int:
        return self._due(index) + (self.late_days if index >= self.late_from else 0)

    def _promise(self, body: TaskForce) -> None:
        clerk, chair, id_ = self.people.parts["clerk"], self.chairs[0], self.card.id
        with self.people.calendar.at(self.starts, 10):
            projects.hand_over(id_, HandOver(task_force_id=body.id, lead=self.told["lead"]), by=clerk)
        with self.people.calendar.at(self.starts + 10, 18):
            for index, told in enumerate(self.told["milestones"]):
                due_on = self.people.calendar.on(self._due(index))
                plan = PlanMilestone(title=told["title"], done_means=told["done_means"], baseline_on=due_on)
                projects.plan_milestone(id_, plan, by=chair)
            projects.set_baseline(id_, by=chair)
        with self.people.calendar.at(self.starts + 14, 18):
            projects.move(id_, ProjectStage.DELIVERY, by=chair)
            self._pay(0, EntryKind.COMMIT)

    def _milestone(self, index: int) -> None:
        if index == self.late_from and self._due(index) - 5 < 0:
            self._explain(index)
        if self._happens(index) >= 0:
            return
        told = self.told["milestones"][index]
        with self.people.calendar.at(self._happens(index), 17):
            done = MarkDone(actual_on=self.people.calendar.on(self._happens(index)), evidence=told["evidence"])
            projects.mark_done(self.card.id, self._row(index), done, by=self.chairs[index % 2])
            self._pay(index, EntryKind.EXPENSE)
        self._tell(index, self._happens(index) + 1)

    def _row(self, index: int) -> int:
        rows = db.session.get_one(Project, self.card.id).milestones
        row: Milestone = rows[index]
        return row.id

    def _explain(self, index: int) -> None:
        late = self.told["late"]
        reason, words = ForecastReason(late["reason"]), late["explanation"]
        with self.people.calendar.at(self._due(index) - 5, 19):
            for each in range(index, len(self.told["milestones"])):
                new_on = self.people.calendar.on(self._happens(each))
                command = ChangeForecast(new_on=new_on, reason=reason, explanation=words)
                projects.change_forecast(self.card.id, self._row(each), command, by=self.chairs[0])
        self._tell(index, self._due(index) - 4)

    def _pay(self, index: int, kind: EntryKind) -> None:
        if index >= len(self.told["payees"]):
            return
        wanted = self.told["payees"] if kind is EntryKind.COMMIT else [self.told["payees"][index]]
        for purpose, payee, share in wanted:
            cents = int(self.card.allocated_cents * share) // 100_00 * 100_00
            on = today(self.card.time_zone)
            entry = EnterMoney(kind=kind, amount_cents=cents, on=on, purpose=purpose, counterparty=payee)
            spending.enter(self.card.id, entry, by=self.people.parts["clerk"])

    def _tell(self, index: int, day: int) -> None:
        if index in self.said or index >= len(self.told["updates"]):
            return
        self.said.add(index)
        with self.people.calendar.at(min(-1, day), 20):
            update = PublishUpdate(**self.told["updates"][index])
            projects.publish_update(self.card.id, update, by=self.chairs[index % 2])

    def _set_back(self, found: int) -> None:
        told, days = self.told["setback"], self.people.calendar
        with days.at(found, 18):
            command = ReportSetback(
                title=told["title"],
                description=told["description"],
                cause=told["cause"],
                effect=told["effect"],
                found_on=days.on(found),
                due_on=days.on(found + 45),
            )
            setback_id = setbacks.report(self.card.id, command, by=self.chairs[0]).id
            actions = [
                setbacks.plan_action(
                    setback_id,
                    PlanAction(step=a["step"], owner=a["owner"], due_on=days.on(found + 30)),
                    by=self.chairs[0],
                ).id
                for a in told["actions"]
            ]
        if found + 40 < 0:
            with days.at(found + 40, 18):
                for action_id in actions:
                    setbacks.finish_action(action_id, by=self.chairs[1])
                setbacks.resolve(setback_id, by=self.chairs[1])

    def _close(self) -> None:
        with self.people.calendar.at(self._happens(len(self.told["milestones"]) - 1) + 3, 18):
            projects.move(self.card.id, ProjectStage.HANDOVER, by=self.chairs[0])
            projects.move(self.card.id, ProjectStage.COMPLETED, by=self.chairs[1])
