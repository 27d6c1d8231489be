"""Questions as far on their way as a test needs them."""

from dataclasses import dataclass

from app.core.access import Actor, Role
from app.core.db import db
from app.taskforces.models import TaskForce
from app.taskforces.questions.answering import services as answering
from app.taskforces.questions.answering.services import RateAnswer, WriteAnswer
from app.taskforces.questions.asking import services as asking
from app.taskforces.questions.asking.services import Ask
from app.taskforces.questions.handling import services as handling
from app.taskforces.questions.handling.services import Decline
from app.taskforces.questions.models import Question
from app.taskforces.questions.rules import DeclineReason, Stage, Subject, Verdict
from app.taskforces.seats.rules import Side
from tests import make

TEXT = "Why are the lamps on Mill Lane still dark?"
PLAIN = WriteAnswer(plain="The poles came late. They are put up in June.")
NO = RateAnswer(verdict=Verdict.NOT, missing="It does not say why they came late.")


@dataclass
class Scene:
    """A task force with both co-chairs, and the clerk."""

    body: TaskForce
    community: Actor
    institution: Actor
    clerk: Actor


def scene() -> Scene:
    """A task force with both co-chairs."""
    body = make.task_force()
    chairs = make.co_chair(body), make.co_chair(body, Side.INSTITUTION)
    return Scene(body, *chairs, make.actor(Role.CLERK))


def ask(at: Scene, *, by: Actor | None = None, **more: object) -> int:
    """The number of a new question to the task force."""
    facts = {"subject": Subject.TASK_FORCE, "subject_id": at.body.id, "text": TEXT, "language": "en"}
    return asking.ask(Ask(**facts | more), by=by).number


def at_stage(at: Scene, stage: Stage, *, by: Actor | None = None) -> int:
    """The number of a question that has come to `stage`; the community's co-chair answers first."""
    number = ask(at, by=by)
    bring(at, number, stage)
    return number


def bring(at: Scene, number: int, stage: Stage) -> None:
    """Take a received question to `stage`."""
    if stage is Stage.RECEIVED:
        return
    if stage is Stage.DECLINED:
        handling.decline(number, Decline(reason=DeclineReason.NOT_OURS, words="Please ask the bus line."), by=at.clerk)
        return
    wait = stage in (Stage.ACCEPTED, Stage.MERGED)
    handling.accept(number, None if wait else at.community.id, by=at.clerk)
    if stage is Stage.MERGED:
        handling.merge(number, at_stage(at, Stage.ACCEPTED), by=at.clerk)
    if stage in (Stage.ANSWERED, Stage.ESCALATED, Stage.CLOSED):
        answering.answer(number, PLAIN, by=at.community)
    if stage is Stage.ESCALATED:
        answering.rate(number, NO, by=None, holds_link=True)
    if stage is Stage.CLOSED:
        answering.rate(number, RateAnswer(verdict=Verdict.ANSWERED), by=None, holds_link=True)


def row(number: int) -> Question:
    """The question as the database has it now."""
    db.session.rollback()
    return db.session.query(Question).filter_by(number=number).one()
