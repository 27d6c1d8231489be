"""What may race with a voter's own cast, by the verbs that do it: their paper at the desk, a strike by the board."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import sqlalchemy as sa
from flask import Flask

from app.core.db import db
from app.voting.ballots.services import NotCast
from app.voting.board import services as boards
from app.voting.board.queries import action
from app.voting.board.rules import ActKind
from app.voting.models import RollEntry
from app.voting.paper.desk import services as desk
from app.voting.paper.desk.services import IssuePaper, VoidPaper
from app.voting.paper.rules import StubStage
from app.voting.queries import final_envelope_count
from app.voting.rules import Channel
from tests import make
from tests.voting.ballots.test_races import at_once
from tests.voting.paper.station import Station, station

ENDS_AS = {"paper returned": Channel.PAPER_RETURNED, "paper spoiled": Channel.ONLINE, "strike": Channel.VOID}
"""Each rival, and how every voter stands on the roll in the end, whoever came first."""


@dataclass(frozen=True)
class Race:
    """A vote in which everybody casts while their rival is at work; who was acknowledged."""

    at: Station
    rival: str
    overrides: tuple[Callable[[], object], ...]
    acknowledged: set[int] = field(default_factory=set)

    def run(self, app: Flask, chance: Random) -> list[Exception]:
        """Everybody casts and is overridden, in any order and at once; what went wrong."""
        jobs = [*self.overrides, *(self.cast(voter) for voter in range(len(self.at.roll)))]
        db.session.rollback()
        failures = at_once(app, chance.sample(jobs, len(jobs)))
        db.session.rollback()
        return failures

    def cast(self, voter: int) -> Callable[[], None]:
        """One cast of one voter, who may find that their paper is in or their line is struck."""

        def act() -> None:
            with suppress(NotCast):
                make.cast_in(self.at.cycle_id, self.at.roll[voter], [1, 2])
                self.acknowledged.add(voter)

        return act

    def wrong(self) -> int:
        """Voters who have two votes or none, or whose acknowledged ballot is lost."""
        query = sa.select(RollEntry.id, RollEntry.channel, RollEntry.revision)
        found = {row.id: row for row in db.session.execute(query.where(RollEntry.vote_id == self.at.vote_id))}
        rows = [found[entry_id] for entry_id in self.at.entries]
        bent = [n for n, row in enumerate(rows) if row.revision != (n in self.acknowledged)]
        astray = [n for n, row in enumerate(rows) if row.channel is not ENDS_AS[self.rival]]
        counts = len(rows) if ENDS_AS[self.rival] is Channel.ONLINE else 0
        return max(len({*bent, *astray}), abs(counts - final_envelope_count(self.at.vote_id)))


def race(rival: str, *, voters: int) -> Race:
    """A vote with so many voters, each with a rival that is ready to go."""
    at = station(voters=voters, sheets=voters)
    prepare = {"paper returned": _returns, "paper spoiled": _spoils, "strike": _strikes}[rival]
    return Race(at, rival, tuple(prepare(at, voter, entry_id) for voter, entry_id in enumerate(at.entries)))


def _returns(at: Station, voter: int, entry_id: bytes) -> Callable[[], object]:
    def act() -> None:
        desk.issue(at.cycle_id, IssuePaper(entry_id=entry_id, stub=voter + 1, by_post=False), by=at.clerk)
        desk.take_back(at.cycle_id, voter + 1, by=at.clerk)

    return act


def _spoils(at: Station, voter: int, entry_id: bytes) -> Callable[[], object]:
    def act() -> None:
        desk.issue(at.cycle_id, IssuePaper(entry_id=entry_id, stub=voter + 1, by_post=False), by=at.clerk)
        spoiled = VoidPaper(stub=voter + 1, stage=StubStage.SPOILED, note="A wrong cross.")
        desk.void(at.cycle_id, spoiled, by=at.clerk)

    return act


def _strikes(at: Station, voter: int, _entry_id: bytes) -> Callable[[], object]:
    """One member of the board has asked; the other agrees when the race is on."""
    first, second, _observer = make.board_of(at.cycle_id)
    answers = {"line": f"p{at.roll[voter].id}", "reason": "Entered twice under two names."}
    asked = boards.request(at.cycle_id, ActKind.STRIKE_FROM_ROLL, answers, by=first)
    seen = action(at.cycle_id, asked.hex()).hash
    return lambda: boards.approve(asked, seen, by=second)
