"""Where the ballots of a runoff went: all of them are drawn and told, and what nobody could read is not drawn."""

from app.reports.results.transfers.pages import MOST_COUNTS, MOST_PROJECTS, transfers
from app.voting.counting.rounds import Runoff, Tally


def runoff(*tallies):
    return Runoff(number=1, left_cents=100, tallies=tallies, winner=1)


FIRST = Tally(votes=((1, 63), (2, 65), (3, 58)), exhausted=54, eliminated=3)
SECOND = Tally(votes=((1, 81), (2, 76)), exhausted=83, eliminated=None)
TITLES = {1: "Somebody to talk to", 2: "Two crossings", 3: "Two crossings"}


def test_what_went_on_is_all_that_the_project_that_was_out_had(app):
    with app.test_request_context():
        found = transfers(runoff(FIRST, SECOND), TITLES)
    assert found is not None and "<title>" in found.chart
    assert sorted(int(row[2]) for row in found.table.rows) == [11, 18, 29] and 11 + 18 + 29 == 58


def test_a_runoff_of_one_count_or_too_many_projects_is_left_to_its_tables(app):
    many = Tally(votes=tuple((n, 5) for n in range(1, MOST_PROJECTS + 2)), exhausted=0, eliminated=1)
    titles = {n: str(n) for n in range(1, 20)}
    with app.test_request_context():
        assert transfers(runoff(SECOND), TITLES) is None
        assert transfers(runoff(many, SECOND), titles) is None
        assert transfers(runoff(*[FIRST] * MOST_COUNTS, SECOND), TITLES) is None
