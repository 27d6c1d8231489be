"""Reading what both sides are asked to sign: one agreement, those of a project, and what waits for somebody."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.moments import day_in
from app.core.paging import Page, page_of
from app.places.models import Neighborhood
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.projects.models import Project
from app.taskforces.seats import queries as seats
from app.taskforces.seats.models import Seat
from app.taskforces.seats.queries import Signer
from app.taskforces.seats.rules import Side
from app.taskforces.signing.models import Agreement, Escalation, SignOff
from app.taskforces.signing.rules import (
    OPEN_TO_COUNCIL,
    Asked,
    Ending,
    MatterKind,
    Method,
    Outcome,
    Place,
    Signature,
    Verdict,
    places_of,
)

Witness = aliased(Person)
PAGE_SIZE = 20
FEW = 5
"""How many open agreements the page of a project or of a task force shows itself."""


@dataclass(frozen=True, kw_only=True)
class SignOffRow:
    """A signature as everybody reads it."""

    id: int
    task_force_id: int
    side: Side
    person_id: int
    name: str
    as_deputy: bool
    verdict: Verdict
    statement: str | None
    method: Method
    attested_by: str | None
    signed_on: date | None
    signed_at: datetime

    @property
    def signature(self) -> Signature:
        """The same as the rules see it."""
        place = Place(task_force_id=self.task_force_id, side=self.side)
        return Signature(place=place, person_id=self.person_id, verdict=self.verdict)


@dataclass(frozen=True, kw_only=True)
class AgreementRow:
    """What both sides are asked to sign, and how far it has come; `payload` is what is agreed, to the byte."""

    id: int
    kind: MatterKind
    task_force_id: int
    task_force: str
    task_force_slug: str
    second_task_force_id: int | None
    project_id: int | None
    project_title: str | None
    neighborhood_id: int
    time_zone: str
    currency: str
    payload: Mapping[str, Any]
    hash: str
    proposer_id: int
    proposer: str
    proposed_at: datetime
    due_on: date
    ending: Ending | None
    ended_at: datetime | None
    override: str | None
    council_asked_at: datetime | None
    """When a side asked the council to stand in for the other."""
    council_due_on: date | None
    """The last day on which its decision can be put on record."""
    council_lapsed_at: datetime | None
    council_outcome: Outcome | None
    signed: tuple[SignOffRow, ...]

    @property
    def task_force_ids(self) -> tuple[int, ...]:
        """The task forces whose sides sign: one, or two where money crosses over."""
        return tuple(each for each in (self.task_force_id, self.second_task_force_id) if each is not None)

    @property
    def proposed_on(self) -> date:
        """The day it was proposed, where the neighborhood is."""
        return day_in(self.time_zone, self.proposed_at)

    @property
    def asked(self) -> Asked:
        """The same as the rules see it."""
        return Asked(
            payload_hash=self.hash,
            due_on=self.due_on,
            ending=self.ending,
            places=places_of(self.task_force_ids),
            signed=tuple(row.signature for row in self.signed),
        )

    @property
    def is_before_council(self) -> bool:
        """Whether the council's decision is waited for."""
        waits = self.council_asked_at is not None and self.council_outcome is None
        return waits and self.council_lapsed_at is None and self.ending in OPEN_TO_COUNCIL

    @property
    def missing(self) -> tuple[Place, ...]:
        """The places where nobody has signed."""
        there = {(row.task_force_id, row.side) for row in self.signed}
        return tuple(each for each in places_of(self.task_force_ids) if (each.task_force_id, each.side) not in there)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What the page of a project or of a task force says of its agreements: those that wait, and how many there are."""

    waiting: tuple[AgreementRow, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An agreement that waits for somebody's signature, and for which side they would sign."""

    agreement: AgreementRow
    side: Side
    since: datetime
    due_on: date


def agreement(agreement_id: int) -> AgreementRow:
    """One agreement; NotFound where there is none."""
    found = _rows(Agreement.id == agreement_id)
    if not found:
        raise NotFound
    return found[0]


def of_ids(agreement_ids: Collection[int]) -> list[AgreementRow]:
    """These agreements, newest first, in two statements."""
    return _rows(Agreement.id.in_(agreement_ids))


def of_project(project_id: int) -> list[AgreementRow]:
    """Everything about a project that was ever to be signed, newest first, in two statements."""
    return _rows(Agreement.project_id == project_id)


def page_of_project(project_id: int, *, number: int = 1) -> Page[AgreementRow]:
    """A page of everything about a project that was ever to be signed: what waits first, then the newest."""
    return _page(number, Agreement.project_id == project_id)


def page_of_task_force(task_force_id: int, *, number: int = 1) -> Page[AgreementRow]:
    """The same of a task force."""
    return _page(number, _of_bodies([task_force_id]))


def beside_project(project_id: int) -> Beside:
    """What a project's page says of its agreements, in two statements (three where some wait)."""
    return _beside(Agreement.project_id == project_id)


def beside_task_force(task_force_id: int) -> Beside:
    """What a task force's page says of them."""
    return _beside(_of_bodies([task_force_id]))


def waiting(person_id: int, on: date) -> list[Waiting]:
    """What waits for somebody's signature on a day, the first to end first; as a deputy only while they stand in."""
    bodies = db.session.scalars(sa.select(Seat.task_force_id).where(Seat.person_id == person_id).distinct()).all()
    found = []
    for row in open_of(bodies) if bodies else []:
        signer = signer_of(row, person_id, on)
        if signer is not None and on <= row.due_on and place_of(signer) in row.missing:
            found.append(Waiting(agreement=row, side=signer.side, since=row.proposed_at, due_on=row.due_on))
    return sorted(found, key=lambda each: (each.due_on, each.agreement.id))


def still_asked(row: AgreementRow, on: date) -> list[Signer]:
    """Everybody who may sign on a day where nobody has signed."""
    return [each for each in signers_of(row, on) if place_of(each) in row.missing]


def place_of(signer: Signer) -> Place:
    """Where somebody signs."""
    return Place(task_force_id=signer.task_force_id, side=signer.side)


def of_task_force(task_force_id: int) -> list[AgreementRow]:
    """Everything about a task force as a whole that was ever to be signed, newest first, in two statements."""
    return _rows(Agreement.task_force_id == task_force_id, Agreement.project_id.is_(None))


def open_of(task_force_ids: Collection[int]) -> list[AgreementRow]:
    """What waits for signatures in these task forces, newest first."""
    return _rows(_of_bodies(task_force_ids), Agreement.ending.is_(None))


def asked(row: Agreement) -> Asked:
    """An agreement as the rules on signing see it."""
    bodies = [each for each in (row.task_force_id, row.second_task_force_id) if each is not None]
    query = sa.select(SignOff.task_force_id, SignOff.side, SignOff.person_id, SignOff.verdict)
    signed = tuple(
        Signature(place=Place(task_force_id=body, side=side), person_id=person_id, verdict=verdict)
        for body, side, person_id, verdict in db.session.execute(query.where(SignOff.agreement_id == row.id))
    )
    return Asked(
        payload_hash=row.payload_hash, due_on=row.due_on, ending=row.ending, places=places_of(bodies), signed=signed
    )


def before_council() -> sa.ColumnElement[bool]:
    """The condition that somebody waits for the council's decision about an agreement."""
    return sa.exists().where(Escalation.agreement_id == Agreement.id, undecided())


def undecided() -> sa.ColumnElement[bool]:
    """The condition that what was taken to the council is neither decided nor lapsed."""
    return sa.and_(Escalation.outcome.is_(None), Escalation.lapsed_at.is_(None))


def signer_of(row: Agreement | AgreementRow, person_id: int, on: date) -> Signer | None:
    """In which seat somebody would sign an agreement on a day; None where they may not."""
    return next((each for each in signers_of(row, on) if each.person_id == person_id), None)


def signers_of(row: Agreement | AgreementRow, on: date) -> list[Signer]:
    """Who may sign an agreement on a day; nobody whose declared interest in its project or payee recuses them."""
    bodies = [each for each in (row.task_force_id, row.second_task_force_id) if each is not None]
    return seats.signers(bodies, on, project_id=row.project_id, organization_ids=_payees(row))


def _payees(row: Agreement | AgreementRow) -> Sequence[int]:
    """The organizations of the neighborhood that go by the name of whoever would be paid, if anybody would."""
    payload = json.loads(row.payload) if isinstance(row, Agreement) else row.payload
    name = payload.get("counterparty")
    if not isinstance(name, str):
        return ()
    query = sa.select(Organization.id).join(TaskForce, TaskForce.neighborhood_id == Organization.neighborhood_id)
    same = sa.func.lower(Organization.name) == name.strip().lower()
    return db.session.scalars(query.where(TaskForce.id == row.task_force_id, same)).all()


def _of_bodies(task_force_ids: Collection[int]) -> sa.ColumnElement[bool]:
    return sa.or_(Agreement.task_force_id.in_(task_force_ids), Agreement.second_task_force_id.in_(task_force_ids))


def _beside(mine: sa.ColumnElement[bool]) -> Beside:
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Agreement).where(mine)) or 0
    query = _query(mine, Agreement.ending.is_(None)).order_by(Agreement.due_on, Agreement.id).limit(FEW)
    return Beside(waiting=tuple(_with_signatures(db.session.execute(query).all())) if total else (), total=total)


def _page(number: int, *conditions: sa.ColumnElement[bool]) -> Page[AgreementRow]:
    query = _query(*conditions).order_by(Agreement.ending.is_not(None), Agreement.id.desc())
    found = page_of(query, number=number, size=PAGE_SIZE, row=lambda *columns: columns)
    rows = _with_signatures(found.items)
    return found.told(rows)


def _rows(*conditions: sa.ColumnElement[bool]) -> list[AgreementRow]:
    return _with_signatures(db.session.execute(_query(*conditions).order_by(Agreement.id.desc())).all())


def _with_signatures(found: Sequence[Any]) -> list[AgreementRow]:
    signed = _signed([row[0].id for row in found]) if found else {}
    return [_row(tuple(signed.get(row[0].id, ())), *row) for row in found]


def _shown_as() -> sa.ScalarSelect[str | None]:
    """How whoever proposed it is shown where they have a youth seat: without a surname (domain rule 32)."""
    query = sa.select(Seat.shown_as).where(
        Seat.person_id == Agreement.proposer_id,
        Seat.task_force_id == Agreement.task_force_id,
        Seat.shown_as.is_not(None),
    )
    return query.order_by(Seat.id.desc()).limit(1).scalar_subquery()


def _query(*conditions: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Agreement,
            TaskForce.name,
            TaskForce.slug,
            Project.title,
            Neighborhood.id,
            Neighborhood.time_zone,
            Neighborhood.currency,
            sa.func.coalesce(_shown_as(), Person.public_name),
            Escalation.asked_at,
            Escalation.due_on,
            Escalation.lapsed_at,
            Escalation.outcome,
        )
        .join(TaskForce, TaskForce.id == Agreement.task_force_id)
        .join(Neighborhood, Neighborhood.id == TaskForce.neighborhood_id)
        .join(Person, Person.id == Agreement.proposer_id)
        .outerjoin(Project, Project.id == Agreement.project_id)
        .outerjoin(Escalation, Escalation.agreement_id == Agreement.id)
        .where(*conditions)
    )


_COUNCIL = ("council_asked_at", "council_due_on", "council_lapsed_at", "council_outcome")


def _row(
    signed: tuple[SignOffRow, ...],
    row: Agreement,
    body: str,
    slug: str,
    title: str | None,
    where_id: int,
    zone: str,
    currency: str,
    proposer: str,
    *council: Any,
) -> AgreementRow:
    return AgreementRow(
        id=row.id,
        kind=row.kind,
        task_force_id=row.task_force_id,
        task_force=body,
        task_force_slug=slug,
        second_task_force_id=row.second_task_force_id,
        project_id=row.project_id,
        project_title=title,
        neighborhood_id=where_id,
        time_zone=zone,
        currency=currency,
        payload=json.loads(row.payload),
        hash=row.payload_hash,
        proposer_id=row.proposer_id,
        proposer=proposer,
        proposed_at=row.proposed_at,
        due_on=row.due_on,
        ending=row.ending,
        ended_at=row.ended_at,
        override=row.override,
        signed=signed,
        **dict(zip(_COUNCIL, council, strict=True)),
    )


def _signed(agreement_ids: list[int]) -> dict[int, list[SignOffRow]]:
    query = (
        sa.select(SignOff, Person.public_name, Witness.public_name)
        .join(Person, Person.id == SignOff.person_id)
        .outerjoin(Witness, Witness.id == SignOff.attested_by_id)
        .where(SignOff.agreement_id.in_(agreement_ids))
        .order_by(SignOff.id)
    )
    found: dict[int, list[SignOffRow]] = {}
    for row, name, witness in db.session.execute(query):
        line = SignOffRow(
            id=row.id,
            task_force_id=row.task_force_id,
            side=row.side,
            person_id=row.person_id,
            name=name,
            as_deputy=row.as_deputy,
            verdict=row.verdict,
            statement=row.statement,
            method=row.method,
            attested_by=witness,
            signed_on=row.signed_on,
            signed_at=row.signed_at,
        )
        found.setdefault(row.agreement_id, []).append(line)
    return found
