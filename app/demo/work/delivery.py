"""What became of the winners: milestones kept and missed, money, setbacks and plain updates."""

from collections.abc import Callable, Mapping
from functools import partial
from random import Random
from typing import Any

from app.core.access import Actor
from app.core.db import db
from app.demo.days import Diary
from app.demo.people import Cast
from app.demo.texts import riverside
from app.demo.work import confirmed, telling
from app.demo.work.purse import Purse
from app.demo.work.setbacks import Setbacks
from app.demo.work.signing import both_sign
from app.reports.rules import ReportKind
from app.reports.services import Publish, publish
from app.taskforces.projects import queries
from app.taskforces.projects import services as projects
from app.taskforces.projects.baselines import services as baselines
from app.taskforces.projects.claims import services as claims
from app.taskforces.projects.claims.services import ClaimDone
from app.taskforces.projects.closing import services as closing
from app.taskforces.projects.closing.rules import CheckKind, Works
from app.taskforces.projects.closing.services import AskCompletion, Left, LookAgain
from app.taskforces.projects.models import Project
from app.taskforces.projects.pausing import services as pausing
from app.taskforces.projects.pausing.services import AskPause
from app.taskforces.projects.promises import services as promises
from app.taskforces.projects.promises.rules import MilestoneKind
from app.taskforces.projects.promises.services import ChangeForecast, PlanMilestone
from app.taskforces.projects.queries import ProjectCard, ProjectFilter
from app.taskforces.projects.rules import ForecastReason, ProjectStage
from app.taskforces.projects.services import HandOver
from app.taskforces.projects.stages import services as stages

WARNED = 5
"""How many days before a promise it is said that it will not be kept…"""
RECENTLY = -12
"""…or on this day, where that is still to come: the demo shows a delay that has just been told."""
A_YEAR = 360
STILL_LOOKING = -26
"""What was claimed from this day on, the other side has not looked at yet."""
MANAGER = "Projects desk, City Hall, room 12"
PLAN = ("Plan approved by both sides", "The plan is in the minutes of the task force, with its drawings and prices.")
PLAN_SEEN = "The plan hangs in the library and in the community hall, signed by both co-chairs."
Story = Mapping[str, Any]


def foresee(cycle_id: int, people: Cast, diary: Diary, *, starts: int, work: Callable[[], object]) -> None:
    """Write the life of every project of a cycle into the diary, from the day `starts`; `work` makes the files."""
    charged = {key: number for number, told in enumerate(riverside()["task_forces"]) for key in told["categories"]}
    for order, card in enumerate(queries.matching(ProjectFilter(cycle_id=cycle_id))):
        Delivery(card, charged[card.icon], people, diary, starts=starts + order, work=work).foresee()


def _due(card: ProjectCard, told: Story, starts: int) -> list[int]:
    """The promised days: as the texts say, or some months apart."""
    step = Random(card.title).randrange(72, 148)
    return told.get("due") or [starts + step * number for number in range(1, len(told["milestones"]) + 1)]


class Delivery:
    """One project's life, from its task force to its end; only what lies in the past happens."""

    def __init__(
        self, card: ProjectCard, number: int, people: Cast, diary: Diary, *, starts: int, work: Callable[[], object]
    ) -> None:
        self.card, self.people, self.diary, self.starts, self.work = card, people, diary, starts, work
        self.told: Story = riverside()["projects"][card.title]
        self.body_id = people.bodies[number]
        self.chairs: tuple[Actor, Actor] = people.chairs(number)
        self.purse = Purse(card, people.parts["clerk"], self.chairs)
        self.due = _due(card, self.told, starts)
        self.late: Story | None = self.told.get("late")

    def foresee(self) -> None:
        """Write all of it down."""
        note, last = self.diary.note, len(self.due) - 1
        note(self.starts, 10, self._hand_over)
        note(self.starts + 10, 18, self._promise)
        note(self.starts + 13, 18, self._approve)
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
        if self.told.get("pause"):
            note(self.told["pause"]["day"], 19, self._rest)
        note(self._happens(last) + 3, 18, self._close)
        note(self._happens(last) + 4, 11, self._report)
        if self.told.get("confirmed"):
            note(self._happens(last) + 33, 18, self._ask_residents)
            note(self._happens(last) + 70, 11, partial(self._report, "Residents have said whether it works."))

    def _happens(self, index: int) -> int:
        late = self.late is not None and index >= self.late["milestone"]
        return self.due[index] + (7 * self.late["weeks"] if self.late and late else 0)

    def _hand_over(self) -> None:
        command = HandOver(task_force_id=self.body_id, lead=self.told["lead"], manager=MANAGER)
        projects.hand_over(self.card.id, command, by=self.people.parts["clerk"])

    def _promise(self) -> None:
        on, plans = self.people.calendar.on, [PLAN]
        kinds = [MilestoneKind.APPROVAL, *(MilestoneKind.DELIVERY for _each in self.due)]
        plans += [(told["title"], told["done_means"]) for told in self.told["milestones"]]
        made: list[int] = []
        for (title, done_means), kind, due in zip(plans, kinds, [self.starts + 13, *self.due], strict=True):
            plan = PlanMilestone(
                title=title, done_means=done_means, kind=kind, baseline_on=on(due), needs=tuple(made[:1])
            )
            made.append(promises.plan_milestone(self.card.id, plan, by=self.chairs[0]).id)
        waits = baselines.propose(self.card.id, None, by=self.chairs[0])
        both_sign(waits, self.chairs)

    def _approve(self) -> None:
        self._reach(0, 0, self.starts + 13, PLAN_SEEN)

    def _begin(self) -> None:
        stage = ProjectStage(self.told.get("stage", ProjectStage.DELIVERY))
        if stage is not ProjectStage.PLANNING:
            stages.move(self.card.id, ProjectStage.PROCUREMENT, by=self.chairs[0])
        for payee in self.told["payees"]:
            self.purse.promise(payee)
        self.purse.publish(self.told["payees"][0])
        if stage is not ProjectStage.PLANNING:
            stages.move(self.card.id, stage, by=self.chairs[0])

    def _done(self, index: int) -> None:
        evidence = self.told["milestones"][index]["evidence"]
        self._reach(index + 1, index % 2, self._happens(index), evidence)
        payees = self.told["payees"]
        for place, payee in enumerate(payees):
            if place * len(self.due) // len(payees) == index:
                self.purse.pay(payee)

    def _reach(self, place: int, side: int, day: int, evidence: str) -> None:
        """One side claims a milestone, the other has a look on the same evening; what is too recent still waits."""
        milestone_id = self._milestone(place)
        command = ClaimDone(actual_on=self.people.calendar.on(day), evidence=evidence)
        claims.claim(self.card.id, milestone_id, command, by=self.chairs[side])
        if day < STILL_LOOKING:
            claims.verify(self.card.id, milestone_id, "", by=self.chairs[1 - side])

    def _milestone(self, place: int) -> int:
        return int(db.session.get_one(Project, self.card.id).milestones[place].id)

    def _tell(self, update: Story, chair: Actor) -> None:
        telling.tell(self.card, update, chair)

    def _explain(self, late: Story) -> None:
        for index in range(late["milestone"], len(self.due)):
            command = ChangeForecast(
                new_on=self.people.calendar.on(self._happens(index)),
                reason=ForecastReason(late["reason"]),
                explanation=late["explanation"],
            )
            promises.change_forecast(self.card.id, self._milestone(index + 1), command, by=self.chairs[0])
        self._tell(late["update"], self.chairs[0])

    def _take_back(self) -> None:
        taken = self.told["setback"]["taken_back"]
        self.purse.end(self.told["payees"][taken["payee"]], taken["purpose"])

    def _rest(self) -> None:
        told = self.told["pause"]
        restart_on = self.people.calendar.on(told["day"] + 7 * told["weeks"])
        ask = AskPause(reason=told["reason"], restart_on=restart_on)
        both_sign(pausing.propose_pause(self.card.id, ask, by=self.chairs[0]), self.chairs)

    def _close(self) -> None:
        stages.move(self.card.id, ProjectStage.HANDOVER, by=self.chairs[0])
        later = self.people.calendar.on(self._happens(len(self.due) - 1) + A_YEAR)
        left = tuple(Left(what=what, due_on=later) for what in (self.told.get("left"),) if what)
        waits = closing.propose(self.card.id, AskCompletion(snags=left, nothing_left=not left), by=self.chairs[1])
        both_sign(waits, self.chairs)
        self.purse.close()
        if self.card.title in telling.PICTURED:
            telling.tell_story(self.card, self.chairs[0])

    def _report(self, note: str = "") -> None:
        """Publish the completion report, which completes the project; later once more, with what residents say."""
        told = Publish(kind=ReportKind.COMPLETION, subject_id=self.card.id, languages=("en",), note=note)
        publish(told, by=self.people.parts["clerk"])
        self.work()

    def _ask_residents(self) -> None:
        if self.card.title in telling.PICTURED:
            confirmed.ask(self.people, self.card.id)
        found = LookAgain(works=Works.YES, found=self.told["confirmed"])
        closing.look_again(self.card.id, CheckKind.RESIDENTS, found, by=self.chairs[0])
