"""Votes at each stage, their boards and rolls, and ballots."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.access import Actor, Role
from app.core.clock import now
from app.core.db import db, transaction
from app.cycles.models import Cycle
from app.cycles.rules import Stage as CycleStage
from app.places.models import Neighborhood
from app.proposals.rules import Stage as ProposalStage
from app.voting.ballots.queries import ready_token, served_token
from app.voting.ballots.services import CastBallot
from app.voting.ballots.services import cast as cast_ballot
from app.voting.board import services as board_services
from app.voting.board.models import BoardMember
from app.voting.board.queries import action
from app.voting.board.rules import ActKind, Part
from app.voting.models import Vote
from app.voting.queries import vote_facts
from app.voting.rules import Voter
from app.voting.tree.receipts import Receipt
from tests.make.cycles import cycle, proposal
from tests.make.people import electorate, fresh, neighborhood, person
from tests.memory import remembered


@remembered
def votable_cycle(*, options: int = 4, where: Neighborhood | None = None, **more: Any) -> Cycle:
    """A cycle under review whose voting days are on now, with so many feasible proposals at $10,000, $20,000, …"""
    row = cycle(stage=CycleStage.REVIEWING, where=where, **more)
    with transaction():
        for phase in row.phases:
            phase.starts_at, phase.ends_at = phase.starts_at - timedelta(days=20), phase.ends_at - timedelta(days=20)
    for n in range(1, options + 1):
        proposal(stage=ProposalStage.FEASIBLE, within=row, author=person(), cost_cents=n * 10_000_00)
    board(row)
    return row


def board(of: Cycle) -> None:
    """Two clerks who run the vote of a cycle and an observer, all named two days ago."""
    parts = [(Role.CLERK, Part.RUNS), (Role.CLERK, Part.RUNS), (Role.OBSERVER, Part.OBSERVES)]
    people = [(person(roles=(role,)).id, part) for role, part in parts]
    with transaction():
        days = {"cycle_id": of.id, "named_at": now() - timedelta(days=2)}
        db.session.add_all(BoardMember(person_id=person_id, part=part, **days) for person_id, part in people)


def board_of(cycle_id: int) -> tuple[Actor, Actor, Actor]:
    """The two who run a vote and its observer, each having just proved who they are."""
    first, second, watches, *_more = seats_of(cycle_id)
    return first, second, watches


def seats_of(cycle_id: int) -> list[Actor]:
    """Everybody on the board of a vote in the order in which they were named, each having just proved who they are."""
    query = sa.select(BoardMember).where(BoardMember.cycle_id == cycle_id).order_by(BoardMember.id)
    return [fresh(actor_of(row.person)) for row in db.session.scalars(query)]


def agreed(kind: ActKind, cycle_id: int, **answers: Any) -> Any:
    """What comes of an act that one member of the board asks for and another agrees with."""
    first, second, _observer = board_of(cycle_id)
    asked = board_services.request(cycle_id, kind, answers, by=first)
    return board_services.approve(asked, action(cycle_id, asked.hex()).hash, by=second)


@remembered
def fixed_vote(*, options: int = 4, where: Neighborhood | None = None, **more: Any) -> Vote:
    """A vote that could open now."""
    return agreed(ActKind.FIX, votable_cycle(options=options, where=where, **more).id)


@remembered
def open_vote(
    *, voters: int = 1, options: int = 4, where: Neighborhood | None = None, **more: Any
) -> tuple[Vote, list[Actor]]:
    """A vote that is open, and its roll."""
    home = where or neighborhood()
    roll = electorate(home, voters)
    vote = fixed_vote(options=options, where=home, **more)
    return agreed(ActKind.OPEN, vote.cycle_id), roll


def close(cycle_id: int, reason: str = "Everybody has voted.") -> Vote:
    """A vote closed before its announced end."""
    return agreed(ActKind.CLOSE, cycle_id, early_reason=reason)


def cast(vote: Vote, voter: Voter, ranking: Sequence[int], *, token: str = "") -> Receipt:
    """A ballot of `voter`, as from a page that was served now."""
    return cast_in(vote.cycle_id, voter, ranking, token=token)


def cast_in(cycle_id: int, voter: Voter, ranking: Sequence[int], *, token: str = "") -> Receipt:
    """The same by the id of the cycle, for threads, which cannot share a row."""
    facts = vote_facts(cycle_id)
    ready = token or ready_token(facts, served_token(facts, voter), voter)
    return cast_ballot(cycle_id, CastBallot(ranking=tuple(ranking), token=ready), by=voter)
