"""Reading how long answers took."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.core.db import db
from app.taskforces.questions.lists.queries import QuestionFilter, conditions, is_overdue
from app.taskforces.questions.models import Answer, AnswerRating, Question
from app.taskforces.questions.queries import joined
from app.taskforces.questions.rules import OPEN, Verdict
from app.taskforces.questions.waits.rules import Waits


def waits(wanted: QuestionFilter) -> Waits:
    """How long the answers took of the questions in this place and of this task force, whatever else is looked for."""
    within = conditions(QuestionFilter(neighborhood=wanted.neighborhood, task_force=wanted.task_force))
    first = sa.and_(Answer.question_id == Question.id, Answer.turn == 1)
    in_time = sa.func.sum(sa.case((Answer.answered_on <= Answer.due_on, 1), else_=0))
    query = joined(sa.select(Question.waited_days, sa.func.count(), in_time).select_from(Question)).join(Answer, first)
    answered = db.session.execute(query.where(*within).group_by(Question.waited_days)).all()
    late = sa.func.sum(sa.case((is_overdue(), 1), else_=0))
    still = joined(sa.select(sa.func.count(), late).select_from(Question)).where(Question.stage.in_(OPEN), *within)
    count, overdue = db.session.execute(still).one()
    return Waits(
        verdicts=_verdicts(within),
        by_days={days: number for days, number, _in_time in answered},
        in_time=sum(int(each) for _days, _number, each in answered),
        open=count,
        overdue=int(overdue or 0),
    )


def _verdicts(within: Sequence[sa.ColumnElement[bool]]) -> dict[Verdict, int]:
    query = joined(sa.select(AnswerRating.verdict, sa.func.count()).select_from(Question))
    query = query.join(Answer, Answer.question_id == Question.id)
    query = query.join(AnswerRating, AnswerRating.answer_id == Answer.id).where(*within)
    return {verdict: number for verdict, number in db.session.execute(query.group_by(AnswerRating.verdict))}
