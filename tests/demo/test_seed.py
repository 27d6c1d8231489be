"""The demo is what its sign-in page promises, the same every time, on both databases."""

import shutil
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from app import create_app
from app.accounts.models import Residence
from app.accounts.queries import demo_people
from app.audit.queries import first_break
from app.config import Settings
from app.core.db import db
from app.cycles.models import Cycle
from app.cycles.rules import Stage
from app.demo import people, rounds, seed
from app.demo.texts import riverside as riverside_texts
from app.proposals.models import Proposal
from app.reports.models import Edition
from app.reports.rules import EditionStage
from app.taskforces.models import TaskForce
from app.taskforces.projects import queries as projects
from app.taskforces.projects.rules import Status
from app.voting.models import Option, Vote
from tests.browser import Browser

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


@pytest.fixture
def riverside(app, seeded, tmp_path, monkeypatch):
    """The demo: on SQLite the one that `flask ready` has made for other tests too."""
    if db.engine.dialect.name == "postgresql":
        monkeypatch.setitem(app.config, "DEMO", True)
        seed.seed()
        yield app
        return
    there = Path(shutil.copytree(seeded, tmp_path / "data"))
    url = f"sqlite:///{there / 'lamplight.sqlite3'}"
    site = create_app(Settings(secret_key="test", database_url=url, data_dir=there, demo=True, testing=True))
    with site.app_context():
        yield site
        db.session.remove()
        db.engine.dispose()


def many(model, *conditions) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*conditions)) or 0


def test_riverside_has_what_was_promised(riverside):
    assert many(TaskForce) == 3 and many(Residence, Residence.stage == "verified") == 900
    newest = db.session.scalars(sa.select(Vote).join(Cycle).where(Cycle.stage == Stage.VOTING)).one()
    assert many(Option, Option.vote_id == newest.id) == 24
    assert {s for s in db.session.scalars(sa.select(Cycle.stage))} == {Stage.CLOSED, Stage.DELIVERING, Stage.VOTING}
    assert many(Edition, Edition.stage == EditionStage.PUBLISHED) == 5 and first_break() is None
    assert many(Proposal, Proposal.stage.in_(("withdrawn", "not_feasible", "needs_changes"))) == 4
    told = {card.title: card.verdict.status for card in projects.everything()}
    assert told["Lamps on Mill Lane"] is Status.COMPLETED and Status.OFF_TRACK in told.values()
    assert len(demo_people()) >= 12
    assert [path for path in LISTS if Browser(riverside).open(path).status != 200] == []


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
