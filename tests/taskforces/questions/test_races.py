"""Several at the same moment: numbers without a gap, one answer, one escalation."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import DomainError
from app.taskforces.questions.answering import services as answering
from app.taskforces.questions.models import Answer, Question
from app.taskforces.questions.rules import Stage
from tests.taskforces.questions import asked


def all_at_once(app, acts):
    """How each of these ended, all begun together: None, or the code of its refusal."""

    def run(act):
        with app.app_context():
            try:
                act()
            except DomainError as refused:
                return refused.code
            finally:
                db.session.remove()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_questions_asked_at_once_get_numbers_without_a_gap(app):
    scene = asked.scene()
    assert all_at_once(app, [lambda: asked.ask(scene)] * 6) == [None] * 6
    db.session.rollback()
    assert sorted(db.session.scalars(sa.select(Question.number))) == [1, 2, 3, 4, 5, 6]


def test_of_two_who_answer_at_once_one_does(app):
    scene = asked.scene()
    number = asked.at_stage(scene, Stage.ASSIGNED)
    both = [
        lambda: answering.answer(number, asked.PLAIN, by=scene.community),
        lambda: answering.answer(number, asked.PLAIN, by=scene.institution),
    ]
    assert sorted(all_at_once(app, both), key=str) == [None, "stage"]
    db.session.rollback()
    assert db.session.query(Answer).count() == 1


def test_a_no_sent_twice_at_once_asks_the_other_co_chair_once(app):
    scene = asked.scene()
    number = asked.at_stage(scene, Stage.ANSWERED)
    twice = [lambda: answering.rate(number, asked.NO, by=None, holds_link=True)] * 2
    assert sorted(all_at_once(app, twice), key=str) == [None, "stage"]
    assert asked.row(number).stage is Stage.ESCALATED
