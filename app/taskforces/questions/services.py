"""What every verb of a question begins with: the question as it is now, and whether this act is allowed."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.access import Actor
from app.core.clock import today
from app.core.db import db, locked
from app.core.errors import DomainError, NoStanding, NotFound
from app.places.workdays import queries as workdays
from app.taskforces.questions import policies, words
from app.taskforces.questions.models import Question
from app.taskforces.questions.policies import Part
from app.taskforces.questions.queries import by_number, standing_of
from app.taskforces.questions.rules import DUE_WORKING_DAYS, ENDED, Act, WhyNot, after


def opened(number: int, act: Act, *, by: Actor | None, holds_link: bool = False) -> Question:
    """The question, locked until the transaction ends; refused where `act` is not theirs, or not possible now.

    `holds_link`: they came by the private link that whoever asked was given.
    """
    id_ = db.session.scalar(sa.select(Question.id).where(Question.number == number))
    row = locked(Question, id_)
    if row is None:
        raise NotFound
    _ensure_theirs(row, act, by, holds_link)
    if after(row.stage, act) is None:
        raise refused(WhyNot.STAGE)
    return row


def ensure_may(number: int, act: Act, *, by: Actor) -> frozenset[Part]:
    """How they stand to the question, before its page is shown; refused where `act` is not theirs or not possible."""
    row = by_number(number)
    held = _ensure_theirs(row, act, by, False)
    if after(row.stage, act) is None:
        raise refused(WhyNot.STAGE)
    return held


def move(row: Question, act: Act, **columns: Any) -> None:
    """Take the question where `act` leads, and set at once what has to agree with its new stage, its end included."""
    stage, here = after(row.stage, act), today_at(row)
    if stage is None:
        raise refused(WhyNot.STAGE)
    columns |= {"stage": stage, "ended_on": here if stage in ENDED else None}
    for name, value in columns.items():
        setattr(row, name, value)
    db.session.flush()


def due_from(neighborhood_id: int, day: date) -> date:
    """The day by which a question that came in on `day` is answered."""
    return workdays.working_day_after(neighborhood_id, day, DUE_WORKING_DAYS)


def today_at(row: Question) -> date:
    """Today where it was asked."""
    return today(row.neighborhood.time_zone)


def refused(why: WhyNot, *, field: str | None = None) -> DomainError:
    """The refusal in words."""
    return DomainError(why.value, str(words.WHY_NOT[why]), field=field)


def _ensure_theirs(row: Question, act: Act, by: Actor | None, holds_link: bool) -> frozenset[Part]:
    of = standing_of(row)
    held = policies.parts(by, of, holds_link=holds_link)
    if policies.may(act, held):
        return held
    if by is not None and by.id == row.asker_id:
        raise NoStanding(WhyNot.OWN.value, str(words.WHY_NOT[WhyNot.OWN]))
    if act is Act.ANSWER and Part.HANDLER in held:
        why = WhyNot.OTHER_CO_CHAIR if of.other_chair_ids else WhyNot.FIRST_ANSWERER
        raise NoStanding(why.value, str(words.WHY_NOT[why]))
    asks = act in (Act.RATE, Act.ESCALATE)
    raise NoStanding("no_standing", str(words.ONLY_ASKER if asks else words.ONLY_HANDLERS))
