"""How long a night's clocks take over 2,000 projects: one neighborhood, in this process, on SQLite as it is served.

Three nights: everything is late at once, as where a site comes back after months; the same day once more, with nothing
left to do; and an ordinary night, on which one project in twenty slips.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from app import create_app
from app.config import Settings
from app.core import jobs
from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.jobs import Job, JobStage
from app.proposals.models import Proposal
from app.proposals.rules import Stage
from app.taskforces.clocks.models import ClockDay
from app.taskforces.clocks.services import leave_days
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.seats.rules import Side
from app.taskforces.setbacks.models import Setback
from app.taskforces.setbacks.reminders.models import Reminder
from tests import make

AIM_SECONDS = 60
MILESTONES = 3
QUIET_DAYS, UNEXPLAINED_DAYS, LATE_DAYS = 60, 7, 14
ORDINARY = 20
"""On an ordinary night one project in so many slips."""


@dataclass(frozen=True, kw_only=True)
class Night:
    """What a night took in seconds, by the clock and of the processor, and in statements; and what was done in it."""

    name: str
    seconds: float
    processor: float
    statements: int
    reminders: int
    opened: int

    @property
    def line(self) -> str:
        """One night in a line; a star where it misses the aim."""
        took = f"{self.seconds:8.2f} s{self.processor:8.2f} s of the processor{self.statements:9,} statements"
        done = f"{self.reminders:7,} reminders{self.opened:7,} setbacks"
        return f"{self.name:<28}{took}{done}{'  *' if self.seconds >= AIM_SECONDS else ''}"


@click.command()
@click.option("--projects", default=2_000, help="Projects of the neighborhood.")
def clocks(projects: int) -> None:
    """Print what the nights take, and whether that keeps to the aim."""
    click.echo("\n".join(lines(projects)))


def lines(projects: int) -> list[str]:
    """The nights as a table."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/clocks.sqlite3"
        app = create_app(Settings(secret_key="bench", database_url=url, data_dir=Path(folder), testing=True))
        with app.app_context():
            db.create_all()
            fill(projects)
            nights = [night("everything is late at once"), night("the same day once more"), ordinary(projects)]
            db.session.remove()
            db.engine.dispose()
    head = f"the clocks of a night over {projects:,} projects, aim: under {AIM_SECONDS} s"
    return [head, *(each.line for each in nights)]


def fill(projects: int) -> None:
    """So many projects of one task force, each with its milestones: of four, one is late, one nearly, one silent."""
    body = make.task_force()
    for side in Side:
        make.co_chair(body, side)
    within, author = make.cycle(where=body.neighborhood), make.person()
    category = within.neighborhood.categories[0].id
    facts = {"cycle_id": within.id, "author_id": author.id, "category_id": category}
    with transaction():
        for number in range(1, projects + 1):
            add_project(body, number, **facts)


def add_project(body: TaskForce, number: int, **of: int) -> None:
    """One project with its milestones."""
    proposal = Proposal(
        number=number,
        title=f"Lamps {number}",
        summary="Six lamps.",
        need="It is dark.",
        place="Mill Lane",
        stage=Stage.FUNDED,
        cost_cents=1,
        created_at=now(),
        submitted_at=now(),
        watches_people=False,
        **of,
    )
    db.session.add(proposal)
    db.session.flush()
    silent = QUIET_DAYS if number % 4 == 3 else 0
    project = Project(
        cycle_id=of["cycle_id"],
        number=number,
        proposal_id=proposal.id,
        task_force_id=body.id,
        title=proposal.title,
        scope="",
        allocated_cents=1,
        stage=ProjectStage.DELIVERY,
        opened_at=now() - timedelta(days=silent),
    )
    past = {0: LATE_DAYS, 1: UNEXPLAINED_DAYS}.get(number % 4, -30)
    project.milestones = [milestone(place, today() - timedelta(days=past)) for place in range(1, MILESTONES + 1)]
    db.session.add(project)


def milestone(position: int, on: date) -> Milestone:
    """A milestone that is expected on a day."""
    return Milestone(position=position, title="Lamps lit", done_means="All work", baseline_on=on, forecast_on=on)


def ordinary(projects: int) -> Night:
    """A night on which one project in twenty is a week past its day, and one in a hundred two weeks."""
    with transaction():
        for rest, of, days in ((2, ORDINARY, UNEXPLAINED_DAYS), (6, 5 * ORDINARY, LATE_DAYS)):
            some, past = sa.select(Project.id).where(Project.id % of == rest), today() - timedelta(days=days)
            first = sa.update(Milestone).where(Milestone.project_id.in_(some), Milestone.position == 1)
            db.session.execute(first.values(baseline_on=past, forecast_on=past))
    return night("an ordinary night")


def night(name: str) -> Night:
    """The clocks of today, from the job that is left to its end, as a worker runs it."""
    with transaction():
        db.session.execute(sa.delete(Job))
        db.session.execute(sa.delete(ClockDay))
    leave_days()
    before, seen = done(), list[str]()
    job_id = db.session.scalars(sa.select(Job.id)).one()
    with noting(seen):
        begun, work = time.perf_counter(), time.process_time()
        jobs.run(job_id)
        took, work = time.perf_counter() - begun, time.process_time() - work
    if db.session.get_one(Job, job_id).stage is not JobStage.DONE:
        raise click.ClickException("the day was not lived to its end")
    reminders, opened = (after - was for after, was in zip(done(), before, strict=True))
    return Night(name=name, seconds=took, processor=work, statements=len(seen), reminders=reminders, opened=opened)


def done() -> tuple[int, int]:
    """How many reminders and setbacks there are."""
    db.session.rollback()
    reminders, opened = (sa.select(sa.func.count()).select_from(each) for each in (Reminder, Setback))
    return db.session.scalars(reminders).one(), db.session.scalars(opened).one()


@contextmanager
def noting(seen: list[str]) -> Iterator[None]:
    """Note the statements."""

    def note(_c: object, _cur: object, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


if __name__ == "__main__":
    clocks()
