"""What Riverside asks, who answers when, and what becomes of it; one question is late, and some still wait."""

from functools import partial
from typing import Any

import sqlalchemy as sa

from app.core.access import Actor
from app.core.db import db
from app.demo.days import Diary
from app.demo.people import Cast
from app.demo.texts import asked
from app.places.models import Area, Neighborhood
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.rules import PUBLIC
from app.taskforces.projects.models import Project
from app.taskforces.questions.answering import services as answering
from app.taskforces.questions.answering.services import RateAnswer, WriteAnswer
from app.taskforces.questions.asking import services as asking
from app.taskforces.questions.asking.services import Ask, TypeIn
from app.taskforces.questions.handling import services as handling
from app.taskforces.questions.handling.services import Decline, Redact
from app.taskforces.questions.queries import body_of, by_number
from app.taskforces.questions.rules import DeclineReason, Removed, Subject, Verdict
from app.taskforces.seats.queries import co_chairs

READ_AFTER = 1
"""So many days after it was asked somebody reads a question that is answered later."""


def foresee(people: Cast, where: Neighborhood, diary: Diary) -> None:
    """Write all of it into the diary."""
    numbers: dict[str, int] = {}
    for told in asked():
        Asking(told, people, where.id, diary, numbers).foresee()
    diary.note(-1, 23, lambda: answering.close_silent(where.id, people.calendar.on(-1)))


class Asking:
    """The life of one question; only what lies in the past happens."""

    def __init__(
        self, told: dict[str, Any], people: Cast, where_id: int, diary: Diary, numbers: dict[str, int]
    ) -> None:
        self.told, self.people, self.where_id, self.diary, self.numbers = told, people, where_id, diary, numbers

    def foresee(self) -> None:
        """Write it down step by step."""
        self._note(self.told, 9, lambda _step: self._ask())
        if "answer" in self.told:
            owner = {"day": self.told["day"] + READ_AFTER, "by": self.told["answer"]["by"]}
            self._note(owner, 12, self._accept)
        for key, hour, act in (
            ("redact", 10, self._redact),
            ("accept", 11, self._accept),
            ("decline", 11, self._decline),
            ("merge", 12, self._merge),
            ("answer", 16, self._answer),
            ("rate", 18, self._rate),
            ("again", 16, self._answer),
            ("rate_again", 18, self._rate),
        ):
            if key in self.told:
                self._note(self.told[key], hour, act)

    def _note(self, step: dict[str, Any], hour: int, act: Any) -> None:
        self.diary.note(step["day"], hour, partial(act, step))

    @property
    def _number(self) -> int:
        return self.numbers[self.told["key"]]

    def _ask(self) -> None:
        told = self.told
        subject, id_ = self._about()
        text = {"text": told["text"], "language": "en", "public_name": told["name"]}
        command = Ask(subject=subject, subject_id=id_, **text)
        if "paper" in told:
            paper = TypeIn(ask=command, received_on=self.people.calendar.on(told["day"]), otherwise=told["paper"])
            made = asking.type_in(paper, by=self.people.parts["clerk"])
        else:
            made = asking.ask(command, by=None if told["by"] is None else self.people.residents[told["by"]])
        self.numbers[told["key"]] = made.number

    def _about(self) -> tuple[Subject, int]:
        kind, *which = self.told["about"]
        if kind == "project":
            return Subject.PROJECT, db.session.scalars(sa.select(Project.id).where(Project.title == which[0])).one()
        if kind == "task_force":
            return Subject.TASK_FORCE, self.people.bodies[which[0]]
        if kind == "meeting":
            theirs = sa.select(Meeting.id).where(Meeting.task_force_id == self.people.bodies[which[0]])
            latest = theirs.where(Meeting.stage.in_(PUBLIC)).order_by(Meeting.starts_at.desc()).limit(1)
            return Subject.MEETING, db.session.scalars(latest).one()
        if kind == "area":
            areas = sa.select(Area.id).where(Area.neighborhood_id == self.where_id).order_by(Area.name)
            return Subject.AREA, db.session.scalars(areas).all()[which[0]]
        return Subject.NEIGHBORHOOD, self.where_id

    def _who(self, side: str | None) -> Actor:
        """The co-chair of that side, where a task force answers; else the clerk."""
        body = body_of(by_number(self._number))
        chairs = [] if side is None or body is None else co_chairs([body], self.people.calendar.today)
        ids = {seat.person_id for seat in chairs if seat.side == side}
        return next((part for part in self.people.parts.values() if part.id in ids), self.people.parts["clerk"])

    def _accept(self, step: dict[str, Any]) -> None:
        owner = None if step["by"] is None else self._who(step["by"]).id
        handling.accept(self._number, owner, by=self.people.parts["clerk"])

    def _decline(self, step: dict[str, Any]) -> None:
        command = Decline(reason=DeclineReason(step["reason"]), words=step["words"])
        handling.decline(self._number, command, by=self.people.parts["clerk"])

    def _merge(self, step: dict[str, Any]) -> None:
        handling.merge(self._number, self.numbers[step["into"]], by=self.people.parts["clerk"])

    def _redact(self, step: dict[str, Any]) -> None:
        command = Redact(passages=tuple(step["passages"]), why=Removed(step["why"]))
        handling.redact(self._number, command, by=self.people.parts["clerk"])

    def _answer(self, step: dict[str, Any]) -> None:
        command = WriteAnswer(plain=step["plain"], full=step.get("full", ""))
        answering.answer(self._number, command, by=self._who(step["by"]))

    def _rate(self, step: dict[str, Any]) -> None:
        command = RateAnswer(verdict=Verdict(step["verdict"]), missing=step.get("missing", ""))
        answering.rate(self._number, command, by=None, holds_link=True)
