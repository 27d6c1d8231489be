"""The figures of a task force's log of questions, read once; only what everybody may read."""

from typing import Any

from app.core.clock import today
from app.reports.queries import subject_of
from app.reports.questions.rules import histogram, percent
from app.reports.rules import Line
from app.taskforces.questions.answering import queries as answering
from app.taskforces.questions.answering.queries import AnswerRow
from app.taskforces.questions.lists import queries as lists
from app.taskforces.questions.queries import QuestionRow
from app.taskforces.questions.rules import OPEN, Stage

Plain = dict[str, Any]
SAME = (
    "code subject about stage channel language words public_name asked_on due_on owner answered_on waited_days"
    " escalated_on decline_reason declined_words ended_on days_over"
).split()


def figures(line: Line) -> Plain:
    """Every question that waited on a day of the quarter, as it stands today, those past their day first."""
    assert line.period is not None  # the kind has quarters
    period = line.period
    found = lists.logged(line.subject_id, period.first_on, period.last_on)
    answers = answering.public_answers([row.id for row in found])
    found.sort(key=lambda row: (-row.days_over, row.stage not in OPEN, row.due_on, row.number))
    asked = [_question(row, answers.get(row.id, ())) for row in found]
    return {
        "told_on": today(subject_of(line).time_zone),
        "counts": _counts(asked, sum(period.first_on <= row.asked_on <= period.last_on for row in found)),
        "waited": histogram(each["waited_days"] for each in asked if each["waited_days"] is not None),
        "questions": asked,
    }


def _counts(asked: list[Plain], fresh: int) -> Plain:
    answered = [each for each in asked if each["answers"]]
    on_time = sum(each["is_on_time"] for each in answered)
    overdue = sum(each["days_over"] > 0 for each in asked)
    unanswered_late = sum(each["days_over"] > 0 and not each["answers"] for each in asked)
    return {
        "all": len(asked),
        "asked": fresh,
        "answered": len(answered),
        "on_time": on_time,
        "due": len(answered) + unanswered_late,
        "on_time_percent": percent(on_time, len(answered) + unanswered_late),
        "waiting": sum(each["is_open"] for each in asked),
        "overdue": overdue,
        "declined": sum(each["stage"] is Stage.DECLINED for each in asked),
        "merged": sum(each["stage"] is Stage.MERGED for each in asked),
    }


def _question(row: QuestionRow, answers: tuple[AnswerRow, ...]) -> Plain:
    """`is_on_time` is about the first answer; what whoever asked misses in an answer is told to nobody."""
    return {
        **{name: getattr(row, name) for name in SAME},
        "merged_into": row.merged_into,
        "is_open": row.stage in OPEN,
        "waits_days": (row.today - row.asked_on).days if row.stage in OPEN else None,
        "is_on_time": bool(answers) and not answers[0].days_late,
        "answers": [
            {
                "plain": each.plain,
                "has_more": bool(each.full),
                "name": each.name,
                "answered_on": each.answered_on,
                "days_late": each.days_late,
                "verdict": each.verdict,
            }
            for each in answers
        ],
    }
