"""How long the page of all projects takes with 500 projects: the site's own time, on SQLite, and its statements.

Each project has five milestones, a dozen updates, forty ledger entries and two setbacks; four in five have a spot.
"""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import click

from app import create_app
from app.config import Settings
from app.core.clock import now
from app.core.db import db, transaction
from app.cycles.rules import Stage as CycleStage
from app.places.models import Area, Category
from app.proposals.models import Proposal
from app.proposals.rules import Stage
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.setbacks.models import Setback
from app.taskforces.setbacks.rules import SetbackStage, Source
from app.taskforces.spending.models import ProjectBalance
from app.taskforces.updates.models import Update
from bench.lists import Town, median_ms, round_outline, said, spot
from tests import make

AIM_MS, MOST_STATEMENTS = 150.0, 15
PAGES = {
    "all of them": "",
    "off track": "status=off_track",
    "one kind, one year": "category=Kind+1&year=2026",
    "one area": "area={area}",
    "one task force": "task_force={body}",
    "words": "words=lamp",
    "the map": "view=map",
    "its page 20": "view=map&page=20",
    "one kind on it": "view=map&category=Kind+1",
}
STAGES = (ProjectStage.MOBILISING, ProjectStage.PLANNING, ProjectStage.DELIVERY, ProjectStage.COMPLETED)


@click.command()
@click.option("--projects", default=500, help="Projects on the site.")
@click.option("--turns", default=30, help="How often each page is opened.")
def overview(projects: int, turns: int) -> None:
    """Print what each view of the page takes, and whether that keeps to the aims."""
    click.echo("\n".join(lines(projects, turns=turns)))


def lines(projects: int, *, turns: int) -> list[str]:
    """What each view of the page takes with so many projects, and the aims; a star where it misses one."""
    with tempfile.TemporaryDirectory() as folder:
        built, given = town(Path(folder), projects)
        client = built.app.test_client()
        for turn in range(turns + 1):
            for name, query in PAGES.items():
                built.open(client, name, f"/projects/?{query.format(**given)}")
            if turn == 0:
                built.processor.clear()
                built.clock.clear()
    head = f"{'':<22}{'processor':>12}{'by the clock':>15}  statements   ({projects:,} projects)"
    aims = f"aims: under {AIM_MS:.0f} ms, at most {MOST_STATEMENTS} statements"
    return [head, *(row(name, built) for name in PAGES), aims]


def row(name: str, built: Town) -> str:
    """One view in a line; a star where it misses an aim."""
    work, clock, statements = median_ms(built.processor[name]), median_ms(built.clock[name]), built.statements[name]
    missed = clock >= AIM_MS or statements > MOST_STATEMENTS
    return f"{name:<22}{work:9.1f} ms{clock:12.1f} ms{statements:12}{'  *' if missed else ''}"


def town(folder: Path, size: int) -> tuple[Town, dict[str, object]]:
    """A site with so many projects in one neighborhood, and what its addresses are filled in with."""
    url = f"sqlite:///{folder}/{size}.sqlite3"
    app = create_app(Settings(secret_key="bench", database_url=url, data_dir=folder / "data", testing=True))
    with app.app_context():
        db.create_all()
        return Town(app=app, size=size, category=0), fill(size)


def fill(size: int) -> dict[str, object]:
    """So many projects of five years, kinds, areas and task forces."""
    chance, home, person_id = Random(size), make.neighborhood(), make.person().id
    cycles = [make.cycle(stage=CycleStage.DELIVERING, where=home, year=2022 + n).id for n in range(5)]
    bodies: list[TaskForce] = [make.task_force(where=home) for _ in range(5)]
    body_ids, slug = [body.id for body in bodies], bodies[0].slug
    with transaction():
        kinds = [Category(neighborhood_id=home.id, name=f"Kind {n}", icon="lighting", position=n + 2) for n in range(5)]
        areas = [Area(neighborhood_id=home.id, name=f"Area {n}", boundary=round_outline(n)) for n in range(5)]
        db.session.add_all([*kinds, *areas])
        db.session.flush()
        for number in range(1, size + 1):
            pick = {"category_id": kinds[number % 5].id, "area_id": areas[number % 7 % 5].id}
            proposal = _proposal(number, chance, cycle_id=cycles[number % 5], author_id=person_id, **pick)
            db.session.add(proposal)
            db.session.flush()
            if number % 5:
                db.session.add(spot(proposal, number % 7 % 5, chance))
            db.session.add_all(_life(_project(proposal, number, body_ids[number % 5]), number, person_id, chance))
        return {"area": areas[0].id, "body": slug}


def _proposal(number: int, chance: Random, **more: int) -> Proposal:
    words = {"title": said(chance, 5).capitalize(), "summary": said(chance, 60), "need": said(chance, 60)}
    facts = {"place": said(chance, 3), "stage": Stage.FUNDED, "created_at": now(), "submitted_at": now()}
    return Proposal(number=number, cost_cents=20_000_00, watches_people=False, **words, **facts, **more)


def _project(proposal: Proposal, number: int, task_force_id: int) -> Project:
    project = Project(
        cycle_id=proposal.cycle_id,
        number=number,
        proposal_id=proposal.id,
        task_force_id=task_force_id,
        title=proposal.title,
        scope=proposal.summary,
        lead="Streets",
        allocated_cents=20_000_00,
        stage=STAGES[number % 4],
        opened_at=now() - timedelta(days=200),
    )
    db.session.add(project)
    db.session.flush()
    return project


def _life(project: Project, number: int, person_id: int, chance: Random) -> Iterator[object]:
    day, is_done = now().date(), project.stage is ProjectStage.COMPLETED
    mine = {"project_id": project.id}
    for place in range(1, 6):
        due = day + timedelta(days=40 * place - 150)
        done = {"actual_on": due, "evidence": "Seen by all."} if is_done or place < 3 else {}
        moved = due + timedelta(days=chance.choice((0, 0, 20, 80)))
        yield Milestone(
            position=place, title="Lit", done_means="Lit", baseline_on=due, forecast_on=moved, **mine, **done
        )
    for week in range(12):
        words = {"what_changed": said(chance, 20), "why": said(chance, 20), "what_next": said(chance, 20)}
        yield Update(person_id=person_id, published_at=now() - timedelta(weeks=week + number % 10), **mine, **words)
    yield ProjectBalance(allocated_cents=20_000_00, committed_cents=13_000_00, spent_cents=9_100_00, **mine)
    for place in range(2):
        found = {"found_on": day - timedelta(days=60), "due_on": day + timedelta(days=chance.randrange(-5, 60))}
        told = {"title": "Storm", "description": "Storm", "cause": "Storm", "effect": "A week", "reported_at": now()}
        whose = {"neighborhood_id": project.cycle.neighborhood_id, "number": 2 * number + place, "facts": {}}
        over = {"stage": SetbackStage.RESOLVED, "acknowledged_on": day, "resolved_on": day}
        ended = over if place else {"stage": SetbackStage.REPORTED}
        yield Setback(
            source=Source.OTHER,
            root_causes=[],
            plan=0,
            reported_by_id=person_id,
            **mine,
            **whose,
            **found,
            **told,
            **ended,
        )


if __name__ == "__main__":
    overview()
