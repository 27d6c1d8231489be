"""One side claims, the other looks: nobody verifies what they claimed, and lateness stops on the day it was done."""

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from app.core import files
from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.taskforces.projects.claims import policies, queries, services
from app.taskforces.projects.claims.models import MilestoneClaim
from app.taskforces.projects.models import Milestone
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.rules import MilestoneStage, Timing, Who
from app.taskforces.seats.rules import SeatKind, Side
from tests import make
from tests.taskforces.projects import steps
from tests.taskforces.projects.steps import LONG


@pytest.fixture
def claimed(app):
    """A project whose first milestone the community's side has claimed done, and both co-chairs."""
    project, ada, bo = steps.chaired()
    claim(project, ada)
    return project, ada, bo


def claim(project, by, on=None, evidence=LONG):
    command = services.ClaimDone(actual_on=on or today(), evidence=evidence)
    return services.claim(project.id, project.milestones[0].id, command, by=by)


def code_of(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code, refused.value.field


def standing(project):
    return promises.milestones(project.id, today())[0]


def test_what_is_claimed_is_not_done_before_the_other_side_has_looked(claimed):
    project, _ada, bo = claimed
    assert (standing(project).stage, standing(project).actual_on) == (MilestoneStage.CLAIMED, None)
    services.verify(project.id, project.milestones[0].id, "", by=bo)
    row = standing(project)
    assert (row.stage, row.actual_on, row.evidence) == (MilestoneStage.DONE, today(), LONG)


def test_lateness_stops_on_the_day_that_was_claimed_and_verified(app):
    project, ada, bo = steps.chaired()
    with transaction():
        db.session.get(Milestone, project.milestones[0].id).baseline_on = today() - timedelta(days=30)
    claim(project, ada, on=today() - timedelta(days=27))
    assert (standing(project).timing, standing(project).days_late) == (Timing.CLAIMED, 3)
    services.verify(project.id, project.milestones[0].id, "", by=bo)
    assert promises.milestones(project.id, today() + timedelta(days=90))[0].days_late == 3


def own_side_is_refused(project, *own):
    for who in own:
        for verb in (services.verify, services.send_back):
            assert code_of(lambda who=who, verb=verb: verb(project.id, project.milestones[0].id, LONG, by=who))[0] == (
                "rule_20"
            )


def test_nobody_verifies_what_their_own_side_has_claimed(claimed):
    own_side_is_refused(claimed[0], claimed[1])


def test_the_check_notices_when_a_side_may_verify_itself(claimed, monkeypatch):
    monkeypatch.setattr(policies, "hand", lambda *_, **__: Who.OTHER_CHAIR)
    with pytest.raises((pytest.fail.Exception, sa.exc.IntegrityError)):
        own_side_is_refused(claimed[0], claimed[1])


def test_the_database_lets_no_side_answer_its_own_claim(claimed):
    own = {"finding": "verified", "answered_side": "community", "answered_by_id": claimed[2].id}
    with pytest.raises(sa.exc.IntegrityError, match="answered_by_the_other_side"), transaction():
        db.session.execute(sa.update(MilestoneClaim).values(own | {"answered_at": now()}))


@pytest.mark.parametrize("kind", [SeatKind.MEMBER, SeatKind.OBSERVER])
def test_others_neither_claim_nor_verify(claimed, kind):
    project, who = claimed[0], make.seated(claimed[0].task_force, kind, Side.INSTITUTION)
    for act in (
        lambda: claim(project, who),
        lambda: services.verify(project.id, project.milestones[0].id, "", by=who),
        lambda: services.send_back(project.id, project.milestones[0].id, LONG, by=who),
    ):
        with pytest.raises(NoStanding):
            act()


def test_what_is_sent_back_with_its_reason_can_be_claimed_again(claimed):
    project, ada, bo = claimed
    milestone = project.milestones[0].id
    assert code_of(lambda: services.send_back(project.id, milestone, "No.", by=bo)) == ("too_short", "answer")
    services.send_back(project.id, milestone, LONG, by=bo)
    assert standing(project).stage is MilestoneStage.RETURNED
    claim(project, ada)
    assert [each.number for each in queries.claims(project.id)[milestone]] == [2, 1]


def test_a_claim_needs_a_day_that_has_come_and_words_and_waits_alone(claimed):
    fresh, ada, _bo = steps.chaired()
    assert code_of(lambda: claim(fresh, ada, on=today() + timedelta(days=1))) == ("in_the_future", "actual_on")
    assert code_of(lambda: claim(fresh, ada, evidence="Looks fine.")) == ("too_short", "evidence")
    assert code_of(lambda: claim(claimed[0], claimed[1]))[0] == "is_claimed"


def test_what_waits_is_told_for_the_other_side_with_its_day(claimed):
    [waits] = queries.waiting([claimed[0].task_force_id])
    assert (waits.side, waits.milestone) == (Side.INSTITUTION, "Lamps lit") and waits.due_on > today()


def picture():
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "orange").save(drawn, "JPEG")
    return drawn


def test_a_picture_is_shown_with_its_words_and_only_by_the_side_that_claims(claimed, browser):
    project, ada, bo = claimed
    milestone = project.milestones[0].id
    shown = services.AddEvidence(file=BytesIO(picture().getvalue()), words="Six lamps at dusk")
    assert code_of(lambda: services.show(project.id, milestone, shown, key="a", by=bo))[0] == "no_claim"
    bad = services.AddEvidence(file=BytesIO(b"<html>"), words="A page")
    assert code_of(lambda: services.show(project.id, milestone, bad, key="b", by=ada))[1] == "file"
    evidence = services.show(project.id, milestone, shown, key="c", by=ada)
    page = browser.open(f"/projects/{project.id}")
    address = f"/evidence/{evidence}/picture.jpg"
    assert page.all("img", alt="Six lamps at dusk")[0].get("src") == f"/projects/{project.id}{address}"
    assert browser.open(f"/projects/{make.project().id}{address}").status == 404


def test_a_file_without_its_row_is_removed_and_one_with_it_stays(claimed):
    project, ada, _bo = claimed
    shown = services.AddEvidence(file=picture(), words="Six lamps at dusk")
    services.show(project.id, project.milestones[0].id, shown, key="c", by=ada)
    with files.draft(f"evidence/{project.id}-left", b"left over") as digest:
        pass
    services.clear_left()
    assert files.drafts("evidence") == []
    with pytest.raises(files.MissingFile):
        files.load(digest)
    assert files.load(db.session.scalar(sa.text("SELECT digest FROM claim_evidence")))


def test_the_other_side_looks_on_its_page_and_says_what_is_missing(claimed, browser):
    project, _ada, bo = claimed
    page = browser.sign_in(make.account(bo)).open(f"/projects/{project.id}")
    look = page.follow("Look whether it is done: Lamps lit")
    short = look.press("Publish what we found", finding="returned", answer="One is dark.")
    assert "at least 40 characters" in short.text and short.one("textarea", name="answer") == "One is dark."
    assert "Sent back by the other side" in look.press("Publish what we found", finding="returned", answer=LONG).text
