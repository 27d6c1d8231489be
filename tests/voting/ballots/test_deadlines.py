"""T4: an end that comes by itself, and one that is put off, under casting threads: what was acknowledged is counted."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.voting.ballots import services
from app.voting.ballots.queries import ready_token, served_token
from app.voting.ballots.services import NotCast
from app.voting.board import services as boards
from app.voting.board.queries import action
from app.voting.board.rules import ActKind
from app.voting.board.services import MayNot
from app.voting.models import Vote
from app.voting.queries import vote_facts
from app.voting.rules import VoteStage
from tests import make
from tests.sizes import size
from tests.voting.ballots import box
from tests.voting.ballots.test_races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.soak]

VOTERS = 12
EACH = size(commit=3, night=5)
"""Votes that end by themselves at the same moment, and as many that go on."""
ROUNDS = size(commit=1, night=12, release=120)
UNTIL_THE_END = timedelta(seconds=6)
GRACE = timedelta(seconds=1)
AFTERWARDS = timedelta(seconds=0.6)


class Cast(NamedTuple):
    """One try: whether its page was served before the end, when it began and was answered, whether it was taken."""

    old_page: bool
    begun: datetime
    answered: datetime
    taken: bool


@dataclass
class Ending:
    """A vote whose end comes while everybody casts."""

    cycle_id: int
    roll: list[Actor]
    end: datetime
    pages: dict[int, str]
    put_off: Callable[[], object] | None
    goes_on: bool = False
    acknowledged: dict[int, tuple[int, ...]] = field(default_factory=dict)
    tries: list[Cast] = field(default_factory=list)

    def cast(self, number: int) -> None:
        """A ballot of that voter: half of them from the page they had before the end, the others from a new one."""
        voter, facts, begun = self.roll[number], vote_facts(self.cycle_id), now()
        ranking = tuple(random.sample(range(1, 5), 3))
        token = ready_token(facts, self.pages.get(voter.id) or served_token(facts, voter), voter)
        try:
            make.cast_in(self.cycle_id, voter, ranking, token=token)
        except NotCast:
            taken = False
        else:
            taken, self.acknowledged[voter.id] = True, ranking
        self.tries.append(Cast(voter.id in self.pages, begun, now(), taken))

    @property
    def late(self) -> int:
        """Ballots taken that came too late."""
        too_late = [each for each in self.tries if each.taken and each.begun >= self._last_moment(each)]
        return 0 if self.goes_on else len(too_late)

    @property
    def refused(self) -> int:
        """Ballots turned away that came in time."""
        away = [each for each in self.tries if not each.taken]
        return sum(self.goes_on or each.answered < self._last_moment(each) for each in away)

    def _last_moment(self, each: Cast) -> datetime:
        return self.end + GRACE if each.old_page else self.end


def endings(*wishes: bool) -> list[Ending]:
    """Votes that end at the same moment, which is near; those that are to go on have been asked for."""
    made = [make.open_vote(voters=VOTERS) for _ in wishes]
    named = [(vote.id, vote.cycle_id, roll) for vote, roll in made]
    end = now() + UNTIL_THE_END
    with transaction():
        ids = [vote_id for vote_id, _cycle_id, _roll in named]
        values = {"closes_at": end, "grace_seconds": int(GRACE.total_seconds())}
        db.session.execute(sa.update(Vote).where(Vote.id.in_(ids)).values(values))
    return [
        Ending(cycle_id, roll, end, pages_before(cycle_id, roll), asked_to_go_on(cycle_id, end) if wish else None)
        for (_vote_id, cycle_id, roll), wish in zip(named, wishes, strict=True)
    ]


def pages_before(cycle_id: int, roll: list[Actor]) -> dict[int, str]:
    """Half of the voters open the ballot before the end."""
    facts = vote_facts(cycle_id)
    return {who.id: served_token(facts, who) for who in roll[: VOTERS // 2]}


def asked_to_go_on(cycle_id: int, end: datetime) -> Callable[[], object]:
    """One member of the board has asked for a later end; the other's yes."""
    first, second, _observer = make.board_of(cycle_id)
    answers = {"last_day": (end + timedelta(days=2)).date().isoformat(), "reason": "The site was down at the end."}
    asked = boards.request(cycle_id, ActKind.EXTEND, answers, by=first)
    seen = action(cycle_id, asked.hex()).hash
    return lambda: boards.approve(asked, seen, by=second)


def everybody_casts_around(app: Flask, votes: list[Ending]) -> None:
    """Twelve threads cast in all the votes from before their ends to after their grace, and the board puts some off."""
    stop = max(each.end for each in votes) + GRACE + AFTERWARDS
    db.session.rollback()

    def keep_casting(number: int) -> None:
        while now() < stop:
            for each in votes:
                each.cast(number)

    def put_off() -> None:
        for each in filter(lambda vote: vote.put_off, votes):
            with suppress(MayNot):  # on a machine so slow that the end has come
                each.put_off()
                each.goes_on = True

    assert at_once(app, [put_off, *(lambda n=n: keep_casting(n) for n in range(VOTERS))]) == []


def counted(vote: Ending) -> bool:
    """Whether what counts after the close is exactly what was acknowledged."""
    box.close(vote.cycle_id)
    return box.rankings(vote.cycle_id) == sorted(vote.acknowledged.values())


def test_an_end_that_comes_by_itself_and_one_that_is_put_off_lose_nothing_and_let_nothing_in(app, figure):
    votes = []
    for _ in range(ROUNDS):
        round_of = endings(*[False, True] * EACH)
        everybody_casts_around(app, round_of)
        votes += round_of
    assert all(counted(each) for each in votes)
    for goes_on, what in ((False, "announced end"), (True, "extended")):
        here = [each for each in votes if each.goes_on is goes_on]
        late, refused = sum(each.late for each in here), sum(each.refused for each in here)
        after = [each for vote in here for each in vote.tries if each.begun >= vote.end]
        of = f"{len(here)} votes, {VOTERS} threads, {len(after)} casts after the end"
        figure("T4", f"{what}, {db.engine.dialect.name}", size=of, figure=f"{late} late, {refused} refused")
        assert (late, refused) == (0, 0)
        assert goes_on in {each.taken for each in after}, "nobody came after the end"


def test_the_check_notices_a_cast_that_goes_by_an_end_it_has_not_held(app, monkeypatch, figure):
    """Where the vote ends, it goes by none at all; where it goes on, by the one that was announced."""
    ends, goes_on = votes = endings(False, True)
    believed = {vote_facts(ends.cycle_id).id: datetime.max.replace(tzinfo=UTC)}
    monkeypatch.setattr(services, "_held_vote", lambda id_: (VoteStage.OPEN, believed.get(id_, goes_on.end)))
    everybody_casts_around(app, votes)
    figure("T4", f"announced end, {db.engine.dialect.name}", twin=f"end not held: {ends.late} late")
    figure("T4", f"extended, {db.engine.dialect.name}", twin=f"announced end believed: {goes_on.refused} refused")
    assert ends.late > 0 and goes_on.refused > 0
