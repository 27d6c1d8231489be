"""Naming the board of a vote, before its ballot is fixed."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person, Residence
from app.accounts.rules import ResidenceStage
from app.core.access import Actor, Role
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, ensure, ensure_standing
from app.core.events import publish
from app.cycles.models import Cycle
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import Stage, reached
from app.voting import policies
from app.voting.board import queries, words
from app.voting.board.events import BoardNamed
from app.voting.board.models import BoardMember, VotePlan
from app.voting.board.rules import BoardFault, Candidate, Part, fault_of_board


@dataclass(frozen=True, kw_only=True)
class NameBoard:
    """Who runs the vote (ids), who observes it, and for how many days objections to its result are heard."""

    running: tuple[int, ...]
    observing: tuple[int, ...]
    objection_days: int
    community_email: str = ""
    """The address of a resident who runs the vote too, without any role; empty for none."""


_FIELDS = {BoardFault.NO_OBSERVER: "observing", BoardFault.BOTH_PARTS: "observing"}
"""Where a fault of the board is said; every other at those who run the vote."""


def name_board(cycle_id: int, command: NameBoard, *, by: Actor) -> int:
    """Settle the board of a vote, in place of what was settled before; refused once the ballot is fixed.

    Returns how many members it has.
    """
    cycle = cycle_facts(cycle_id, drafts=True)
    message = _("Only a clerk of this neighborhood names the board.")
    ensure_standing(policies.may_run(by, cycle.neighborhood_id), message)
    with transaction():
        locked(Cycle, cycle_id)
        cycle = cycle_facts(cycle_id, drafts=True)
        ensure(not reached(cycle.stage, Stage.BALLOT_FIXED), "fixed", _("The ballot is fixed, and the board with it."))
        candidates = _candidates(cycle.neighborhood_id, command)
        fault = fault_of_board(candidates)
        if fault is not None:
            raise DomainError(fault.value, words.fault(fault), field=_FIELDS.get(fault, "running"))
        _replace_board(cycle_id, candidates, command.objection_days)
        publish(
            BoardNamed(
                actor_id=by.id,
                cycle_id=cycle_id,
                running=tuple(sorted(c.person_id for c in candidates if c.part is Part.RUNS)),
                observing=tuple(sorted(c.person_id for c in candidates if c.part is Part.OBSERVES)),
                objection_days=command.objection_days,
            )
        )
    return len(candidates)


def _candidates(neighborhood_id: int, command: NameBoard) -> list[Candidate]:
    known = queries.eligible(neighborhood_id)
    clerks = {each.person_id for each in known if each.role is Role.CLERK}
    observers = {each.person_id for each in known if each.role is Role.OBSERVER}
    stranger = _("Only clerks of this neighborhood, its observers and one resident make the board.")
    ensure(set(command.running) <= clerks, "stranger", stranger, field="running")
    ensure(set(command.observing) <= observers, "stranger", stranger, field="observing")
    chosen = [(person_id, Part.RUNS) for person_id in command.running]
    chosen += [(person_id, Part.OBSERVES) for person_id in command.observing]
    if command.community_email:
        chosen.append((resident(neighborhood_id, command.community_email), Part.RUNS))
    return queries.as_candidates(chosen, neighborhood_id)


def resident(neighborhood_id: int, email: str) -> int:
    """The resident without any role who has an account with this address; refused where there is none."""
    person_id = db.session.scalar(residents(neighborhood_id).where(Person.email == email.lower()))
    if person_id is None:
        message = _("No resident of this neighborhood without a role has an account with this address.")
        raise DomainError("no_resident", message, field="community_email")
    return person_id


def residents(neighborhood_id: int) -> sa.Select[int]:
    """The ids of the verified residents of a neighborhood who have no role."""
    lives_here = (Residence.neighborhood_id == neighborhood_id, Residence.stage == ResidenceStage.VERIFIED)
    query = sa.select(Person.id).join(Residence, Residence.person_id == Person.id)
    return query.where(Person.active, ~Person.is_staff, *lives_here)


def _replace_board(cycle_id: int, candidates: list[Candidate], objection_days: int) -> None:
    rows = db.session.scalars(sa.select(BoardMember).where(BoardMember.cycle_id == cycle_id))
    before = {row.person_id: row for row in rows}
    for person_id, row in before.items():
        if not any(c.person_id == person_id and c.part is row.part for c in candidates):
            db.session.delete(row)
    db.session.flush()
    for each in candidates:
        kept = before.get(each.person_id)
        if kept is None or kept.part is not each.part:
            db.session.add(BoardMember(cycle_id=cycle_id, person_id=each.person_id, part=each.part, named_at=now()))
    plan = db.session.get(VotePlan, cycle_id)
    if plan is None:
        db.session.add(VotePlan(cycle_id=cycle_id, objection_days=objection_days, threshold=1))
    else:
        plan.objection_days = objection_days
