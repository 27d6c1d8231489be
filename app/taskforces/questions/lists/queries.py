"""Reading lists of questions: the public one, those of a project, of somebody, and what waits for whom."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.access import Actor, Role
from app.core.clock import today
from app.core.db import db
from app.core.paging import Page, page_of
from app.places.models import Area, Neighborhood
from app.places.queries import neighborhoods
from app.taskforces.models import TaskForce
from app.taskforces.questions import policies
from app.taskforces.questions.models import Answer, Question, QuestionContact
from app.taskforces.questions.queries import QuestionRow, body_id, full_row, public_row, selected
from app.taskforces.questions.rules import OPEN, UNSEEN, WORDLESS, Act, Stage
from app.taskforces.seats import queries as seats

PAGE_SIZE = 20
PUBLIC_WORDS = sa.and_(
    Question.stage.not_in(UNSEEN),
    sa.or_(Question.decline_reason.is_(None), Question.decline_reason.not_in(WORDLESS)),
)
"""The questions whose words everybody may read: `rules.shows_words` for the database."""


@dataclass(frozen=True, kw_only=True)
class QuestionFilter:
    """What a visitor looks for; an empty value means any."""

    words: str = ""
    state: str = ""
    neighborhood: str = ""
    task_force: str = ""
    project_id: int | None = None
    area_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A question that waits for somebody: what they do next, since when it waits and by when it is due."""

    act: Act
    row: QuestionRow

    @property
    def since(self) -> date:
        """The day since which it waits."""
        return self.row.answered_on or self.row.asked_on if self.row.stage is not Stage.ESCALATED else self.escalated

    @property
    def escalated(self) -> date:
        """The day on which it was asked again, or first."""
        return self.row.escalated_on or self.row.asked_on


def questions(wanted: QuestionFilter, *, page: int = 1) -> Page[QuestionRow]:
    """The questions that fit, the newest first; words are looked for only in what is public."""
    query = selected().where(*conditions(wanted)).order_by(Question.number.desc())
    return page_of(query, number=page, size=PAGE_SIZE, row=public_row)


def of_project(project_id: int, *, most: int = 3) -> Page[QuestionRow]:
    """The newest questions about a project."""
    query = selected().where(Question.project_id == project_id).order_by(Question.number.desc())
    return page_of(query, number=1, size=most, row=public_row)


def of_task_force(task_force_id: int, *, most: int = 3) -> Page[QuestionRow]:
    """The newest questions that go to a task force."""
    query = selected().where(body_id() == task_force_id).order_by(Question.number.desc())
    return page_of(query, number=1, size=most, row=public_row)


def logged(task_force_id: int, first_on: date, last_on: date) -> list[QuestionRow]:
    """The questions to a task force that waited on any of these days, as everybody may read them, the newest first."""
    answered = sa.func.coalesce(Question.answered_on, Question.ended_on)
    waited = sa.or_(Question.stage.in_(OPEN), answered >= first_on)
    query = selected().where(body_id() == task_force_id, Question.asked_on <= last_on, waited)
    return [public_row(*found) for found in db.session.execute(query.order_by(Question.number.desc()))]


def of_meeting(meeting_id: int, *, most: int = 10) -> Page[QuestionRow]:
    """The newest questions to a meeting."""
    query = selected().where(Question.meeting_id == meeting_id).order_by(Question.number.desc())
    return page_of(query, number=1, size=most, row=public_row)


def asked_by(person_id: int, *, page: int = 1) -> Page[QuestionRow]:
    """What somebody asked with their account, for themselves."""
    query = selected().where(Question.asker_id == person_id).order_by(Question.number.desc())
    return page_of(query, number=page, size=PAGE_SIZE, row=full_row)


def places_asked_about() -> list[tuple[int, str]]:
    """The areas that somebody has asked about, by name: the list can be narrowed to one."""
    asked = sa.exists().where(Question.area_id == Area.id)
    rows = db.session.execute(sa.select(Area.id, Area.name).where(asked).order_by(Area.name, Area.id))
    return [(id_, name) for id_, name in rows]


def waiting(actor: Actor, *, page: int = 1) -> Page[Waiting]:
    """What waits for somebody, by the day it is due: questions to read, to give to somebody, to answer."""
    chaired = seats.chaired_by(actor.id, today())
    places = actor.scope(*policies.OFFICE)
    handled: sa.ColumnElement[bool] = body_id().in_(chaired)
    handled = sa.true() if places is None else sa.or_(handled, Question.neighborhood_id.in_(places))
    mine = sa.or_(
        sa.and_(Question.stage.in_((Stage.RECEIVED, Stage.ACCEPTED)), handled),
        sa.and_(Question.stage.in_((Stage.ASSIGNED, Stage.ESCALATED)), Question.owner_id == actor.id),
        sa.and_(Question.stage == Stage.ESCALATED, Question.owner_id.is_(None), handled),
    )
    not_own = sa.or_(Question.asker_id.is_(None), Question.asker_id != actor.id)
    query = selected().where(mine, not_own).order_by(Question.due_on, Question.number)
    return page_of(query, number=page, size=PAGE_SIZE, row=lambda *found: _waiting(full_row(*found)))


def to_pass_on(actor: Actor) -> list[QuestionRow]:
    """The paper questions whose outcome the desk has yet to tell, for a clerk, the longest first."""
    places = actor.scope(Role.CLERK)
    where = sa.true() if places is None else Question.neighborhood_id.in_(places)
    told = sa.func.coalesce(Question.merged_into_id, Question.id)
    answers = sa.select(sa.func.count()).where(Answer.question_id == told).scalar_subquery()
    refused = sa.and_(Question.stage == Stage.DECLINED, QuestionContact.passed_on == 0)
    tells = sa.or_(answers > QuestionContact.passed_on, refused)
    query = selected().join(QuestionContact, QuestionContact.question_id == Question.id)
    query = query.where(where, QuestionContact.otherwise.is_not(None), tells).order_by(Question.number)
    return [full_row(*found) for found in db.session.execute(query)]


def _waiting(row: QuestionRow) -> Waiting:
    act = {Stage.RECEIVED: Act.ACCEPT, Stage.ACCEPTED: Act.ASSIGN}.get(row.stage, Act.ANSWER)
    return Waiting(act=act, row=row)


def conditions(wanted: QuestionFilter) -> list[sa.ColumnElement[bool]]:
    """What a question must be to fit."""
    found: list[sa.ColumnElement[bool]] = []
    if wanted.words:
        said = sa.exists().where(
            Answer.question_id == Question.id, Answer.plain.icontains(wanted.words, autoescape=True)
        )
        found.append(sa.or_(sa.and_(PUBLIC_WORDS, Question.shown_text.icontains(wanted.words, autoescape=True)), said))
    if wanted.state == "overdue":
        found.append(is_overdue())
    elif wanted.state in STATES:
        found.append(Question.stage.in_(STATES[wanted.state]))
    if wanted.neighborhood:
        found.append(Neighborhood.slug == wanted.neighborhood)
    if wanted.task_force:
        found.append(body_id() == sa.select(TaskForce.id).where(TaskForce.slug == wanted.task_force).scalar_subquery())
    if wanted.area_id is not None:
        found.append(Question.area_id == wanted.area_id)
    if wanted.project_id is not None:
        found.append(Question.project_id == wanted.project_id)
    return found


STATES = {
    "open": OPEN,
    "answered": frozenset({Stage.ANSWERED, Stage.CLOSED}),
    "declined": frozenset({Stage.DECLINED}),
    "merged": frozenset({Stage.MERGED}),
}
"""What the list can be narrowed to, beside «overdue»."""


def is_overdue() -> sa.ColumnElement[bool]:
    """Past its day as the calendar of its neighborhood says."""
    days = [(where.id, today(where.time_zone)) for where in neighborhoods()]
    late = [sa.and_(Question.neighborhood_id == id_, Question.due_on < day) for id_, day in days]
    return sa.and_(Question.stage.in_(OPEN), sa.or_(sa.false(), *late))
