"""T8: what comes in time is decided by the database's clock, whatever the app's shows; a wrong clock is noticed."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from app.core import clock
from app.core.clock import now
from app.core.databases import durability
from app.core.databases.durability import ClockFault, ClockWentBack, clock_problems, keep_time, time_file
from app.core.db import db
from app.core.errors import DomainError
from app.voting.ballots import queries as ballot_queries
from app.voting.board.rules import ActKind
from app.voting.readiness.words import clock_sentences, how_long
from tests import make
from tests.sizes import size
from tests.voting.readiness.clocks import Case, hall, wrong_decisions

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
PLAIN = datetime(2027, 5, 12, 20, 0, tzinfo=UTC)
DST_BEGINS = datetime(2027, 3, 14, 7, 0, tzinfo=UTC)  # 2:00 in New York, which does not exist that day
DST_ENDS = datetime(2027, 11, 7, 6, 0, tzinfo=UTC)  # 1:00 in New York, for the second time
LEAP_DAY = datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC)
CASES = {
    "app two hours ahead": Case(PLAIN, 2 * HOUR),
    "app two hours behind": Case(PLAIN, -2 * HOUR),
    "app five minutes ahead": Case(PLAIN, 5 * MINUTE),
    "app five minutes behind": Case(PLAIN, -5 * MINUTE),
    "app steps back two hours before the cast": Case(PLAIN, timedelta(0), -2 * HOUR),
    "app steps forward two hours before the cast": Case(PLAIN, timedelta(0), 2 * HOUR),
    "app steps back ten seconds before the cast": Case(PLAIN, timedelta(0), timedelta(seconds=-10)),
    "summer time begins": Case(DST_BEGINS, timedelta(0)),
    "summer time ends, app an hour behind": Case(DST_ENDS, -HOUR),
    "summer time ends, app an hour ahead": Case(DST_ENDS, HOUR),
    "leap day ends, app a day behind": Case(LEAP_DAY, -24 * HOUR),
    "leap day ends, app a day ahead": Case(LEAP_DAY, 24 * HOUR),
}


def by_chance(seed: int) -> Case:
    """Any deadline within ten years, and a clock of the app that is up to a day off and may step by as much."""
    chance = Random(seed)
    far = chance.choice([timedelta(seconds=3), 5 * MINUTE, 2 * HOUR, 24 * HOUR])
    day = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(10 * 365 * 86_400))
    return Case(day, chance.uniform(-1, 1) * far, chance.choice([0, 1]) * chance.uniform(-1, 1) * far)


@pytest.fixture
def clocks(app):
    time_file().unlink(missing_ok=True)
    with hall() as found:
        yield found
    time_file().unlink(missing_ok=True)


@pytest.mark.parametrize("name", CASES)
def test_the_database_clock_decides_what_comes_in_time(clocks, name, figure):
    vote, roll = make.open_vote(voters=4)
    wrong = wrong_decisions(CASES[name], clocks, vote, roll)
    figure("T8", f"clocks, {db.engine.dialect.name}", size=f"{len(CASES)} cases × 4 decisions", figure="0 wrong")
    assert wrong == []


@pytest.mark.soak
@pytest.mark.parametrize("more", range(size(commit=0, night=38, release=188)))
def test_the_database_clock_decides_whatever_the_clocks_show(clocks, seed, more):
    vote, roll = make.open_vote(voters=4)
    assert wrong_decisions(by_chance(seed + more), clocks, vote, roll) == []


@pytest.mark.parametrize("name", ["app two hours ahead", "app two hours behind"])
def test_the_check_notices_decisions_by_the_clock_of_the_app(clocks, monkeypatch, name, figure):
    vote, roll = make.open_vote(voters=4)
    for module in (durability, ballot_queries):
        monkeypatch.setattr(module, "deadline_now", lambda: clock.now())
    wrong, is_one_host = wrong_decisions(CASES[name], clocks, vote, roll), db.engine.dialect.name == "sqlite"
    if not is_one_host:
        figure("T8", "clocks, postgresql", twin=f"{len(wrong)} of 4 wrong by the app's clock")
    assert (wrong == []) is is_one_host


@pytest.mark.parametrize("apart", [timedelta(hours=2), timedelta(minutes=5), timedelta(seconds=3)])
@pytest.mark.parametrize("sign", [1, -1])
def test_clocks_more_than_two_seconds_apart_are_a_problem(clocks, apart, sign):
    clocks.set(PLAIN, app_ahead=sign * apart)
    found = [problem.fault for problem in clock_problems()]
    assert found == ([] if db.engine.dialect.name == "sqlite" else [ClockFault.APART])


def test_clocks_a_second_apart_are_none(clocks):
    clocks.set(PLAIN, app_ahead=timedelta(seconds=1))
    assert clock_problems() == []


def test_a_slow_answer_of_the_database_is_no_difference(app, monkeypatch):
    moments = iter(PLAIN + timedelta(seconds=n) for n in (0, 5, 10) * durability.READINGS)
    monkeypatch.setattr(durability, "now", lambda: next(moments))
    monkeypatch.setattr(durability, "deadline_now", lambda: next(moments))
    assert durability.clocks_apart() == timedelta(0)


def test_a_vote_does_not_open_while_the_clocks_differ(clocks):
    vote = make.fixed_vote()
    clocks.set(now(), app_ahead=5.5 * MINUTE)
    with pytest.raises(DomainError) as refused:
        make.agreed(ActKind.OPEN, vote.cycle_id)
    if db.engine.dialect.name == "postgresql":
        assert refused.value.code == "clock_wrong"
        assert "web server and the database differ by 5 minutes" in refused.value.message
    else:
        assert refused.value.code == "empty_roll"


def test_a_vote_does_not_open_when_the_clock_has_gone_back(clocks):
    vote = make.fixed_vote()
    clocks.set(now() - 3 * HOUR, app_ahead=timedelta(0))
    with pytest.raises(DomainError, match="gone back by [23] hours") as refused:
        make.agreed(ActKind.OPEN, vote.cycle_id)
    assert refused.value.code == "clock_wrong"


def test_a_ballot_is_refused_while_the_clock_is_behind_and_nothing_is_lost(clocks):
    vote, [voter] = make.open_vote()
    make.cast(vote, voter, [1])
    keep_time()
    clocks.set(now() - 2 * HOUR, app_ahead=timedelta(0))
    with pytest.raises(ClockWentBack, match="Nothing was stored and nothing is lost"):
        make.cast(vote, voter, [2])
    clocks.set(now() + 2 * HOUR + MINUTE, app_ahead=timedelta(0))
    make.cast(vote, voter, [3])


def test_the_kept_time_never_goes_back(clocks):
    keep_time()
    first = time_file().read_text()
    clocks.set(now() - HOUR, app_ahead=timedelta(0))
    keep_time()
    assert time_file().read_text() == first


def test_a_damaged_time_file_is_none(clocks):
    time_file().write_text("half past")
    assert clock_problems() == []


def test_the_board_reads_what_is_wrong_and_what_to_do(clocks):
    make.fixed_vote()
    clocks.set(now() - 5 * HOUR, app_ahead=timedelta(0))
    [sentence] = clock_sentences()
    assert "time server (NTP)" in sentence and str(time_file()) in sentence


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.5, "1 second"), (119, "119 seconds"), (125, "2 minutes"), (7300, "2 hours")]
)
def test_a_stretch_of_time_is_told_in_its_largest_unit(app, seconds, said):
    assert how_long(seconds) == said
