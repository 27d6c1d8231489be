"""Reading a board: its members, the plan of its vote, what waits for a second member and what was decided."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import aliased

from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.rules import holds_on
from app.core.access import Actor, Role
from app.core.clock import now, today
from app.core.db import db
from app.core.errors import NotFound, ensure_standing
from app.cycles.queries import CycleFacts
from app.cycles.queries import facts as cycle_facts
from app.voting import policies
from app.voting.board.models import BoardMember, PendingAction, VotePlan
from app.voting.board.rules import (
    OBJECTION_DAYS,
    Account,
    ActKind,
    Candidate,
    Ending,
    Part,
    Standing,
    parts_for,
    why_not_together,
)

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""When a role was given whose grant does not say: before that was kept."""
BOARD_ROLES = (Role.CLERK, Role.OBSERVER)
RESTS_ON: Mapping[Part, Role] = {Part.RUNS: Role.CLERK, Part.OBSERVES: Role.OBSERVER}
"""The role that the part of a member of staff rests on."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody on the board: `role` is clerk, observer or community, as it stands on the rule card."""

    person_id: int
    name: str
    part: Part
    role: str
    named_at: datetime


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is settled beside the cycle: days of objection, and how many key holders open together."""

    objection_days: int
    threshold: int


@dataclass(frozen=True, kw_only=True)
class Eligible:
    """Somebody who may be named for a board by their role."""

    person_id: int
    name: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class Action:
    """A request to the board; `payload` is what is agreed, `hash` vouches for it to the byte."""

    id: str
    cycle_id: int
    kind: ActKind
    payload: Mapping[str, Any]
    hash: str
    requester_id: int
    requester_name: str
    requested_at: datetime
    expires_at: datetime
    approver_name: str | None
    ending: Ending | None
    ended_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        """Whether a second member can still agree."""
        return self.ending is None and now() < self.expires_at


def plan(cycle_id: int) -> Plan:
    """What is settled about the vote of a cycle; the usual where nobody has settled it."""
    row = db.session.get(VotePlan, cycle_id)
    if row is None:
        return Plan(objection_days=OBJECTION_DAYS, threshold=1)
    return Plan(objection_days=row.objection_days, threshold=row.threshold)


def members(cycle_id: int) -> list[Member]:
    """The board of a cycle's vote, those who run it first."""
    query = (
        sa.select(BoardMember, Person.public_name)
        .join(Person, Person.id == BoardMember.person_id)
        .where(BoardMember.cycle_id == cycle_id)
        .order_by(BoardMember.part.desc(), BoardMember.person_id)
    )
    found = db.session.execute(query).all()
    held = _roles([member.person_id for member, _name in found])
    return [_member(member, name, held.get(member.person_id, frozenset())) for member, name in found]


def eligible(neighborhood_id: int) -> list[Eligible]:
    """The clerks and observers of a neighborhood today."""
    query = (
        sa.select(Person.id, Person.public_name, RoleGrant.role, RoleGrant.starts_on, RoleGrant.ends_on)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role.in_(BOARD_ROLES), RoleGrant.ended_at.is_(None), Person.active)
        .where(sa.or_(RoleGrant.neighborhood_id.is_(None), RoleGrant.neighborhood_id == neighborhood_id))
    )
    day = today()
    rows = db.session.execute(query)
    held = {(r.id, r.public_name, r.role) for r in rows if holds_on(day, starts_on=r.starts_on, ends_on=r.ends_on)}
    return [Eligible(person_id=id_, name=name, role=role) for id_, name, role in sorted(held)]


def candidates(cycle_id: int, neighborhood_id: int) -> list[Candidate]:
    """The members of the board as the rule on boards sees them today."""
    found = db.session.scalars(sa.select(BoardMember).where(BoardMember.cycle_id == cycle_id))
    return as_candidates({row.person_id: row.part for row in found}.items(), neighborhood_id)


def as_candidates(parts: Iterable[tuple[int, Part]], neighborhood_id: int) -> list[Candidate]:
    """People, each with the part they are to have, as the rule on boards sees them."""
    chosen = list(parts)
    clerks = {each.person_id for each in eligible(neighborhood_id) if each.role is Role.CLERK}
    known = accounts([person_id for person_id, _part in chosen])
    return [
        Candidate(**vars(known[person_id]), person_id=person_id, part=part, is_clerk=person_id in clerks)
        for person_id, part in chosen
    ]


def accounts(people: Sequence[int]) -> dict[int, Account]:
    """What is known of the people behind these accounts."""
    query = (
        sa.select(Person.id, Person.email, Person.public_name, Residence.born_on, Residence.address)
        .outerjoin(Residence, Residence.person_id == Person.id)
        .where(Person.id.in_(people))
    )
    return {
        row.id: Account(email=row.email, name=row.public_name, born_on=row.born_on, address=row.address or "")
        for row in db.session.execute(query)
    }


def part_of(cycle_id: int, person_id: int) -> Part | None:
    """The part somebody has on the board of a cycle's vote; None for no member."""
    query = sa.select(BoardMember.part).where(BoardMember.cycle_id == cycle_id, BoardMember.person_id == person_id)
    return db.session.scalar(query)


def runs(cycle_id: int, person_id: int) -> bool:
    """Whether somebody is one of those who run the vote of a cycle."""
    return part_of(cycle_id, person_id) is Part.RUNS


def may_watch(cycle: CycleFacts, viewer: Actor) -> bool:
    """Whether the pages of the board of this cycle's vote are for this person."""
    is_member = part_of(cycle.id, viewer.id) is not None
    return policies.may_watch(viewer, cycle.neighborhood_id, is_member=is_member)


def watched(cycle_id: int, viewer: Actor) -> CycleFacts:
    """The cycle, for whoever may look over its board's shoulder; refused for everybody else."""
    cycle = cycle_facts(cycle_id)
    message = _("Only the board of this vote, and the clerks and observers of this neighborhood, see this page.")
    ensure_standing(may_watch(cycle, viewer), message)
    return cycle


def may_ask(cycle: CycleFacts, actor: Actor) -> bool:
    """Whether somebody is one of those who can have the cycle's vote counted again."""
    return standing(cycle, actor).part is Part.RUNS if cycle.is_imported else runs(cycle.id, actor.id)


def who_agree(cycle: CycleFacts, kind: ActKind) -> list[int]:
    """Those whose agreement such an act of the cycle's vote takes, by id."""
    if cycle.is_imported:
        return [each.person_id for each in eligible(cycle.neighborhood_id) if each.role is Role.OBSERVER]
    return [member.person_id for member in members(cycle.id) if member.part in parts_for(kind)]


def standing(cycle: CycleFacts, actor: Actor) -> Standing:
    """How somebody stands before the board of a cycle's vote.

    Staff who have lost the role they were named in have lost their part with it; a community member rests on none.
    """
    if cycle.is_imported:
        return _standing_by_role(cycle.neighborhood_id, actor)
    query = sa.select(BoardMember).where(BoardMember.cycle_id == cycle.id, BoardMember.person_id == actor.id)
    member, neighborhood_id = db.session.scalar(query), cycle.neighborhood_id
    known = accounts([actor.id])[actor.id]
    if member is None or (member.person.is_staff and not actor.holds(RESTS_ON[member.part], neighborhood_id)):
        return Standing(person_id=actor.id, account=known, part=None, since=None, confirmed_at=actor.confirmed_at)
    granted = [g for g in _grants(actor.id, RESTS_ON[member.part], neighborhood_id) if g is not None]
    return Standing(
        person_id=actor.id,
        account=known,
        part=member.part,
        since=max([member.named_at, *granted]),
        confirmed_at=actor.confirmed_at,
    )


def _standing_by_role(neighborhood_id: int, actor: Actor) -> Standing:
    """How somebody stands before an imported vote, which has no board: clerks ask, observers agree."""
    part = next((part for part, role in RESTS_ON.items() if actor.holds(role, neighborhood_id)), None)
    granted = [] if part is None else _grants(actor.id, RESTS_ON[part], neighborhood_id)
    return Standing(
        person_id=actor.id,
        account=accounts([actor.id])[actor.id],
        part=part,
        since=max((each or LONG_AGO for each in granted), default=None),
        confirmed_at=actor.confirmed_at,
        has_board=False,
    )


def community_email(cycle_id: int) -> str:
    """The address of the resident who runs a cycle's vote without any role; empty for none."""
    query = sa.select(Person.email).join(BoardMember, BoardMember.person_id == Person.id)
    resident = (BoardMember.cycle_id == cycle_id, BoardMember.part == Part.RUNS, ~Person.is_staff)
    return db.session.scalar(query.where(*resident)) or ""


def may_answer(cycle: CycleFacts, action: Action, actor: Actor) -> bool:
    """Whether somebody's agreement would count; whether they may give it now is for the verb to say."""
    if cycle.is_imported:
        return standing(cycle, actor).part is Part.OBSERVES
    first, second = part_of(cycle.id, action.requester_id), part_of(cycle.id, actor.id)
    if second not in parts_for(action.kind):
        return False
    needs = bool(action.payload.get("observer_agrees"))
    return why_not_together(action.kind, first, second, observer_agrees=needs) is None


def actions(cycle_id: int) -> list[Action]:
    """Everything ever asked of the board of a cycle's vote, newest first."""
    query = _actions().where(PendingAction.cycle_id == cycle_id)
    newest = query.order_by(PendingAction.requested_at.desc(), PendingAction.id)
    return [_action(*row) for row in db.session.execute(newest)]


def action(cycle_id: int, action_id: str) -> Action:
    """One request; NotFound where this board was never asked for it."""
    try:
        key = bytes.fromhex(action_id)
    except ValueError:
        raise NotFound from None
    row = db.session.execute(
        _actions().where(PendingAction.id == key, PendingAction.cycle_id == cycle_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return _action(*row)


def waiting(cycle_ids: Sequence[int]) -> list[Action]:
    """What waits for a second member in these cycles, oldest first."""
    query = _actions().where(PendingAction.cycle_id.in_(cycle_ids), PendingAction.ending.is_(None))
    oldest = query.where(PendingAction.expires_at > now()).order_by(PendingAction.requested_at)
    return [_action(*row) for row in db.session.execute(oldest)]


def _actions() -> sa.Select[*tuple[Any, ...]]:
    requester, approver = aliased(Person), aliased(Person)
    return (
        sa.select(PendingAction, requester.public_name, approver.public_name)
        .join(requester, requester.id == PendingAction.requester_id)
        .outerjoin(approver, approver.id == PendingAction.approver_id)
    )


def _action(row: PendingAction, requester: str, approver: str | None) -> Action:
    return Action(
        id=row.id.hex(),
        cycle_id=row.cycle_id,
        kind=row.kind,
        payload=json.loads(row.payload),
        hash=row.payload_hash,
        requester_id=row.requester_id,
        requester_name=requester,
        requested_at=row.requested_at,
        expires_at=row.expires_at,
        approver_name=approver,
        ending=row.ending,
        ended_at=row.ended_at,
    )


def _member(row: BoardMember, name: str, held: frozenset[Role]) -> Member:
    role = "observer" if row.part is Part.OBSERVES else "clerk" if Role.CLERK in held else "community"
    return Member(person_id=row.person_id, name=name, part=row.part, role=role, named_at=row.named_at)


def _roles(people: Sequence[int]) -> Mapping[int, frozenset[Role]]:
    query = sa.select(RoleGrant).where(RoleGrant.person_id.in_(people), RoleGrant.ended_at.is_(None))
    day, held = today(), dict[int, frozenset[Role]]()
    for grant in db.session.scalars(query):
        if holds_on(day, starts_on=grant.starts_on, ends_on=grant.ends_on):
            held[grant.person_id] = held.get(grant.person_id, frozenset()) | {grant.role}
    return held


def _grants(person_id: int, role: Role, neighborhood_id: int) -> list[datetime | None]:
    """When the role was given on which somebody's part rests."""
    here = sa.or_(RoleGrant.neighborhood_id.is_(None), RoleGrant.neighborhood_id == neighborhood_id)
    query = sa.select(RoleGrant.granted_at).where(
        RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.ended_at.is_(None), here
    )
    return list(db.session.scalars(query))
