"""A lamp is late: no new day without a reason, day 14 opens a setback, both sides plan, the other side verifies."""

from datetime import timedelta

from app.core.clock import at, now, today
from app.taskforces.clocks.services import leave_days
from app.taskforces.seats.rules import Side
from tests import make
from tests.browser import Browser
from tests.mailbox import Mailbox
from tests.taskforces.setbacks.days import expect

WHY = "The maker has closed. Another one can deliver the six lamps, but four weeks later than the first had promised."
SEEN = "We walked the lane at seven in the evening: all six lamps were lit, and nobody needed a torch any more."
STEP = "Order from the second maker, with two people who compare the order with the drawing."


class Lane:
    """A project with a lamp promised for today, its two chairs, and anybody's browser."""

    def __init__(self, app):
        body = make.task_force()
        self.project = make.project(body=body)
        expect(self.project, today())
        self.people = {side: make.account(make.co_chair(body, side)) for side in Side}
        self.app, self.mailbox, self.public = app, Mailbox(app), Browser(app)

    def as_chair(self, side, path):
        return Browser(self.app).sign_in(self.people[side]).open(path)

    def night(self):
        """The clocks of a day run, and its mail is sent."""
        leave_days()
        return [mail.subject for mail in self.mailbox.all()]

    def open(self):
        page = self.public.open("/setbacks/")
        assert "S-001" in page.text
        return page.follow("Late without an explanation: Lamps lit")


def refused_without_a_reason(lane):
    page = lane.as_chair(Side.INSTITUTION, f"/projects/{lane.project.id}").follow("Change the forecast: Lamps lit")
    later = (today() + timedelta(days=28)).isoformat()
    page = page.press("Publish the new forecast", new_on=later, reason="supplier", explanation="Late.")
    assert "Please write at least 40 characters" in page.text and page.one("textarea", name="explanation") == "Late."


def acknowledged_and_analysed(lane, path):
    page = lane.as_chair(Side.COMMUNITY, path).follow("Acknowledge it")
    assert "Fourteen days later nobody had said why" in page.one("textarea", name="description")
    page = page.press("Acknowledge it", effect="The lane is dark for four weeks more.", severity="serious")
    page = page.follow("Say what caused it")
    return page.press("Make it public", cause=WHY, evidence=WHY, root_causes=["supplier"], days="28", people="240")


def planned_by_both(lane, page):
    due, check = ((today() + timedelta(days=days)).isoformat() for days in (20, 30))
    first = {"actions__0__step": STEP, "actions__0__owner": "City streetlight division", "actions__0__evidence": WHY}
    page = page.follow("Plan what is done").press(
        "Put it before both sides", actions__0__due_on=due, check_on=check, **first
    )
    path = page.path
    page.press("Sign", verdict="approve")
    assert "Signed by both sides" in lane.as_chair(Side.INSTITUTION, path).press("Sign", verdict="approve").text


def corrected_and_verified(lane, path):
    page = lane.as_chair(Side.INSTITUTION, path).press(f"It has begun {STEP}").follow(f"It is done: {STEP}")
    assert "Verify it" not in page.press("Say that it is done", claim=SEEN).text
    page = lane.as_chair(Side.COMMUNITY, path).follow(f"Verify it: {STEP}")
    page = page.press("Make it public", finding="corrected", found=SEEN)
    page.follow("Measure whether it helped").press("Make it public", measured=SEEN, helped="yes")
    lane.as_chair(Side.INSTITUTION, path).press("Agree: it is resolved")


def test_a_late_lamp(app):
    lane = Lane(app)
    refused_without_a_reason(lane)
    with at(now() + timedelta(days=7)):
        assert lane.night() == ["No explanation yet: Lamps lit"] * 2
        assert "No explanation yet" in lane.public.open(f"/projects/{lane.project.id}").text
    with at(now() + timedelta(days=14)):
        assert lane.night()[2:] == ["Setback S-001: please look at it"] * 2
        page = lane.open()
        assert "the setback opened by itself (rule 19)" in page.text
        planned_by_both(lane, acknowledged_and_analysed(lane, page.path))
    with at(now() + timedelta(days=30)):
        corrected_and_verified(lane, page.path)
    told = lane.open()
    assert "It helped" in told.text and SEEN in told.text and "Resolved on" in told.text
