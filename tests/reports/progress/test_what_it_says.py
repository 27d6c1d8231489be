"""What a progress report says of its money and of a project that rests, from figures of today and from older ones."""

from datetime import date
from types import SimpleNamespace as Told

import pytest

from app.reports.progress import words

MONTHS = (Told(month_on=date(2026, 10, 1)), Told(month_on=date(2026, 11, 1)))
OPEN = Told(unexplained_cents=24000, months_missing=MONTHS[1:], months_changed=())
SINCE = "Lane: reconciled with the council’s books for this quarter. Paid since then, and in the sums above, too: "


@pytest.mark.parametrize(
    ("is_final", "more", "said"),
    [
        (True, {}, "Lane: reconciled with the council’s books for this quarter."),
        (True, {"since": None}, "Lane: reconciled with the council’s books for this quarter."),
        (True, {"since": OPEN}, SINCE + "$240 is not explained; not yet compared: November 2026."),
        (False, {"months_missing": MONTHS}, "Lane: unreconciled (not yet compared: October 2026, November 2026)."),
        (False, {"months_changed": MONTHS[:1]}, "Lane: unreconciled (changed since they were compared: October 2026)."),
    ],
)
def test_the_books_are_told_for_the_quarter_and_for_what_was_paid_since(app, is_final, more, said):
    row = Told(**{"cycle": "Lane", "is_final": is_final, "unexplained_cents": 0, "months_missing": ()} | more)
    with app.test_request_context():
        assert words.books(row, "USD") == said
        assert words.is_open_since(Told(books=(row,))) is ("Paid since" in said)


def test_a_project_that_rests_says_since_when_and_why_and_one_of_older_figures_nothing(app):
    resting = Told(begun_on=date(2026, 11, 15), restart_on=date(2026, 12, 27), reason="Our nurse is ill.")
    with app.test_request_context():
        said = words.pause(Told(pause=resting))
        assert "November 15, 2026" in said and "December 27, 2026" in said and said.endswith("Why: Our nurse is ill.")
        assert words.pause(Told()) == words.pause(Told(pause=None)) == ""
