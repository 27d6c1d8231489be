"""R7 says where money went that a project no longer has, and what is late in which way."""

from types import SimpleNamespace as Told

from app.places.models import Neighborhood
from app.reports.progress import words
from app.reports.progress.money import queries as money
from app.reports.progress.promises.rules import quarter_of
from app.taskforces.projects import queries as projects
from app.taskforces.spending.rules import EntryKind
from tests.reports.money import year


def test_every_change_since_the_vote_is_told_and_adds_up(app):
    neighborhood_id, *_ids = year.lived()
    cards = projects.everything(Neighborhood.id == neighborhood_id)
    with year.afterwards():
        told = money.money(cards, quarter_of(year.noon(4, 1).date()), year.noon(4, 30).date())
    kinds = [row.kind for row in told.changes]
    assert kinds == [EntryKind.REALLOCATE_OUT, EntryKind.REALLOCATE_IN, EntryKind.RETURN_TO_POT]
    assert sum(row.amount_cents for row in told.changes) == told.total.changed_cents == -500_00
    assert all(row.why and row.project_code for row in told.changes)


def test_what_is_late_is_not_what_will_be_and_not_what_is_said_to_be_done():
    rows = [Told(timing=timing) for timing in ("late", "expected_late", "expected_late", "claimed", "done", "ahead")]
    found = words.behind(Told(projects=[Told(milestones=rows[:3]), Told(milestones=rows[3:])]))
    assert (found.past, found.later, found.said) == (1, 2, 1)


def test_a_milestone_that_one_side_says_is_done_is_not_expected_any_more(app):
    with app.test_request_context():
        assert words.end_of(Told(stage="claimed", actual_on=None)) == "said to be done"
