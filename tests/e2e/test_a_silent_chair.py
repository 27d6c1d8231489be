"""A co-chair stays silent: what was written is public by itself, what was to be signed does not happen."""

from datetime import timedelta

import pytest

from app.core.db import db
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.signing import queries as agreements
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.commitments import services as commitments
from app.taskforces.updates.drafts import services as drafts
from tests import make
from tests.e2e.hands import Keyboard, Mouse
from tests.sizes import size

HANDS = size(commit=Mouse, night=Keyboard)
WHERE = size(commit=["sqlite"], night=["sqlite", "postgresql"])
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.soak,
    pytest.mark.parametrize("app", WHERE, indirect=True),
]
TOLD = {"what_changed": "The poles are up.", "why": "The crane came at last.", "what_next": "Lamps come next."}
A_DAY = timedelta(days=1)


class Lane:
    """A project of which the community's chair has heard nothing yet; an update and a contract wait for a word."""

    def __init__(self):
        body = make.task_force()
        self.silent, self.other = (make.co_chair(body, side) for side in Side)
        project, member = make.project(body=body), make.seated(body, SeatKind.MEMBER)
        self.project, self.ledger = f"/projects/{project.id}", f"/projects/ledger/{project.cycle_id}"
        draft = drafts.begin(project.id, drafts.SaveDraft(**TOLD), by=member)
        self.update_due = drafts.hand_in(draft.id, by=member).due_on
        lamps = {"counterparty": "Lux Ltd", "amount_cents": 12_000_00, "purpose": "Six lamps", "paper": make.paper()}
        waits = commitments.promise(project.id, commitments.PromiseMoney(**lamps), key="lamps", by=self.other)
        self.agreement, self.contract_due = f"/agreements/{waits}", agreements.agreement(waits).due_on
        self.cycle_id = project.cycle_id

    def books(self):
        """How many entries the ledger has, its head, and what it has promised."""
        db.session.rollback()
        found = chain.checked(self.cycle_id)
        promised = sum(each.committed_cents for each in chain.replayed(self.cycle_id).projects.values())
        return found.entries, found.head, promised, found.holds


def one_side_signs(chair, lane):
    assert "Signature missing" in chair.open(lane.agreement)
    chair.hands.choose("verdict", "approve")
    assert "You have signed. The other side is asked to." in chair.press("Sign")


def warned(calendar, walker, chair):
    """What the silent chair reads in the evening, before going to bed."""
    with calendar.then():
        page = walker(chair, HANDS).open("/task-forces/mine")
    assert "If nothing is done today, everybody sees tomorrow:" in page
    return page.partition("everybody sees tomorrow:")[2].partition("What has waited")[0]


def test_a_co_chair_stays_silent(app, walker, calendar):
    lane = Lane()
    before, anybody = lane.books(), walker(None, HANDS)
    money = anybody.open(lane.ledger)
    one_side_signs(walker(lane.other, HANDS), lane)

    calendar.pass_to(lane.update_due - A_DAY)
    assert "It is published without a co-chair's name, and says so." in warned(calendar, walker, lane.silent)
    assert TOLD["what_changed"] not in anybody.open(lane.project)
    calendar.pass_to(lane.update_due)
    page = anybody.open(lane.project)
    assert TOLD["what_changed"] in page and "Without the signature of a co-chair" in page
    assert "Neither co-chair published it or sent it back by its due date" in page

    assert "It expires, and the page says which side did not sign." in warned(calendar, walker, lane.silent)
    calendar.pass_to(lane.contract_due + A_DAY)
    page = anybody.open(lane.agreement)
    assert "Expired: not everybody signed in time" in page and "Community side Signature missing" in page
    assert "It did not happen. Nothing was changed, promised or paid" in page
    assert "Signature missing: Community side" in anybody.open(f"/agreements{lane.project}")
    assert anybody.open(lane.ledger) == money and lane.books() == before
