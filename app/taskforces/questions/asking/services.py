"""The verbs of asking: in the web, and at the desk for somebody who asks on paper."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, hold, transaction
from app.core.errors import NotFound, ensure_standing
from app.core.events import publish
from app.core.moments import day_in
from app.places.models import Neighborhood
from app.taskforces.meetings.models import Meeting
from app.taskforces.questions import policies, words
from app.taskforces.questions.asking.queries import neighborhood_of
from app.taskforces.questions.events import QuestionAsked
from app.taskforces.questions.models import Question, QuestionContact
from app.taskforces.questions.rules import Channel, Stage, Subject, WhyNot, due_on, without_marks
from app.taskforces.questions.services import due_from, refused

BACK_DAYS = 60
"""A paper older than this was lost somewhere; its day is more likely a slip."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What somebody asks about what, in which language, under which name if any, and where the answer is sent."""

    subject: Subject
    subject_id: int
    text: str
    language: str
    public_name: str = ""
    email: str = ""
    to_account: bool = False
    """Send it to the address of the account instead."""


@dataclass(frozen=True, kw_only=True)
class TypeIn:
    """A question on paper, the day it came in, and how the desk reaches whoever asked."""

    ask: Ask
    received_on: date
    otherwise: str = ""


def ask(command: Ask, *, by: Actor | None) -> Question:
    """Take a question down; its words are public once somebody has read it, that there is one at once.

    The ten working days begin now: not reading it wins no time.
    """
    with transaction():
        where = _numbered_place(command)
        row = _taken_down(command, where, Channel.WEB, today(where.time_zone))
        row.asker_id = by.id if by else None
        account = db.session.get(Person, by.id) if by and command.to_account else None
        _keep(row, email=account.email if account else command.email)
        _publish(row, by)
    return row


def type_in(command: TypeIn, *, by: Actor) -> Question:
    """Take down what somebody asks on paper; the ten working days count from the day it was handed in."""
    with transaction():
        where = _numbered_place(command.ask)
        ensure_standing(policies.may_type_in(by, where.id), str(words.ONLY_OFFICE))
        here = today(where.time_zone)
        if command.received_on > here:
            raise refused(WhyNot.IN_THE_FUTURE, field="received_on")
        if (here - command.received_on).days > BACK_DAYS:
            raise refused(WhyNot.TOO_OLD, field="received_on")
        row = _taken_down(command.ask, where, Channel.DESK, command.received_on)
        row.typed_by_id = by.id
        _keep(row, email=command.ask.email, otherwise=command.otherwise)
        _publish(row, by)
    return row


def _numbered_place(command: Ask) -> Neighborhood:
    """Where it is asked; the site's questions get their numbers one after the other, without a gap."""
    hold("numbers of questions", 0)
    where = db.session.get(Neighborhood, neighborhood_of(command.subject, command.subject_id))
    if where is None:
        raise NotFound
    return where


def _taken_down(command: Ask, where: Neighborhood, channel: Channel, day: date) -> Question:
    text, about = without_marks(command.text), {Subject.PROJECT: "project_id", Subject.AREA: "area_id"}
    about |= {Subject.TASK_FORCE: "task_force_id", Subject.MEETING: "meeting_id"}
    column = about.get(command.subject)
    return Question(
        **({column: command.subject_id} if column else {}),
        number=(db.session.scalar(sa.select(sa.func.max(Question.number))) or 0) + 1,
        neighborhood_id=where.id,
        channel=channel,
        language=command.language,
        text=text,
        shown_text=text,
        public_name=without_marks(command.public_name) or None,
        asked_on=day,
        asked_at=now(),
        due_on=due_on(day, due_from(where.id, day), _meeting_on(command, where)),
        stage=Stage.RECEIVED,
    )


def _meeting_on(command: Ask, where: Neighborhood) -> date | None:
    """The day of the meeting it is about, where it is asked."""
    meeting = db.session.get(Meeting, command.subject_id) if command.subject is Subject.MEETING else None
    return None if meeting is None else day_in(where.time_zone, meeting.starts_at)


def _keep(row: Question, *, email: str = "", otherwise: str = "") -> None:
    db.session.add(row)
    db.session.flush()
    if email or otherwise:
        reach = {"email": email} if email else {"otherwise": otherwise}
        db.session.add(QuestionContact(question_id=row.id, passed_on=0, **reach))
        db.session.flush()


def _publish(row: Question, by: Actor | None) -> None:
    publish(
        QuestionAsked(
            actor_id=by.id if by else None,
            question_id=row.id,
            number=row.number,
            neighborhood_id=row.neighborhood_id,
            project_id=row.project_id,
            task_force_id=row.task_force_id,
            area_id=row.area_id,
            meeting_id=row.meeting_id,
            channel=row.channel,
            due_on=row.due_on,
            text=row.text,
        )
    )
