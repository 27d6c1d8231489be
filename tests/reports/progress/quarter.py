"""A task force's quarter with something in every section of its report, made by the verbs of its rooms."""

from dataclasses import dataclass
from datetime import timedelta

from app.core.access import Actor, Role
from app.core.clock import today
from app.reports import queries as reports
from app.reports.progress.promises import services as promises
from app.reports.progress.promises.rules import Kept, next_quarter, quarter_of
from app.reports.progress.promises.services import MakePromise, MarkPromise
from app.reports.rules import Line, ReportKind
from app.taskforces.interests import services as interests
from app.taskforces.interests.rules import Effect
from app.taskforces.interests.services import DeclareInterest
from app.taskforces.meetings.rules import MeetingStage
from app.taskforces.models import TaskForce
from app.taskforces.projects.promises.services import ChangeForecast, change_forecast
from app.taskforces.projects.rules import ForecastReason
from app.taskforces.questions.rules import Stage
from app.taskforces.setbacks.reminders import services as reminders
from app.taskforces.updates.services import PublishUpdate, publish_update
from tests import make
from tests.reports import printing
from tests.taskforces.meetings import gathering
from tests.taskforces.questions import asked
from tests.taskforces.setbacks import days

HOSTILE = '<script src="https://example.org/x.js"></script><img src="file:///etc/hostname"> & “lamps”'
WHY_LATE = "The poles came three weeks late because the only maker of them had a fire in its store."
LINE = "All six lamps were lit on the day, and residents checked each of them."


@dataclass(frozen=True)
class Scene:
    """A task force, its co-chairs, the clerk, and the projects: one fine, one late with a reason, one late without."""

    body: TaskForce
    ada: Actor
    ben: Actor
    clerk: Actor
    lit: int
    moved: int
    silent: int

    @property
    def line(self) -> Line:
        """The report on the quarter that is running."""
        return Line(kind=ReportKind.PROGRESS, subject_id=self.body.id, period=quarter_of(today()))


def table() -> Scene:
    """The task force with three projects, two of them late: one has said why, for the other a rule opened a setback."""
    of = gathering.body()
    lit = make.project(body=of.row, title="Lamps on Mill Lane")
    make.paid(make.commitment(lit, 10_000_00), 1_000_00)
    moved, silent = days.late(of.row, 20, title=HOSTILE), days.late(of.row, 90, title="Crossing at the school gate")
    new = ChangeForecast(new_on=today() + timedelta(days=30), reason=ForecastReason.SUPPLIER, explanation=WHY_LATE)
    change_forecast(moved.id, moved.milestones[0].id, new, by=of.ada)
    reminders.open_late(of.row.neighborhood_id, today())
    return Scene(of.row, of.ada, of.ben, make.actor(Role.CLERK), lit.id, moved.id, silent.id)


def full() -> Scene:
    """The same with updates, questions, a meeting, an interest and promises."""
    here = table()
    publish_update(here.lit, PublishUpdate(what_changed=HOSTILE, why=WHY_LATE, what_next=LINE), by=here.ada)
    about = asked.Scene(here.body, here.ada, here.ben, here.clerk)
    asked.at_stage(about, Stage.ANSWERED)
    asked.at_stage(about, Stage.RECEIVED)
    of = gathering.Body(here.body, here.ada, here.ben)
    gathering.meeting(here.body, MeetingStage.HELD)
    close = DeclareInterest(
        project_id=here.lit, organization_id=None, text="My brother works for the electrician.", effect=Effect.RECUSE
    )
    interests.declare(gathering.seat(of, here.ada), close, by=here.ada)
    promised = promise(here, "We light six lamps on Mill Lane.", today(), project_id=here.lit)
    promises.mark(promised, MarkPromise(kept=Kept.PARTLY, line=LINE), by=here.ben)
    promise(here, "We ask residents about the crossing.", next_quarter(quarter_of(today())).first_on)
    return here


def promise(here: Scene, text: str, for_day, *, by: Actor | None = None, project_id: int | None = None) -> int:
    """The number of a promise of the community's co-chair."""
    command = MakePromise(text=text, for_day=for_day, project_id=project_id)
    return promises.promise(here.body.id, command, by=by or here.ada)


def freeze(here: Scene, **more) -> int:
    """The number of the draft that the clerk has put before both co-chairs."""
    return printing.publish(ReportKind.PROGRESS, here.body.id, by=here.clerk, period=quarter_of(today()), **more)


def stage(edition_id: int):
    """Where an edition is."""
    return reports.detail(edition_id).row.stage
