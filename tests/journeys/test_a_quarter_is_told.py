"""A quarter is told: what is late gets its reason, both sides are asked to sign, one is silent, and it comes out."""

from datetime import timedelta

from app.core import jobs
from app.core.access import Role
from app.core.clock import at, now, today
from app.reports import queries as reports
from app.reports.progress.promises.rules import quarter_of
from app.reports.rules import EditionStage
from app.taskforces.clocks.services import leave_days
from app.taskforces.seats.rules import Side
from tests import make
from tests.browser import Browser
from tests.reports import printing, reading
from tests.reports.progress.quarter import LINE, WHY_LATE
from tests.taskforces.setbacks.days import late

PROMISE = "We ask residents where the crossing is to be."


class Town:
    """A task force with a late project, its two chairs, and the clerk."""

    def __init__(self, app):
        self.app, self.body = app, make.task_force()
        self.project = late(self.body, 10)
        self.people = {side: make.account(make.co_chair(self.body, side)) for side in Side}
        self.clerk = make.person(roles=(Role.CLERK,))
        first = quarter_of(today()).first_on
        self.publishing = f"/reports/publish/progress/{self.body.id}?first={first}"
        self.promises = f"/reports/promises/{self.body.slug}?first={first}"

    def chair(self, side=Side.COMMUNITY):
        return Browser(self.app).sign_in(self.people[side])


def the_clerk_is_told_what_is_missing(town):
    page = Browser(town.app).sign_in(town.clerk).open(town.publishing)
    assert "(Rule 24)" in page.text and "Freeze the figures" not in page.text


def the_co_chair_puts_it_right(town):
    chair = town.chair()
    page = chair.open(f"/projects/{town.project.id}").follow("Change the forecast: Lamps lit")
    new_on = (today() + timedelta(days=20)).isoformat()
    page.press("Publish the new forecast", new_on=new_on, reason="supplier", explanation=WHY_LATE)
    assert PROMISE in chair.open(town.promises).press("Promise it", text=PROMISE).text


def the_clerk_puts_it_before_both(town):
    page = Browser(town.app).sign_in(town.clerk).open(town.publishing)
    page = page.press("Freeze the figures and ask both co-chairs to sign", languages=["en"])
    jobs.run_waiting()
    return int(page.path.rsplit("/", 1)[1])


def one_side_signs(town, edition_id):
    page = town.chair().open(f"/reports/{edition_id}")
    assert "A draft: not for citation" in page.text and WHY_LATE in page.text
    page = page.follow("Who has signed, and where to sign").press("Sign", verdict="approve")
    assert "You have signed" in page.text


def test_a_silent_side_does_not_hold_the_report_back(app, prints):
    town = Town(app)
    the_clerk_is_told_what_is_missing(town)
    the_co_chair_puts_it_right(town)
    edition_id = the_clerk_puts_it_before_both(town)
    one_side_signs(town, edition_id)
    due_on = reports.detail(edition_id).due_on
    with at(now() + timedelta(days=(due_on - today()).days + 1)):
        leave_days()
        jobs.run_waiting()
        jobs.run_waiting()  # what the clocks have left
    edition = reports.detail(edition_id)
    assert edition.row.stage is EditionStage.PUBLISHED
    paper = reading.paper(printing.pdf_of(edition_id))
    missing = f"No signature received by {due_on:%b} {due_on.day}, {due_on.year}."
    for said in (missing, "No statement received.", WHY_LATE, PROMISE, "Published, edition 1"):
        assert paper.says(said), said
    assert reading.problems(paper, title="Progress report") == []
    assert missing in Browser(app).open(f"/reports/{edition_id}").text and LINE not in paper.text
