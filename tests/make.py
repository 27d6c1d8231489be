"""Valid rows by default: a test mentions only what it is about."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import sqlalchemy as sa

from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.queries import actor_of
from app.accounts.rules import ResidenceStage
from app.core.access import Actor, Role
from app.core.clock import now
from app.core.db import Base, db, transaction
from app.cycles.models import Cycle, Phase
from app.cycles.rules import LeftoverRule, PhaseKind, PublicationLevel
from app.cycles.rules import Stage as CycleStage
from app.places.models import Area, Category, Neighborhood
from app.proposals.models import EstimateLine, Proposal
from app.proposals.rules import Stage as ProposalStage
from app.proposals.search.services import keep_words_of
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.organizations.rules import OrganizationKind
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.rules import BodyStage
from app.taskforces.seats.models import Seat
from app.taskforces.seats.offers.models import SeatOffer
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.signing.rules import MatterKind, Signed
from app.taskforces.spending.commitments.services import commit
from app.taskforces.spending.documents.services import Made
from app.taskforces.spending.expenses.services import Pay, pay
from app.taskforces.spending.models import Commitment, SpendingDocument
from app.taskforces.spending.services import allocate, held_projects
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
from tests.memory import remembered

numbers = count(1)


Row = TypeVar("Row", bound=Base)


def _kept(row: Row) -> Row:
    with transaction():
        db.session.add(row)
    return row


def neighborhood(**more: Any) -> Neighborhood:
    """A neighborhood with one area and one category."""
    n = next(numbers)
    facts = {
        "slug": f"riverside-{n}",
        "name": f"Riverside {n}",
        "summary": "",
        "time_zone": "UTC",
        "currency": "USD",
        "languages": ["en"],
    }
    row = Neighborhood(**facts | more)
    row.areas = [Area(name="Mill Lane", boundary=None)]
    row.categories = [Category(name="Street lighting", icon="lighting", position=1)]
    return _kept(row)


def person(*, roles: tuple[Role, ...] = (), resident_of: Neighborhood | None = None, **more: Any) -> Person:
    """An account; with `roles` for the site, and a verified residence where `resident_of` says so."""
    n = next(numbers)
    facts = {
        "public_name": f"Ada {n}",
        "email": f"ada{n}@example.org",
        "locale": "en",
        "joined_at": now(),
        "is_staff": bool(roles),
        "active": True,
        "fs_uniquifier": secrets.token_hex(16),
    }
    row = Person(**facts | more)
    row.grants = [RoleGrant(role=role, neighborhood_id=None, starts_on=date(2020, 1, 1)) for role in roles]
    _kept(row)
    if resident_of is not None:
        _residence(row, resident_of)
    return row


def _residence(row: Person, where: Neighborhood) -> None:
    clerk = Person(
        public_name="Clerk",
        email=f"clerk{next(numbers)}@example.org",
        locale="en",
        joined_at=now(),
        is_staff=True,
        active=True,
        fs_uniquifier=secrets.token_hex(16),
    )
    with transaction():
        db.session.add(clerk)
        db.session.flush()
        db.session.add(
            Residence(
                person_id=row.id,
                neighborhood_id=where.id,
                address="1 Mill Lane",
                stage=ResidenceStage.VERIFIED,
                registered_at=now(),
                decided_by_id=clerk.id,
                decided_at=now(),
            )
        )


def actor(*roles: Role, resident_of: Neighborhood | None = None) -> Actor:
    """Somebody who acts, with an account behind them."""
    return fresh(actor_of(person(roles=roles, resident_of=resident_of)))


def resident(where: Neighborhood) -> Actor:
    """A verified resident of `where`."""
    return actor(resident_of=where)


def cycle(*, stage: CycleStage = CycleStage.COLLECTING, where: Neighborhood | None = None, **more: Any) -> Cycle:
    """A cycle whose dated phase for `stage` is on now."""
    n = next(numbers)
    facts: dict[str, Any] = {
        "neighborhood": where or neighborhood(),
        "slug": f"cycle-{n}",
        "name": f"Safer streets {n}",
        "summary": "",
        "year": 2026,
        "pot_cents": 100_000_00,
        "contingency_cents": 0,
        "stage": stage,
        "count_rule": "shared-budget",
        "max_ranks": 5,
        "leftover_rule": LeftoverRule.NEXT_CYCLE,
        "publication_level": PublicationLevel.FULL,
    }
    row = Cycle(**facts | more)
    row.phases = _phases(stage)
    return _kept(row)


def _phases(stage: CycleStage) -> list[Phase]:
    on_now = {
        CycleStage.DRAFT: -1,
        CycleStage.COLLECTING: 0,
        CycleStage.REVIEWING: 1,
        CycleStage.BALLOT_FIXED: 1,
        CycleStage.VOTING: 2,
        CycleStage.COUNTING: 3,
        CycleStage.CERTIFIED: 3,
        CycleStage.DELIVERING: 4,
        CycleStage.CLOSED: 5,
    }[stage]
    start: datetime = now() - timedelta(days=10) - timedelta(days=20) * on_now
    return [
        Phase(kind=kind, starts_at=start + timedelta(days=20 * i), ends_at=start + timedelta(days=20 * (i + 1)))
        for i, kind in enumerate(PhaseKind)
    ]


def proposal(*, stage: ProposalStage = ProposalStage.SUBMITTED, within: Cycle | None = None, **more: Any) -> Proposal:
    """A submitted proposal with one line of estimate; a later stage gets a cost."""
    where = within or cycle()
    n = next(numbers)
    costed = stage in (ProposalStage.FEASIBLE, ProposalStage.ON_BALLOT, ProposalStage.FUNDED, ProposalStage.NOT_FUNDED)
    draft = stage is ProposalStage.DRAFT
    if stage is ProposalStage.MERGED and "merged_into_id" not in more:
        more["merged_into_id"] = proposal(within=where).id
    facts: dict[str, Any] = {
        "cycle": where,
        "number": None if draft else n,
        "author": more.pop("author", None) or person(resident_of=where.neighborhood),
        "category": where.neighborhood.categories[0],
        "area": where.neighborhood.areas[0],
        "title": f"Lamps on Mill Lane {n}",
        "summary": "Six new lamps between the school and the bus stop.",
        "need": "It is too dark to walk home in winter.",
        "place": "Mill Lane, from the school to the bus stop",
        "watches_people": False,
        "stage": stage,
        "cost_cents": 20_000_00 if costed else None,
        "created_at": now(),
        "submitted_at": None if draft else now(),
    }
    row = Proposal(**facts | more)
    row.estimate = [EstimateLine(position=1, label="Lamps", amount_cents=18_000_00)]
    with transaction():
        db.session.add(row)
        db.session.flush()
        keep_words_of([row.id])
    return row


def task_force(*, where: Neighborhood | None = None, **more: Any) -> TaskForce:
    """A task force without holders of seats."""
    n = next(numbers)
    facts: dict[str, Any] = {
        "neighborhood": where or neighborhood(),
        "slug": f"lighting-{n}",
        "name": f"Lighting {n}",
        "charter": "Light the way home.",
        "theme": "",
        "stage": BodyStage.ACTIVE,
        "stage_since": date(2026, 1, 1),
        "proposed_on": date(2026, 1, 1),
        "constituted_on": date(2026, 1, 1),
    }
    return _kept(TaskForce(**facts | more))


def organization(where: Neighborhood, **more: Any) -> Organization:
    """A residents' association of `where`."""
    facts: dict[str, Any] = {"name": f"Residents {next(numbers)}", "kind": OrganizationKind.RESIDENTS}
    return _kept(Organization(neighborhood=where, **facts | more))


def co_chair(body: TaskForce, side: Side = Side.COMMUNITY) -> Actor:
    """A new co-chair of `body` for `side`."""
    holder = person()
    seat = Seat(
        task_force=body,
        kind=SeatKind.CO_CHAIR,
        side=side,
        person=holder,
        nominated_by="Residents",
        starts_on=date(2026, 1, 1),
    )
    _kept(seat)
    return actor_of(holder)


def project(*, body: TaskForce | None = None, **more: Any) -> Project:
    """A project in delivery with one milestone 30 days ahead."""
    force = body or task_force()
    within = cycle(stage=CycleStage.DELIVERING, where=force.neighborhood)
    promised = proposal(stage=ProposalStage.FUNDED, within=within)
    facts: dict[str, Any] = {
        "cycle": within,
        "number": next(numbers),
        "proposal": promised,
        "task_force": force,
        "title": promised.title,
        "scope": promised.summary,
        "lead": "City streets department",
        "manager": "Projects desk",
        "allocated_cents": 20_000_00,
        "stage": ProjectStage.DELIVERY,
        "opened_at": now(),
    }
    row = Project(**facts | more)
    due = now().date() + timedelta(days=30)
    row.milestones = [
        Milestone(position=1, title="Lamps lit", done_means="All six work at dusk", baseline_on=due, forecast_on=due)
    ]
    _kept(row)
    if row.allocated_cents:
        allocate(row, purpose="Funded by the vote", by_id=None)
    return row


def electorate(where: Neighborhood, size: int) -> list[Actor]:
    """So many verified residents of `where`, made in one go."""
    clerk = person()
    found = [
        Person(
            public_name=f"Voter {n}",
            email=f"voter{n}@example.org",
            locale="en",
            joined_at=now(),
            is_staff=False,
            active=True,
            fs_uniquifier=secrets.token_hex(16),
        )
        for n in (next(numbers) for _ in range(size))
    ]
    with transaction():
        db.session.add_all(found)
        db.session.flush()
        facts = {
            "neighborhood_id": where.id,
            "address": "1 Mill Lane",
            "stage": ResidenceStage.VERIFIED,
            "registered_at": now(),
            "decided_by_id": clerk.id,
            "decided_at": now(),
        }
        db.session.add_all(Residence(person_id=each.id, **facts) for each in found)
        return [Actor(id=each.id, name=each.public_name, resident_of=where.id) for each in found]


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


def fresh(who: Actor) -> Actor:
    """The same person, who has just proved who they are, with all that takes."""
    return replace(who, confirmed_at=now(), second_factor_at=now())


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


def account(of: Actor) -> Person:
    """The account behind an actor, to sign in a browser."""
    return db.session.get_one(Person, of.id)


def actor_for(holder: Person) -> Actor:
    """The actor behind an account."""
    return actor_of(holder)


def seat_of(of: Actor) -> Seat:
    """The seat somebody holds."""
    return db.session.scalars(sa.select(Seat).where(Seat.person_id == of.id)).one()


def seat_offer(body: TaskForce, **more: Any) -> SeatOffer:
    """A co-chair's seat of the community that is offered to somebody new."""
    facts: dict[str, Any] = {
        "kind": SeatKind.CO_CHAIR,
        "side": Side.COMMUNITY,
        "person": person(),
        "organization": organization(body.neighborhood),
        "starts_on": date(2026, 1, 1),
        "offered_by_id": person().id,
        "offered_at": now(),
        "on_paper": False,
    }
    return _kept(SeatOffer(task_force=body, **facts | more))


def seated(body: TaskForce, kind: SeatKind, side: Side = Side.COMMUNITY, **more: Any) -> Actor:
    """Somebody new in a seat of `body`."""
    holder = person()
    facts: dict[str, Any] = {"nominated_by": "Residents", "starts_on": date(2026, 1, 1)}
    if kind is SeatKind.YOUTH:
        facts |= {"shown_as": "Noor", "consent_on": date(2025, 12, 1)}
    _kept(Seat(task_force=body, kind=kind, side=side, person=holder, **facts | more))
    return actor_of(holder)


def paper(title: str = "Contract", *, is_public: bool = True) -> Made:
    """A document as it is kept; its file is not there."""
    return Made(digest="d" * 64, pages=1, title=title, is_public=is_public)


def commitment(of: Project, cents: int = 10_000_00, counterparty: str = "Lux Ltd") -> Commitment:
    """A commitment of a project as if both sides had signed it, with its rows held in the order of decision 37."""
    with transaction():
        held_projects([of.id])
        kept = SpendingDocument(
            project_id=of.id, title="Contract", digest="c" * 64, pages=1, is_public=True, added_at=now()
        )
        db.session.add(kept)
        db.session.flush()
        told = {"counterparty": counterparty, "amount_cents": cents, "purpose": "Six lamp posts"}
        signed: Any = {"agreement_id": None, "kind": MatterKind.COMMITMENT, "task_force_id": of.task_force_id}
        signed |= {"payload_hash": "", "last_signer_id": None, "project_id": of.id}
        made = commit(Signed(payload=told | {"document_id": kept.id}, **signed))
    return db.session.get_one(Commitment, made)


def paid(on: Commitment, cents: int = 1_000_00, *, by: Actor | None = None, **more: Any) -> int:
    """An expense on a commitment, small enough for a clerk alone; returns the id of its entry."""
    facts: dict[str, Any] = {"on": now().date(), "purpose": "First lamp posts", "reference": None, "paper": paper()}
    clerk = by or actor(Role.CLERK)
    found = pay(on.id, Pay(amount_cents=cents, **facts | more), key=secrets.token_hex(8), by=clerk)
    assert found.entry_id is not None
    return found.entry_id
