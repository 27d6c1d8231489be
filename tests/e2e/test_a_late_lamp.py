"""A lamp is late: no new day without a reason, a setback that opens by itself, and two sides until it is lit."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.clock import today
from app.core.db import db
from app.taskforces.setbacks import services as setbacks
from app.taskforces.setbacks.models import Setback
from app.taskforces.setbacks.services import Analyse
from tests.e2e.hands import Keyboard, Mouse
from tests.sizes import size
from tests.taskforces.setbacks.days import expect
from tests.taskforces.setbacks.story import CAUSE, Story

HANDS = size(commit=Mouse, night=Keyboard)
WHERE = size(commit=["sqlite"], night=["sqlite", "postgresql"])
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.soak,
    pytest.mark.parametrize("app", WHERE, indirect=True),
]
SEEN = "We walked the lane at seven in the evening: all six lamps were lit, and nobody needed a torch any more."
TOO_SHORT = "Please write at least 40 characters"
A_DAY = timedelta(days=1)


class Lane(Story):
    """A project with a lamp promised for today, its two chairs, and what opens about it by itself."""

    def __init__(self):
        super().__init__()
        self.promised, self.path = today(), f"/projects/{self.project.id}"
        expect(self.project, self.promised)

    def agree_on_a_plan(self):
        """What the two did together: they said what happened and why, and signed what is done about it."""
        self.id = db.session.scalars(sa.select(Setback.id)).one()
        self.acknowledge(self.ada)
        setbacks.analyse(self.id, Analyse(**CAUSE), by=self.ada)
        self.sign(self.plan())


def refused_without_a_reason(chair, lane):
    """The error stands at the field, which keeps what was written."""
    chair.open(lane.path)
    chair.follow("Change the forecast: Lamps lit")
    chair.hands.set_day("new_on", lane.promised + 28 * A_DAY)
    chair.hands.fill("Explain it to residents", "Late.")
    assert TOO_SHORT in chair.press("Publish the new forecast")
    field = chair.hands.page.get_by_label("Explain it to residents", exact=True)
    assert "explanation-error" in field.get_attribute("aria-describedby").split()
    assert TOO_SHORT in chair.hands.page.locator("#explanation-error").inner_text()
    assert field.input_value() == "Late."


def opened_by_itself(anybody):
    anybody.open("/setbacks/")
    page = anybody.follow("Late without an explanation: Lamps lit")
    assert "the setback opened by itself (rule 19)" in page


def corrected(mine, theirs, lane):
    """One side says that the step is done, the other looks."""
    step, path = "Rent another crane", f"/setbacks/{lane.id}"
    mine.open(path)
    mine.press(f"It has begun {step}")
    mine.follow(f"It is done: {step}")
    mine.hands.fill("How can anybody see that it is done?", SEEN)
    assert "Verify it" not in mine.press("Say that it is done")
    theirs.open(path)
    theirs.follow(f"Verify it: {step}")
    theirs.hands.choose("finding", "corrected")
    theirs.hands.fill("What did you see, and when?", SEEN)
    assert "It is corrected" in theirs.press("Make it public")


def lit(mine, theirs, lane):
    """One side says that the lamps are lit, the other looks from its evening page."""
    mine.open(lane.path)
    mine.follow("Mark done: Lamps lit")
    mine.hands.fill("How can anybody see it?", SEEN)
    mine.press("It is done")
    assert "Look whether it is done" not in mine.open(lane.path)
    theirs.open("/task-forces/mine")
    theirs.follow(f"The other side says that it is done: look, and verify it: {lane.project.title}, Lamps lit")
    theirs.hands.choose("finding", "verified")
    theirs.press("Publish what we found")


def test_a_late_lamp(app, walker, calendar):
    lane, anybody = Lane(), walker(None, HANDS)
    refused_without_a_reason(walker(lane.bo, HANDS), lane)
    calendar.pass_to(lane.promised + 7 * A_DAY)
    assert "No explanation yet" in anybody.open(lane.path)
    calendar.pass_to(lane.promised + 14 * A_DAY)
    opened_by_itself(anybody)
    with calendar.then():
        lane.agree_on_a_plan()
        mine, theirs = walker(lane.bo, HANDS), walker(lane.ada, HANDS)
    corrected(mine, theirs, lane)
    lit(mine, theirs, lane)
    calendar.pass_to(lane.promised + 60 * A_DAY)
    page = anybody.open(lane.path)
    assert "14 days late" in page and "No explanation yet" not in page and f"How we know: {SEEN}" in page
