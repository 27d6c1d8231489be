"""The demo is what its sign-in page promises, the same when lived again on the other database, and safe for people."""

import shutil
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from app import create_app
from app.accounts.models import Person, Residence
from app.accounts.queries import demo_people
from app.audit.models import AuditEntry
from app.audit.queries import first_break
from app.config import Settings
from app.core.db import db
from app.cycles.models import Cycle
from app.cycles.rules import Stage
from app.demo import people, rounds, seed
from app.demo.texts import riverside as riverside_texts
from app.proposals.models import Proposal
from app.reports.models import Edition
from app.reports.rules import EditionStage, ReportKind
from app.taskforces.models import TaskForce
from app.taskforces.projects import queries as projects
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.rules import ProjectStage, Status
from app.voting.models import Option, Vote
from tests import make
from tests.browser import Browser
from tests.paper import paper_press
from tests.postgres import server_or_skip, throwaway_cluster

pytestmark = pytest.mark.slow
LISTS = [
    "/",
    "/cycles/",
    "/proposals/",
    "/results/",
    "/projects/",
    "/reports/",
    "/task-forces/",
    "/status",
    "/sign-in",
]


def site(url, data_dir):
    return create_app(Settings(secret_key="test", database_url=url, data_dir=data_dir, demo=True, testing=True))


@pytest.fixture(scope="module")
def seeded_site(seeded, tmp_path_factory):
    """The demo that `flask ready` has made for other tests too."""
    there = Path(shutil.copytree(seeded, tmp_path_factory.mktemp("demo") / "data"))
    return site(f"sqlite:///{there / 'lamplight.sqlite3'}", there)


@pytest.fixture(scope="module")
def seeded_again(tmp_path_factory):
    """The other database, on which somebody has done something, made the demo anew."""
    server_or_skip()
    with throwaway_cluster() as url:
        again = site(url, tmp_path_factory.mktemp("again"))
        with again.app_context():
            upgrade()
            make.neighborhood(name="Not the demo's")
            with paper_press():  # the other demo was printed
                done = again.test_cli_runner().invoke(args=["demo", "reseed", "--yes"])
            assert done.exit_code == 0, done.output
            db.session.remove()
        yield again
        with again.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(params=["seeded_site", "seeded_again"])
def riverside(request):
    """The demo on each database."""
    lived = request.getfixturevalue(request.param)
    with lived.app_context():
        yield lived
        db.session.remove()


def many(model, *conditions) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*conditions)) or 0


def test_riverside_has_what_was_promised(riverside):
    assert many(TaskForce) == 3 and many(Residence, Residence.stage == "verified") == 900
    newest = db.session.scalars(sa.select(Vote).join(Cycle).where(Cycle.stage == Stage.VOTING)).one()
    assert many(Option, Option.vote_id == newest.id) == 24
    assert {s for s in db.session.scalars(sa.select(Cycle.stage))} == {Stage.CLOSED, Stage.DELIVERING, Stage.VOTING}
    built = many(Project, Project.stage == ProjectStage.COMPLETED)
    told = many(Edition, Edition.stage == EditionStage.PUBLISHED, Edition.kind == ReportKind.COMPLETION)
    assert built == 6 and told == built + 1, "each with its report, and one anew since residents were heard"
    assert many(Edition, Edition.stage == EditionStage.PUBLISHED) == told + 5 and first_break() is None
    assert many(Proposal, Proposal.stage.in_(("withdrawn", "not_feasible", "needs_changes"))) == 4
    told = {card.title: card.verdict.status for card in projects.everything()}
    assert told["Lamps on Mill Lane"] is Status.COMPLETED and Status.OFF_TRACK in told.values()
    assert len(demo_people()) >= 12
    assert [path for path in LISTS if Browser(riverside).open(path).status != 200] == []


def told(lived):
    """What was decided, promised and who lives there, with its days."""
    queries = (
        sa.select(Cycle.name, Proposal.title, Proposal.stage, Proposal.cost_cents).join(Cycle),
        sa.select(Project.title, Project.stage, Milestone.title, Milestone.baseline_on, Milestone.actual_on).join(
            Project
        ),
        sa.select(Person.public_name, Person.email),
    )
    with lived.app_context():
        return [sorted(map(str, db.session.execute(query))) for query in queries]


def test_riverside_lived_again_on_the_other_database_is_the_same(seeded_site, seeded_again):
    assert told(seeded_again) == told(seeded_site)
    with seeded_again.app_context():
        moments = list(db.session.scalars(sa.select(AuditEntry.recorded_at).order_by(AuditEntry.sequence)))
        said = seeded_again.test_cli_runner().invoke(args=["demo", "status"]).output
    assert moments == sorted(moments), "the log tells the past in its order"
    assert "open until" in said


def test_the_same_people_have_the_same_names_and_tastes():
    def lived() -> tuple[list[tuple[str, str]], list[list[str]]]:
        on_ballot = riverside_texts()["now"]["proposals"][:24]
        names = list(people.names(Random("Riverside"), 50))
        random = Random("tastes")
        return names, [[told["title"] for told in rounds.tastes(on_ballot, random)] for _ in range(50)]

    assert lived() == lived()


def test_a_site_that_is_not_the_demo_is_left_alone(app):
    with pytest.raises(seed.NotTheDemo):
        seed.seed()
    with pytest.raises(seed.NotTheDemo):
        seed.empty()
    refused = app.test_cli_runner().invoke(args=["demo", "reseed", "--yes"])
    assert refused.exit_code == 1 and "not in demo mode" in refused.output
