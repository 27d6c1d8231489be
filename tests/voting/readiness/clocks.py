"""A vote whose database clock is moved while the app's clock goes elsewhere, and the decisions that must follow it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from time_machine import travel

from app.core.access import Actor
from app.core.db import db, transaction
from app.voting import queries
from app.voting.ballots.queries import ready_token, served_token
from app.voting.ballots.services import NotCast
from app.voting.models import Vote
from app.voting.rules import GRACE, Refusal
from tests import make

SECOND = timedelta(seconds=1)
MARGIN = timedelta(seconds=30)


@dataclass(frozen=True)
class Case:
    """When the vote closes by the database's clock, and how far the app's clock is ahead of that."""

    closes_at: datetime
    app_ahead: timedelta
    step: timedelta = timedelta(0)
    """How far the app's clock is moved between showing the page and taking the ballot."""


@contextmanager
def database_clock() -> Iterator[None]:
    """PostgreSQL answers `clock_timestamp()` as moved by the one row of `fake.shift`; at the end as ever."""

    def connect(connection: Any, _record: object) -> None:
        connection.execute("SET search_path = fake, pg_catalog, public")
        connection.commit()  # or the first transaction that is rolled back would take it away

    with db.engine.begin() as connection:
        connection.execute(sa.text("CREATE SCHEMA fake"))
        connection.execute(sa.text("CREATE TABLE fake.shift AS SELECT interval '0' AS by"))
        connection.execute(
            sa.text(
                "CREATE FUNCTION fake.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE"
                " AS 'SELECT pg_catalog.clock_timestamp() + (SELECT by FROM fake.shift)'"
            )
        )
    sa.event.listen(db.engine, "connect", connect)
    db.session.remove()
    db.engine.dispose()
    try:
        yield
    finally:
        sa.event.remove(db.engine, "connect", connect)
        db.session.remove()
        db.engine.dispose()
        with db.engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA fake CASCADE"))


@dataclass
class Hall:
    """The two clocks: the database's shows `moment`, the app's is ahead of it."""

    moves: ExitStack

    def set(self, moment: datetime, *, app_ahead: timedelta) -> None:
        """Both clocks go on from here; on SQLite, which has one host, both show the `moment`."""
        self.moves.close()
        if db.engine.dialect.name == "postgresql":
            real = datetime.now(UTC)
            with db.engine.begin() as connection:
                connection.execute(sa.text("UPDATE fake.shift SET by = :by"), {"by": moment - real})
        ahead = app_ahead if db.engine.dialect.name == "postgresql" else timedelta(0)
        self.moves.enter_context(travel(moment + ahead))
        db.session.rollback()


@contextmanager
def hall() -> Iterator[Hall]:
    """Clocks that can be set."""
    with ExitStack() as outer:
        if db.engine.dialect.name == "postgresql":
            outer.enter_context(database_clock())
        yield Hall(outer.enter_context(ExitStack()))


def closing(vote: Vote, moment: datetime) -> None:
    """Let the vote have been open for twelve days and close at `moment`."""
    with transaction():
        row = db.session.get_one(Vote, vote.id)
        row.opens_at, row.closes_at = moment - timedelta(days=12), moment


def wrong_decisions(case: Case, clocks: Hall, vote: Vote, roll: list[Actor]) -> list[str]:
    """Which of the four decisions around the close were wrong."""
    closing(vote, case.closes_at)
    end = case.closes_at
    moments = {
        "in time": (end - 5 * MARGIN, end - MARGIN, None),
        "within the grace": (end - MARGIN, end + MARGIN, None),
        "page not served before the close": (None, end + MARGIN, Refusal.NOT_OPEN),
        "after the grace": (end - MARGIN, end + GRACE + MARGIN, Refusal.NOT_OPEN),
    }
    wrong = []
    for voter, (name, (shown, cast_at, expected)) in zip(roll, moments.items(), strict=True):
        found = decision(case, clocks, vote, voter, shown, cast_at)
        if found is not expected:
            wrong.append(f"{name}: {found}")
    return wrong


def decision(
    case: Case, clocks: Hall, vote: Vote, voter: Actor, shown: datetime | None, cast_at: datetime
) -> Refusal | None:
    """What becomes of a ballot cast at `cast_at` from a page served at `shown` (None: a page that cannot say)."""
    clocks.set(shown or cast_at, app_ahead=case.app_ahead)
    facts = queries.vote_facts(vote.cycle_id)
    ready = ready_token(facts, served_token(facts, voter) if shown else "", voter)
    clocks.set(cast_at, app_ahead=case.app_ahead + case.step)
    try:
        make.cast(vote, voter, [1], token=ready)
    except NotCast as refused:
        return refused.refusal
    return None
