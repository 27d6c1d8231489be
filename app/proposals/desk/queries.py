"""Reading the desk: who may have handed a form in, what was typed in, and what everybody is told of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person, Residence
from app.accounts.rules import NOWHERE, ResidenceStage
from app.core.access import Actor, Role
from app.core.db import db
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.proposals.desk.models import FormDesk, PaperForm
from app.proposals.desk.policies import may_lead
from app.proposals.models import Proposal
from app.proposals.queries import ProposalDetail
from app.proposals.review.queries import Chapter, Moment
from app.proposals.rules import Stage, code

PAGE_SIZE = 20
MOST_FOUND = 10


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody who may have handed a form in; `detail` tells them from others of the name."""

    id: int
    name: str
    detail: str
    is_certain: bool = False
    """Whether what was typed can mean nobody else: an e-mail address."""


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """What a proposal's page says of its paper form."""

    received_on: date
    typed_at: datetime
    may_take_back: bool


@dataclass(frozen=True, kw_only=True)
class TypedForm:
    """A line of the office's list."""

    proposal_id: int
    number: str
    code: str
    title: str
    """Empty once it is withdrawn: nobody reads on what it said."""
    holder: str
    has_account: bool
    received_on: date
    language: str
    was_helped: bool
    typed_by: str


def accounts(neighborhood_id: int, typed: str, viewer: Actor) -> list[Holder]:
    """The verified residents whose e-mail, name or home address is exactly what was typed; a home address is shown to
    clerks alone."""
    said = " ".join(typed.split()).lower()
    columns = (Person.public_name, Person.email, Residence.address)
    query = (
        sa.select(Person.id, *columns, Person.joined_at)
        .join(Residence, Residence.person_id == Person.id)
        .where(
            Residence.neighborhood_id == neighborhood_id,
            Residence.stage == ResidenceStage.VERIFIED,
            Person.active,
            sa.or_(*(sa.func.lower(column) == said for column in columns)),
        )
        .order_by(Person.public_name, Person.id)
        .limit(MOST_FOUND)
    )
    sees = viewer.holds(Role.CLERK, neighborhood_id)
    return [
        Holder(
            id=row.id,
            name=row.public_name,
            detail=row.address if sees else f"{row.joined_at:%Y-%m-%d}",
            is_certain=row.email.lower() == said,
        )
        for row in db.session.execute(query)
    ]


def without_account(neighborhood_id: int, typed: str) -> list[Holder]:
    """Those without an account who handed in a form in this neighborhood before, under the same name."""
    said = " ".join(typed.split()).lower()
    query = (
        sa.select(Person.id, Person.public_name, sa.func.min(PaperForm.number).label("number"))
        .join(PaperForm, PaperForm.holder_id == Person.id)
        .join(Cycle, Cycle.id == PaperForm.cycle_id)
        .where(
            Cycle.neighborhood_id == neighborhood_id,
            sa.not_(Person.active),
            Person.email.endswith(NOWHERE, autoescape=True),
            sa.func.lower(Person.public_name) == said,
        )
        .group_by(Person.id, Person.public_name)
        .order_by(Person.id)
        .limit(MOST_FOUND)
    )
    return [Holder(id=row.id, name=row.public_name, detail=row.number) for row in db.session.execute(query)]


def typed_before(cycle_id: int, key: str) -> tuple[int, str] | None:
    """The id and the code of the proposal that this form became, or None."""
    query = (
        sa.select(Proposal.id, Cycle.year, Proposal.number)
        .join(PaperForm, PaperForm.proposal_id == Proposal.id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
    )
    row = db.session.execute(query.where(PaperForm.cycle_id == cycle_id, PaperForm.key == key)).first()
    return None if row is None else (row.id, code(row.year, row.number))


def of_proposal(proposal: ProposalDetail, viewer: Actor | None) -> OnPaper | None:
    """The paper behind a proposal, or None where it was written here."""
    row = db.session.get(PaperForm, proposal.id)
    if row is None:
        return None
    clerk = viewer is not None and may_lead(viewer, proposal.neighborhood_id)
    return OnPaper(received_on=row.received_on, typed_at=row.typed_at, may_take_back=clerk)


def moments(paper: OnPaper | None) -> list[Moment]:
    """What the desk adds to the story of a proposal."""
    return [] if paper is None else [Moment(chapter=Chapter.ON_PAPER, at=paper.typed_at, on=paper.received_on)]


def forms(cycle_id: int, *, page: int = 1) -> Page[TypedForm]:
    """The forms of a cycle that were typed in, the newest first."""
    query = _forms(cycle_id).order_by(PaperForm.typed_at.desc(), PaperForm.proposal_id.desc())
    return page_of(query, number=page, size=PAGE_SIZE, row=_typed)


def form_of(proposal_id: int, cycle_id: int) -> TypedForm | None:
    """The form that became this proposal of the cycle, or None."""
    row = db.session.execute(_forms(cycle_id).where(PaperForm.proposal_id == proposal_id)).first()
    return None if row is None else _typed(*row)


def _forms(cycle_id: int) -> sa.Select[*tuple[Any, ...]]:
    holder, typist = aliased(Person), aliased(Person)
    return (
        sa.select(
            PaperForm.proposal_id,
            PaperForm.number,
            Cycle.year,
            Proposal.number.label("of_proposal"),
            sa.case((Proposal.stage == Stage.WITHDRAWN, ""), else_=Proposal.title).label("title"),
            holder.public_name.label("holder"),
            holder.active.label("has_account"),
            PaperForm.received_on,
            PaperForm.language,
            PaperForm.was_helped,
            typist.public_name.label("typed_by"),
        )
        .join(Proposal, Proposal.id == PaperForm.proposal_id)
        .join(Cycle, Cycle.id == PaperForm.cycle_id)
        .join(holder, holder.id == PaperForm.holder_id)
        .join(typist, typist.id == PaperForm.typed_by_id)
        .where(PaperForm.cycle_id == cycle_id)
    )


def place(cycle_id: int) -> str:
    """Where forms of a cycle are handed in; empty until a clerk has said it."""
    return db.session.scalar(sa.select(FormDesk.place).where(FormDesk.cycle_id == cycle_id)) or ""


def _typed(proposal_id: int, number: str, year: int, of_proposal: int, title: str, *rest: Any) -> TypedForm:
    holder, has_account, received_on, language, was_helped, typed_by = rest
    return TypedForm(
        proposal_id=proposal_id,
        number=number,
        code=code(year, of_proposal),
        title=title,
        holder=holder,
        has_account=has_account,
        received_on=received_on,
        language=language,
        was_helped=was_helped,
        typed_by=typed_by,
    )
