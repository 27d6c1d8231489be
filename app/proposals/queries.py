"""Reading proposals: cards for lists, one in full, and what other rooms ask about them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Actor
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, found_page_of, page_of
from app.cycles.models import Cycle, RuleCard
from app.cycles.priorities.models import Priority
from app.cycles.queries import CycleFacts
from app.cycles.rules import Stage as CycleStage
from app.places.models import Area, Category, Neighborhood
from app.proposals import policies, words
from app.proposals.coauthors import queries as coauthors
from app.proposals.coauthors.queries import Named
from app.proposals.models import EstimateLine, Proposal
from app.proposals.priorities.models import ServedPriority
from app.proposals.rules import (
    BALLOTED,
    EDITABLE,
    LEFT,
    OPEN_CYCLES,
    CostLine,
    Sort,
    Stage,
    WhyShut,
    can_become,
    code,
    lot,
    open_to_change,
    read_code,
    total_cents,
    why_shut,
)
from app.proposals.search import queries as index
from app.proposals.supports.models import Support
from app.proposals.wordings.rules import Said

PAGE_SIZE = 12


@dataclass(frozen=True, kw_only=True)
class ProposalCard:
    """A proposal as a list shows it; `cost_cents` is the officers', `estimate_cents` its author's."""

    id: int
    code: str
    title: str
    summary: str
    place: str
    stage: Stage
    category: str
    icon: str
    area: str | None
    author: str
    cost_cents: int | None
    estimate_cents: int
    currency: str
    cycle_id: int
    cycle_name: str
    neighborhood_id: int
    source: str
    """The language in which people of its neighborhood write: the first of its languages."""
    supports: int | None = None
    """How many support it; None where that is not shown: hidden by the cycle, or the ballot is fixed."""
    priority_id: int | None = None
    priority: str | None = None
    """The priority of its cycle that its author says it serves."""
    said: Said | None = None
    """How it stands in the language of its reader, where that is another one (`wordings.queries`)."""

    def language_of(self, name: str) -> str | None:
        """The language of one of its texts where it is not that of the page."""
        return None if self.said is None else self.said.language_of(name)


@dataclass(frozen=True, kw_only=True)
class ProposalDetail(ProposalCard):
    """Everything about one proposal, and what its viewer may do to it."""

    need: str
    gains: str
    helpers: str
    author_id: int
    category_id: int | None
    area_id: int | None
    neighborhood: str
    neighborhood_slug: str
    time_zone: str
    cycle_stage: CycleStage
    estimate: tuple[CostLine, ...]
    watches_people: bool
    impact_note: str | None
    created_at: datetime
    submitted_at: datetime | None
    edited_at: datetime | None
    withdrawn_at: datetime | None
    ballot_fixed_at: datetime | None
    is_own: bool
    co_authors: tuple[Named, ...]
    is_writer: bool
    """Whether its viewer may change its words: its author, or somebody who writes it with them."""

    @property
    def co_author_ids(self) -> frozenset[int]:
        """The ids of those who write it with its author."""
        return frozenset(each.id for each in self.co_authors)

    @property
    def writers(self) -> frozenset[int]:
        """The ids of everybody who writes it."""
        return self.co_author_ids | {self.author_id}

    @property
    def is_option(self) -> bool:
        """Whether it is, or was, on the ballot."""
        return self.stage in BALLOTED

    @property
    def is_gone(self) -> bool:
        """Whether it was public and is withdrawn, so that nothing it said is public any more."""
        return self.stage is Stage.WITHDRAWN and bool(self.code)

    @property
    def shut(self) -> WhyShut | None:
        """Why nobody comments on it or supports it now, or None."""
        return why_shut(is_sent=bool(self.code), stage=self.stage, cycle_stage=self.cycle_stage)

    @property
    def can_be_edited(self) -> bool:
        """Whether its viewer may change its words now."""
        return self.is_writer and self.stage in EDITABLE and open_to_change(self.cycle_stage)

    @property
    def can_be_joined(self) -> bool:
        """Whether its viewer may ask to join it into another now."""
        return self.is_own and can_become(self.stage, Stage.MERGED) and open_to_change(self.cycle_stage)

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether its viewer may take it back now."""
        open_ = open_to_change(self.cycle_stage) or self.stage is Stage.DRAFT
        return self.is_own and can_become(self.stage, Stage.WITHDRAWN) and open_


def cards(
    *,
    cycle_id: int | None = None,
    category_id: int | None = None,
    area_id: int | None = None,
    priority_id: int | None = None,
    stage: Stage | None = None,
    search: str = "",
    sort: Sort = Sort.SHUFFLED,
    day: date | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[ProposalCard]:
    """Submitted proposals (withdrawn and joined ones only when asked for by stage), in three statements.

    Shuffled means: an order by lot that is the same for everybody for the whole of `day`. Only what the page shows is
    read in full, so that a long list costs little more than a short one.
    """
    wanted: list[sa.ColumnElement[bool]] = [Proposal.number.is_not(None)]
    wanted.append(Proposal.stage.not_in(LEFT) if stage is None else Proposal.stage == stage)
    for column, value in (
        (Proposal.cycle_id, cycle_id),
        (Proposal.category_id, category_id),
        (Proposal.area_id, area_id),
    ):
        if value is not None:
            wanted.append(column == value)
    if priority_id is not None:
        serving = sa.select(ServedPriority.proposal_id).where(ServedPriority.priority_id == priority_id)
        wanted.append(Proposal.id.in_(serving))
    moment, ids = day or today(), sa.select(Proposal.id)
    if search.strip():
        wanted.append(index.says(search))
        if sort is Sort.BEST:
            return _in_full(found_page_of(ids.where(*wanted), partial(_best, search, moment), number=page, size=size))
    return in_full(ids.where(*wanted).order_by(*_order(sort, moment)), page, size)


def in_full(query: sa.Select[int], page: int, size: int = PAGE_SIZE) -> Page[ProposalCard]:
    """A page of the ids that `query` selects, and then of the cards behind them."""
    return _in_full(page_of(query, number=page, size=size, row=lambda id_: id_))


def numbered(typed: str, cycle: CycleFacts) -> int | None:
    """The id of the public proposal whose reference number was typed: of this cycle, else the only one of its year."""
    asked = read_code(typed, year=cycle.year)
    if asked is None:
        return None
    query = sa.select(Proposal.id, Proposal.cycle_id).join(Cycle, Cycle.id == Proposal.cycle_id)
    query = query.where(Cycle.year == asked[0], Proposal.number == asked[1], Cycle.stage != CycleStage.DRAFT)
    found = {row.cycle_id: row.id for row in db.session.execute(query)}
    return found.get(cycle.id) or (next(iter(found.values())) if len(found) == 1 else None)


def similar(proposal: ProposalDetail) -> list[ProposalCard]:
    """Up to five public proposals of its cycle that may be the same idea, the most alike first."""
    said = "\n".join([proposal.summary, proposal.need, proposal.place])
    return _cards_of(index.similar(proposal.title, said, cycle_id=proposal.cycle_id, but=proposal.id))


def close_to(search: str, cycle_id: int) -> list[ProposalCard]:
    """Up to five public proposals of a cycle whose titles read most like what was looked for in vain."""
    return _cards_of(index.close_to(search, cycle_id=cycle_id))


def mine(author_id: int, *, page: int = 1) -> Page[ProposalCard]:
    """Everything somebody has proposed or writes with its author, newest first.

    Drafts too, but not those that were thrown away.
    """
    thrown_away = sa.and_(Proposal.number.is_(None), Proposal.stage == Stage.WITHDRAWN)
    written = sa.or_(Proposal.author_id == author_id, coauthors.writes(author_id))
    query = _card_query().where(written, sa.not_(thrown_away)).order_by(Proposal.id.desc())
    return page_of(query, number=page, size=PAGE_SIZE, row=partial(_card, kept=True))


def detail(proposal_id: int, viewer: Actor | None, *, kept: bool = False) -> ProposalDetail:
    """One proposal; NotFound for an unknown one and for somebody else's draft.

    What it said is left out once it is withdrawn, whoever asks, unless `kept` says that the asker has checked.
    """
    query = _card_query().add_columns(Proposal, Neighborhood, Cycle.stage, RuleCard.frozen_at)
    query = query.outerjoin(RuleCard, RuleCard.cycle_id == Cycle.id).where(Proposal.id == proposal_id)
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    row: Proposal = found.Proposal
    company = coauthors.of_proposal(proposal_id)
    writers = frozenset(each.id for each in company)
    if not policies.may_see(viewer, author_id=row.author_id, number=row.number, co_authors=writers):
        raise NotFound
    full = _full(found, viewer, company)
    if kept or not full.is_gone:
        return full
    silent = replace(full, **_unsaid(), need="", gains="", helpers="")
    return replace(silent, estimate=(), watches_people=False, impact_note=None)


def _full(found: Any, viewer: Actor | None, company: tuple[Named, ...]) -> ProposalDetail:
    row: Proposal = found.Proposal
    writers = frozenset(each.id for each in company)
    lines = tuple(CostLine(label=line.label, amount_cents=line.amount_cents) for line in row.estimate)
    return ProposalDetail(
        **_card_facts(*found[: len(_CARD)], kept=True) | {"estimate_cents": total_cents(lines)},
        need=row.need,
        gains=row.gains,
        helpers=row.helpers,
        author_id=row.author_id,
        category_id=row.category_id,
        area_id=row.area_id,
        neighborhood=found.Neighborhood.name,
        neighborhood_slug=found.Neighborhood.slug,
        time_zone=found.Neighborhood.time_zone,
        cycle_stage=found[-2],
        estimate=lines,
        watches_people=bool(row.watches_people),
        impact_note=row.impact_note,
        created_at=row.created_at,
        submitted_at=row.submitted_at,
        edited_at=row.edited_at,
        withdrawn_at=row.withdrawn_at,
        ballot_fixed_at=found.frozen_at,
        is_own=viewer is not None and viewer.id == row.author_id,
        co_authors=company,
        is_writer=viewer is not None and policies.may_write(viewer, author_id=row.author_id, co_authors=writers),
    )


def counts(cycle_id: int) -> Mapping[Stage, int]:
    """How many submitted proposals of a cycle stand in each stage; stages without any are left out."""
    query = sa.select(Proposal.stage, sa.func.count()).group_by(Proposal.stage)
    query = query.where(Proposal.cycle_id == cycle_id, Proposal.number.is_not(None))
    return {stage: count for stage, count in db.session.execute(query)}


def titles(ids: Collection[int]) -> dict[int, str]:
    """The title of each submitted proposal among `ids`."""
    query = sa.select(Proposal.id, Proposal.title, Proposal.stage)
    rows = db.session.execute(query.where(Proposal.id.in_(ids), Proposal.number.is_not(None)))
    return {id_: words.shown_title(title, stage) for id_, title, stage in rows}


_ESTIMATE = (
    sa.select(sa.cast(sa.func.coalesce(sa.func.sum(EstimateLine.amount_cents), 0), sa.BigInteger))
    .where(EstimateLine.proposal_id == Proposal.id)
    .correlate(Proposal)
    .scalar_subquery()
)
_SUPPORT_COUNT = (
    sa.select(sa.func.count()).where(Support.proposal_id == Proposal.id).correlate(Proposal).scalar_subquery()
)
_SUPPORTS_SHOWN = sa.and_(Cycle.stage.in_(OPEN_CYCLES), sa.not_(Cycle.hides_supports))
_SUPPORTS = sa.case((_SUPPORTS_SHOWN, _SUPPORT_COUNT))
"""How many support a proposal, where everybody is told: once there is a ballot nothing stands beside it."""
_CARD: tuple[Any, ...] = (
    Proposal.id,
    Cycle.year,
    Proposal.number,
    Proposal.title,
    Proposal.summary,
    Proposal.place,
    Proposal.stage,
    sa.func.coalesce(Category.name, "").label("category"),
    sa.func.coalesce(Category.icon, "other").label("icon"),
    Area.name.label("area"),
    Person.public_name,
    Proposal.cost_cents,
    _ESTIMATE.label("estimate_cents"),
    Neighborhood.currency,
    Cycle.id.label("cycle_id"),
    Cycle.name.label("cycle_name"),
    Neighborhood.id.label("neighborhood_id"),
    Neighborhood.languages,
    _SUPPORTS.label("supports"),
    ServedPriority.priority_id,
    Priority.name.label("priority"),
)
_CARD_NAMES = (
    "title summary place stage category icon area author cost_cents estimate_cents currency cycle_id cycle_name"
    " neighborhood_id source supports priority_id priority"
).split()


def _card_query() -> sa.Select[Any]:
    return (
        sa.select(*_CARD)
        .select_from(Proposal)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .outerjoin(Category, Category.id == Proposal.category_id)
        .join(Person, Person.id == Proposal.author_id)
        .outerjoin(Area, Area.id == Proposal.area_id)
        .outerjoin(ServedPriority, ServedPriority.proposal_id == Proposal.id)
        .outerjoin(Priority, Priority.id == ServedPriority.priority_id)
    )


def _card_facts(id_: int, year: int, number: int | None, *rest: Any, kept: bool = False) -> dict[str, Any]:
    shown = code(year, number) if number is not None else ""
    facts = {"id": id_, "code": shown, **dict(zip(_CARD_NAMES, rest, strict=True))}
    facts["source"] = (facts["source"] or ["en"])[0]
    return facts if kept or facts["stage"] is not Stage.WITHDRAWN else facts | _unsaid()


def _unsaid() -> dict[str, Any]:
    """In place of what a withdrawn proposal said, and of who said it."""
    said = dict.fromkeys(("summary", "place", "author"), "") | {"title": str(words.WITHDRAWN), "estimate_cents": 0}
    return dict.fromkeys("area priority priority_id cost_cents supports".split()) | said


def _card(*columns: Any, kept: bool = False) -> ProposalCard:
    return ProposalCard(**_card_facts(*columns, kept=kept))


def _order(sort: Sort, day: date) -> tuple[Any, ...]:
    if sort is Sort.NEWEST:
        return Proposal.submitted_at.desc(), Proposal.id.desc()
    if sort is Sort.COST:
        return sa.func.coalesce(Proposal.cost_cents, _ESTIMATE), Proposal.id
    if sort is Sort.TITLE:
        return sa.func.lower(Proposal.title), Proposal.id
    if sort is Sort.SUPPORTED:  # where the number is hidden, the order does not tell it either
        told = Proposal.cycle_id.in_(sa.select(Cycle.id).where(_SUPPORTS_SHOWN))
        return sa.case((told, _SUPPORT_COUNT), else_=0).desc(), lot(Proposal.id, day), Proposal.id
    return lot(Proposal.id, day), Proposal.id


def _best(search: str, day: date, id_: sa.ColumnElement[int]) -> tuple[Any, ...]:
    return index.best(search, id_), lot(id_, day), id_


def _in_full(ids: Page[int]) -> Page[ProposalCard]:
    return Page(**{**vars(ids), "items": _cards_of(ids.items)})


def _cards_of(ids: Sequence[int]) -> list[ProposalCard]:
    """The cards of these proposals, in this order."""
    if not ids:
        return []
    rows = db.session.execute(_card_query().where(Proposal.id.in_(ids)))
    found = {card.id: card for card in (_card(*row) for row in rows)}
    return [found[id_] for id_ in ids if id_ in found]
