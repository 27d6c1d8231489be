"""The verbs of transfers: move money to another project, release some of the reserve, write down what others gave.

Moving and releasing are signed by both sides; where money crosses from one task force to another, by both sides of both
(domain rule 13). The council's decision, where one is needed, is written down by the clerk and printed everywhere.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure
from app.core.once import once
from app.proposals.models import Proposal
from app.taskforces.projects.models import Project
from app.taskforces.signing.rules import MatterKind, Signed
from app.taskforces.spending import policies
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.asking.services import (
    Payload,
    ask,
    asking,
    entering,
    here,
    project_code,
    project_of,
    signed_project,
)
from app.taskforces.spending.documents import services as documents
from app.taskforces.spending.documents.services import Made
from app.taskforces.spending.rules import EntryKind, may_commit, needs_council
from app.taskforces.spending.services import Booking, book, ensure_bookable, held_projects


@dataclass(frozen=True, kw_only=True)
class MoveMoney:
    """How much goes to which project, why, and the council's decision where one is needed."""

    to_project_id: int
    amount_cents: int
    reason: str
    council: str | None


@dataclass(frozen=True, kw_only=True)
class ReleaseReserve:
    """How much of the reserve goes to a project, and why."""

    amount_cents: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class GiveFromOutside:
    """What somebody else gave to a project, and the letter that says so."""

    giver: str
    amount_cents: int
    on: date
    purpose: str
    paper: Made


def move_money(project_id: int, command: MoveMoney, *, key: str, by: Actor) -> int:
    """Put the transfer before both sides, of both task forces where it crosses over; returns the agreement's id."""

    def act() -> int:
        ensure(command.to_project_id != project_id, "same_project", _("Choose another project."), field="to")
        project = asking(project_id, by, with_project_id=command.to_project_id)
        clerk = policies.may_enter(by, project.cycle.neighborhood_id)
        only = _("Only the clerk writes down what the council has decided. Ask the clerk. (Rule 13)")
        ensure(command.council is None or clerk, "council_by_clerk", only, field="council")
        other = project_of(command.to_project_id).task_force_id
        return ask(MatterKind.REALLOCATION, project, vars(command), by, second_task_force_id=other)

    return once(key, act)


def release(project_id: int, command: ReleaseReserve, *, key: str, by: Actor) -> int:
    """Put the release of some of the reserve before both sides; returns the agreement's id."""
    return once(key, lambda: ask(MatterKind.CONTINGENCY, asking(project_id, by), vars(command), by))


def give_from_outside(project_id: int, command: GiveFromOutside, *, key: str, by: Actor) -> int:
    """Write down what somebody else gave to a project; a clerk's entry, with its document. Returns the entry's id."""

    def act() -> int:
        project = entering(project_id, by)
        ensure(command.on <= here(project), "in_the_future", _("This day has not come yet."), field="on")
        booking = Booking(
            kind=EntryKind.EXTERNAL_IN,
            amount_cents=command.amount_cents,
            on=command.on,
            purpose=command.purpose,
            project=project,
            counterparty=command.giver,
            document_id=documents.keep(project_id, command.paper, by=by),
        )
        return book(project.cycle_id, [booking], by_id=by.id)[0].id

    return once(key, act)


def to_transfer(subject_id: int, answers: Payload) -> Payload:
    """What is signed to move money; refused between pots, for money that is promised, and without the council."""
    giving, taking = project_of(subject_id), project_of(answers["to_project_id"])
    pots = _("Money moves only between projects of the same cycle. (Rule 13)")
    ensure(giving.cycle_id == taking.cycle_id, "other_pot", pots, field="to")
    _ensure_running(taking, field="to")
    cents = answers["amount_cents"]
    ensure_bookable(EntryKind.REALLOCATE_OUT, -cents, project_id=subject_id)
    percent = ledger.terms_of(giving.cycle_id).council_percent
    decided = needs_council(
        cents,
        ledger.balance_of(subject_id).allocated_cents,
        same_category=_category(giving) == _category(taking),
        percent=percent,
    )
    if decided and not answers["council"]:
        raise DomainError("needs_council", _council(percent), field="council")
    return {
        "from": project_code(giving),
        "from_title": giving.title,
        "to": project_code(taking),
        "to_title": taking.title,
        "to_project_id": taking.id,
        "amount_cents": cents,
        "reason": answers["reason"],
        "council": answers["council"],
    }


def to_release(subject_id: int, answers: Payload) -> Payload:
    """What is signed to release some of the reserve."""
    project = project_of(subject_id)
    _ensure_running(project, field="amount")
    ensure_bookable(EntryKind.CONTINGENCY_RELEASE, answers["amount_cents"], project_id=subject_id)
    said = {"amount_cents": answers["amount_cents"], "reason": answers["reason"]}
    return {"project": project_code(project), "title": project.title, **said}


def transfer(signed: Signed) -> None:
    """Move the money: two entries that add up to nothing, under one agreement (domain rule 13)."""
    with transaction():
        told, to_id = signed.payload, signed.payload["to_project_id"]
        assert signed.project_id is not None  # money is always a project's
        held = held_projects([signed.project_id, to_id])
        cents, reason = told["amount_cents"], told["reason"]
        bookings = [
            _booking(EntryKind.REALLOCATE_OUT, -cents, held[signed.project_id], signed, reason),
            _booking(EntryKind.REALLOCATE_IN, cents, held[to_id], signed, reason),
        ]
        book(held[to_id].cycle_id, bookings, by_id=signed.last_signer_id)


def release_signed(signed: Signed) -> None:
    """Release what both sides have signed."""
    with transaction():
        project, told = signed_project(signed), signed.payload
        cents = told["amount_cents"]
        booking = _booking(EntryKind.CONTINGENCY_RELEASE, cents, project, signed, told["reason"])
        book(project.cycle_id, [booking], by_id=signed.last_signer_id)


def _booking(kind: EntryKind, cents: int, project: Project, signed: Signed, reason: str) -> Booking:
    return Booking(
        kind=kind,
        amount_cents=cents,
        on=here(project),
        purpose=reason,
        project=project,
        agreement_id=signed.agreement_id,
    )


def _ensure_running(project: Project, *, field: str) -> None:
    over = _("This project takes no money: it has not begun, or it is over.")
    ensure(may_commit(project.stage), "not_running", over, field=field)


def _category(project: Project) -> int | None:
    return db.session.get_one(Proposal, project.proposal_id).category_id


def _council(percent: int) -> str:
    sentence = _(
        "More than %(percent)s%% of a project moves to another kind of project only if the council has decided so. The"
        " clerk proposes it and writes down the decision. (Rule 13)",
        percent=percent,
    )
    return str(sentence)
