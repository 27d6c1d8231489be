"""A vote whose truth is known, held on paper: stubs at the desk, a mixed pile, slips entered twice by two accounts."""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db, transaction
from app.voting.models import CountedBallot, RollEntry
from app.voting.paper.desk import services as desk
from app.voting.paper.entry import services as entry
from app.voting.paper.models import PaperBox, PaperEntry, PaperStock, PaperStub
from app.voting.paper.rules import Turn, batch_sizes
from app.voting.reconciling.queries import paper_rankings
from tests import make
from tests.privacy import votes
from tests.privacy.traces import Item, Side, Traces, whose
from tests.privacy.votes import CHANCE, OPTIONS, RANKINGS, Held
from tests.voting.ballots import box
from tests.voting.paper import station
from tests.voting.results import board

Mix = Callable[[list[Item]], list[Item]]


def mixed(pile: list[Item]) -> list[Item]:
    """The pile as two people leave it who mix it well."""
    return CHANCE.sample(pile, len(pile))


def hold(voters: int, *, mix: Mix = mixed) -> Held:
    """Everybody takes a ballot and brings it back, in orders drawn by chance; then the box is counted and opened."""
    at = station.station(voters=voters, sheets=voters, options=OPTIONS)
    numbers = {voter.id: stub for stub, voter in enumerate(CHANCE.sample(at.roll, voters), start=1)}
    places = {voter.id: place for place, voter in enumerate(at.roll)}
    for voter_id, stub in numbers.items():
        station.hand_out(at, places[voter_id], stub)
    truth: dict[Item, Item] = dict(
        zip(CHANCE.sample(list(numbers), voters), CHANCE.sample(RANKINGS, voters), strict=True)
    )
    for voter_id in truth:
        desk.take_back(at.cycle_id, numbers[voter_id], by=at.clerk)  # type: ignore[index]
    box.close(at.cycle_id)
    with transaction():
        stock = db.session.get_one(PaperStock, at.stock_id)
        stock.spoiled, stock.unused = 0, 0
        db.session.get_one(PaperBox, at.box_id).stubs_counted = voters
    pile = mix(list(truth.values()))
    for many in batch_sizes(voters):
        _count(at, pile[:many])
        pile = pile[many:]
    board.open_envelopes(at.cycle_id)
    db.session.remove()
    return Held(at.cycle_id, at.vote_id, truth, [])


def _count(at: station.Station, pile: list[Any]) -> None:
    """The slips get their numbers in the order of the pile; the second account enters them from a pile mixed anew."""
    batch = station.batch(at, len(pile))
    stamped = list(zip([slip.number for slip in batch.slips], pile, strict=True))
    for turn in Turn.FIRST, Turn.SECOND:
        officer = make.actor(Role.OFFICER)
        for number, ranking in stamped if turn is Turn.FIRST else CHANCE.sample(stamped, len(stamped)):
            entry.enter(at.cycle_id, batch.id, f"{number} {' '.join(map(str, ranking))}", by=officer)


def traces(held: Held, log_start: Any) -> Traces:
    """Everything that can be read afterwards: what there is of any vote, and what the audit log says of the desk."""
    found = _sides(held)
    stubs = {row.number: row.entry.person_id for row in db.session.scalars(_of(PaperStub, held))}
    for kind in ("PaperIssued", "PaperReturned"):
        of_kind = sa.select(AuditEntry.body).where(AuditEntry.kind == kind).order_by(AuditEntry.sequence)
        facts = [json.loads(body)["facts"] for body in db.session.scalars(of_kind)]
        told = [each["stub"] for each in facts if each["cycle_id"] == held.cycle_id]
        found.voters.note(f"audit log, {kind}", [(n, stubs[stub]) for n, stub in enumerate(told)])
    found.ballots.note("accepted slips", list(enumerate(paper_rankings(held.vote_id))))
    votes.read_machine(found, log_start)
    return found


def _sides(held: Held) -> Traces:
    entries = {row.id: row.person_id for row in db.session.scalars(_of(RollEntry, held)) if row.person_id in held.truth}
    stubs = {row.id: row.entry.person_id for row in db.session.scalars(_of(PaperStub, held))}
    voters: dict[Any, Item] = {("person", person): person for person in held.truth} | entries | stubs
    slips = {row.slip_id: tuple(row.ranking or ()) for row in db.session.scalars(sa.select(PaperEntry))}
    ballots: dict[Any, Item] = {slip: ranking for slip, ranking in slips.items() if ranking in held.truth.values()}
    for row in db.session.scalars(_of(CountedBallot, held)):
        ballots[row.id] = votes.ranking_of(row.ranking)
    assert set(ballots.values()) == set(held.truth.values())
    size = len(held.truth)
    return Traces(voters=Side(whose(voters), size), ballots=Side(whose(ballots), size))


def _of(model: Any, held: Held) -> Any:
    return sa.select(model).where(model.vote_id == held.vote_id)
