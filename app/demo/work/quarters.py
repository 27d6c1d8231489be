"""What the first task force promised for two quarters, and its report on the last one, which waits for a signature."""

from dataclasses import replace
from functools import partial

from app.core import jobs
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job
from app.demo.days import Diary
from app.demo.people import Cast
from app.demo.texts import promised
from app.reports import services as reports
from app.reports.annual.forewords import services as forewords
from app.reports.annual.forewords.services import WriteForeword
from app.reports.models import Edition
from app.reports.progress import pages as progress
from app.reports.progress.promises import services as promises
from app.reports.progress.promises.rules import Kept, quarter_of
from app.reports.progress.promises.services import MakePromise, MarkPromise
from app.reports.rules import RENDER, Line, Period, ReportKind, period_before
from app.reports.services import Publish
from app.reports.signing_off import queries as signing_off
from app.taskforces import queries as bodies
from app.taskforces.signing import queries as agreements
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import Verdict
from app.taskforces.signing.services import Sign

MADE, REPORTED, SIGNED, FOREWORD = -100, -4, -3, -60
"""The days of the promises, of the draft, of the one signature it has, and of the foreword."""


def foresee(people: Cast, diary: Diary) -> None:
    """Promises, what became of those for the last quarter, and the report before both co-chairs."""
    now_ = quarter_of(people.calendar.today)
    last = period_before(ReportKind.PROGRESS, now_)
    diary.note(MADE, 18, partial(_promise, people, diary, last, now_))
    diary.note(FOREWORD, 19, partial(_introduce, people, diary))
    diary.note(REPORTED, 10, partial(_report, people, diary, last))


def _introduce(people: Cast, diary: Diary) -> None:
    """One side writes the foreword of last year's budget report, the other agrees to it two days later."""
    year, place = people.calendar.today.year - 1, bodies.task_force_of(people.bodies[0]).neighborhood_id
    words = WriteForeword(year=year, text=promised()["foreword"][0]["text"])
    foreword_id = forewords.write(place, words, by=people.chairs(0)[0])
    diary.note(FOREWORD + 2, 19, partial(forewords.agree, foreword_id, by=people.chairs(1)[1]))


def _promise(people: Cast, diary: Diary, last: Period, now_: Period) -> None:
    body, chairs = people.bodies[0], people.chairs(0)
    for number, told in enumerate(promised()["last"]):
        made = promises.promise(body, MakePromise(text=told["text"], for_day=last.first_on), by=chairs[number % 2])
        answer = MarkPromise(kept=Kept(told["kept"]), line=told["line"])
        diary.note(REPORTED - 1, 17, partial(promises.mark, made, answer, by=chairs[number % 2]))
    for told in promised()["now"]:
        promises.promise(body, MakePromise(text=told["text"], for_day=now_.first_on), by=chairs[0])


def _report(people: Cast, diary: Diary, last: Period) -> None:
    """The clerk puts the draft before both, where nothing keeps it back; the file is made at once."""
    line = Line(kind=ReportKind.PROGRESS, subject_id=people.bodies[0], period=last)
    if progress.blocks(line):
        return
    command = Publish(kind=line.kind, subject_id=line.subject_id, period=last, languages=("en",))
    edition_id = reports.publish(command, by=people.parts["clerk"])
    waiting = db.session.query(Job.id).filter(Job.kind == RENDER, Job.tries == 0)
    for (job_id,) in waiting.all():
        jobs.run(job_id)
    diary.note(SIGNED, 19, partial(_sign, people, edition_id))


def _sign(people: Cast, edition_id: int) -> None:
    agreement_id = signing_off.asked_in(edition_id)
    assert agreement_id is not None and db.session.get(Edition, edition_id) is not None  # it was put before both
    word = Sign(verdict=Verdict.APPROVE, statement="", seen=agreements.agreement(agreement_id).hash)
    chair = people.chairs(0)[0]
    signing.sign(agreement_id, word, by=replace(chair, confirmed_at=now(), second_factor_at=now()))
