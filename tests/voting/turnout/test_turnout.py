"""Turnout: full tens while a vote is open, no cell below ten, and the exact sum at the end."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from time_machine import travel

from app.core.clock import now
from app.core.db import db, transaction
from app.voting.models import RollEntry
from app.voting.rules import Channel
from app.voting.turnout import queries, services
from app.voting.turnout.models import TurnoutHour
from app.voting.turnout.rules import Channels, Hour, by_day, cell_to_keep, cells, full_hour, told_apart
from tests import make
from tests.voting.ballots import box

NOON = datetime(2027, 5, 12, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hours(*voters: int) -> list[Hour]:
    return [Hour(until=NOON + n * HOUR, voters=each) for n, each in enumerate(voters)]


def return_paper(entries: int) -> None:
    """So many who have not voted bring back a paper ballot."""
    with transaction():
        free = sa.select(RollEntry.id).where(RollEntry.channel == Channel.NONE).limit(entries)
        found = list(db.session.scalars(free))
        paper = sa.update(RollEntry).where(RollEntry.id.in_(found))
        db.session.execute(paper.values(channel=Channel.PAPER_RETURNED))


def live_through(vote, arrivals: list[int]) -> None:
    """So many voters come in each hour; the worker looks every twenty minutes."""
    start = full_hour(now()) + timedelta(minutes=5)
    for n, voters in enumerate(arrivals):
        with travel(start + n * HOUR):
            services.keep_turnout()
            return_paper(voters)
        for minutes in (20, 40):
            with travel(start + n * HOUR + timedelta(minutes=minutes)):
                services.keep_turnout()
    with travel(start + len(arrivals) * HOUR):
        services.keep_turnout()


def test_an_hour_is_kept_once_ten_more_have_come_and_in_full_tens(app):
    vote, _roll = make.open_vote(voters=60)
    live_through(vote, [9, 0, 3, 27, 1])
    assert [each.voters for each in queries.kept_hours(vote.id)] == [10, 20, 10]
    assert queries.channels(vote.id).voters == 40


def test_the_tenth_voter_of_an_hour_is_not_given_away_by_the_time_of_a_row(app):
    vote, _roll = make.open_vote(voters=20)
    start = full_hour(now())
    with travel(start + timedelta(minutes=1)):
        services.keep_turnout()
        return_paper(9)
    with travel(start + HOUR + timedelta(minutes=1)):
        services.keep_turnout()
        return_paper(1)
    with travel(start + HOUR + timedelta(minutes=2)):
        services.keep_turnout()
        assert queries.kept_hours(vote.id) == []


def test_the_database_refuses_a_small_cell(app):
    vote, _roll = make.open_vote()
    for voters in (9, 11, 0):
        with pytest.raises(IntegrityError, match="cell_in_full_tens"), transaction():
            db.session.add(TurnoutHour(vote_id=vote.id, until=NOON, voters=voters))
            db.session.flush()


@given(st.lists(st.integers(0, 40), max_size=40), st.integers(0, 15))
def test_no_cell_shown_is_below_ten_and_the_end_is_exact(arrivals, taken_out):
    kept, voters = [], 0
    for n, came in enumerate(arrivals):
        voters += came
        tens = cell_to_keep(voters, sum(each.voters for each in kept))
        kept += [Hour(until=NOON + n * HOUR, voters=tens)] if tens else []
    assert all(each.voters % 10 == 0 for each in cells(kept, voters, ended_at=None))
    left = max(0, voters - taken_out)
    shown = cells(kept, left, ended_at=NOON + 100 * HOUR)
    assert all(each.voters >= 10 for each in shown)
    assert sum(each.voters for each in shown) == (left if left >= 10 else 0)


def test_those_who_come_last_are_added_to_the_last_line():
    end = NOON + 9 * HOUR
    assert cells(hours(10, 20), 33, ended_at=end) == [*hours(10), Hour(until=end, voters=23)]


@pytest.mark.parametrize(
    ("online", "paper", "is_open", "shown"),
    [
        (37, 12, True, (30, 10)),
        (37, 12, False, (37, 12)),
        (37, 9, True, None),
        (37, 9, False, None),
        (37, 0, False, None),
        (4, 80, False, None),
    ],
)
def test_channels_are_told_apart_only_if_both_are_ten_or_more(online, paper, is_open, shown):
    found = told_apart(Channels(online=online, paper=paper), is_open=is_open)
    assert (found and (found.online, found.paper)) == shown


def test_who_was_handed_a_paper_ballot_counts_by_what_came_in(app):
    vote, [ada, ben] = make.open_vote(voters=2)
    make.cast(vote, ada, [1])
    with transaction():
        db.session.execute(sa.update(RollEntry).values(channel=Channel.PAPER_ISSUED))
    assert queries.channels(vote.id) == Channels(online=1, paper=0)


def test_many_hours_are_drawn_by_the_day():
    drawn = by_day(hours(*[10] * 30), timedelta(0))
    assert [each.voters for each in drawn] == [130, 170]


def test_the_page_shows_tens_while_open_and_all_afterwards(app, browser):
    vote, roll = make.open_vote(voters=40)
    for voter in Random(1).sample(roll, 13):
        make.cast(vote, voter, [1])
    live_through(vote, [14])
    page = browser.open(f"/turnout/{vote.cycle_id}")
    assert "At least 20 people have voted. 40 people are on the roll." in page.text
    assert "10 online, 10 on paper" in page.text
    box.close(vote.cycle_id)
    page = browser.open(f"/turnout/{vote.cycle_id}")
    assert "27 people have voted" in page.text and "13 online, 14 on paper" in page.text


def test_the_page_of_a_young_vote_has_no_number(app, browser):
    vote, [voter] = make.open_vote()
    make.cast(vote, voter, [1])
    page = browser.open(f"/turnout/{vote.cycle_id}")
    assert "Fewer than 10 people have voted so far. 1 person is on the roll." in page.text and page.all("table") == []


def test_there_is_no_turnout_before_the_opening(app, browser):
    assert browser.open(f"/turnout/{make.fixed_vote().cycle_id}").status == 404
