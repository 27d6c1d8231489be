"""Reading projects: the public list, one project's page, and totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.core.moments import day_in
from app.core.paging import Page
from app.cycles.models import Cycle
from app.places.models import Area, Category, Neighborhood
from app.proposals.models import Proposal
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.rules import (
    DEFAULTS,
    FINISHED,
    ProjectStage,
    Standing,
    Status,
    Verdict,
    code,
    status,
    tally,
)
from app.taskforces.setbacks.models import Setback
from app.taskforces.spending.models import CostForecast, ProjectBalance
from app.taskforces.updates.models import Update
from app.voting.models import Vote
from app.voting.rules import VoteStage


@dataclass(frozen=True, kw_only=True)
class ProjectCard:
    """A project as lists and its own page show it; `verdict` is computed for today where its neighborhood is."""

    id: int
    code: str
    title: str
    scope: str
    stage: ProjectStage
    lead: str | None
    without_procurement: str | None
    cycle_id: int
    cycle_name: str
    proposal_id: int
    proposal_number: int | None
    proposer: str
    submitted_at: datetime | None
    year: int
    category: str
    icon: str
    area_id: int | None
    area: str | None
    place: str
    neighborhood_id: int
    neighborhood: str
    neighborhood_slug: str
    currency: str
    time_zone: str
    task_force_id: int | None
    task_force: str | None
    task_force_slug: str | None
    given_cents: int
    """What the vote gave it; what it has by now is `allocated_cents`."""
    allocated_cents: int
    committed_cents: int
    spent_cents: int
    milestones: int
    milestones_done: int
    finish_on: date | None
    """The last milestone's day: as it was done, or as it is now expected."""
    promised_on: date | None
    opened_at: datetime
    last_update_at: datetime | None
    is_provisional: bool
    """Whether objections to the result that funded it can still be heard."""
    standing: Standing
    verdict: Verdict

    @property
    def open_milestones(self) -> int:
        """How many milestones are not done."""
        return self.milestones - self.milestones_done


@dataclass(frozen=True, kw_only=True)
class ProjectFilter:
    """What a visitor looks for; an empty value means any."""

    status: str = ""
    category: str = ""
    area: str = ""
    """The id of an area."""
    year: str = ""
    """The year of the cycle that funded it."""
    task_force: str = ""
    neighborhood: str = ""
    cycle_id: int | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Totals:
    """All projects of a cycle added up, in cents, and how many there are of each status."""

    projects: int
    allocated_cents: int
    committed_cents: int
    spent_cents: int
    by_status: Mapping[Status, int]


def matching(wanted: ProjectFilter, among: list[ProjectCard] | None = None) -> list[ProjectCard]:
    """Every project that fits, newest cycle first; filtered here since the database knows no computed status."""
    return [card for card in (everything() if among is None else among) if _fits(card, wanted)]


def everything(*conditions: sa.ColumnElement[bool]) -> list[ProjectCard]:
    """Every project, newest cycle first, in one statement."""
    query = _cards().where(*conditions).order_by(Cycle.year.desc(), Cycle.id.desc(), Project.number)
    return [_card(row._mapping) for row in db.session.execute(query)]


def cards(wanted: ProjectFilter | None = None, *, number: int = 1, size: int = 12) -> Page[ProjectCard]:
    """One page of the projects that fit."""
    return page_of_cards(matching(wanted or ProjectFilter()), number=number, size=size)


def page_of_cards(found: list[ProjectCard], *, number: int, size: int = 12) -> Page[ProjectCard]:
    """Page `number` of what was found; a number out of range gives the nearest page."""
    pages = max(1, -(-len(found) // size))
    number = min(max(1, number), pages)
    items = found[(number - 1) * size : number * size]
    return Page(items=items, number=number, pages=pages, total=len(found), size=size)


def project(project_id: int) -> ProjectCard:
    """One project; NotFound where there is none."""
    found = everything(Project.id == project_id)
    if not found:
        raise NotFound
    return found[0]


def of_task_forces(*task_force_ids: int) -> list[ProjectCard]:
    """The projects these task forces answer for."""
    return everything(Project.task_force_id.in_(task_force_ids))


def without_task_force(neighborhood_id: int) -> list[ProjectCard]:
    """Funded projects of a neighborhood that wait for a clerk to name their task force."""
    return everything(Project.task_force_id.is_(None), Neighborhood.id == neighborhood_id)


def of_proposal(proposal_id: int) -> ProjectCard | None:
    """The project a proposal became, if it was funded."""
    found = everything(Project.proposal_id == proposal_id)
    return found[0] if found else None


def totals(cycle_id: int) -> Totals:
    """The money and the statuses of a cycle's projects added up."""
    found = everything(Project.cycle_id == cycle_id)
    return Totals(
        projects=len(found),
        allocated_cents=sum(card.allocated_cents for card in found),
        committed_cents=sum(card.committed_cents for card in found),
        spent_cents=sum(card.spent_cents for card in found),
        by_status=tally(card.verdict for card in found),
    )


def built(limit: int = 6) -> list[ProjectCard]:
    """Completed projects, the last finished first: what residents' own votes have made."""
    found = everything(Project.stage.in_(FINISHED))
    return sorted(found, key=lambda card: card.finish_on or card.standing.started_on, reverse=True)[:limit]


def _fits(card: ProjectCard, wanted: ProjectFilter) -> bool:
    haystack = f"{card.code} {card.title} {card.scope} {card.place} {card.lead or ''}".casefold()
    return (
        wanted.status in ("", card.verdict.status.value)
        and wanted.category in ("", card.category)
        and wanted.area in ("", str(card.area_id))
        and wanted.year in ("", str(card.year))
        and wanted.task_force in ("", card.task_force_slug)
        and wanted.neighborhood in ("", card.neighborhood_slug)
        and wanted.cycle_id in (None, card.cycle_id)
        and all(word in haystack for word in wanted.words.casefold().split())
    )


def _cards() -> Any:
    return (
        sa.select(*_COLUMNS, *_figures())
        .join(Cycle, Cycle.id == Project.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .join(Proposal, Proposal.id == Project.proposal_id)
        .join(Person, Person.id == Proposal.author_id)
        .join(Category, Category.id == Proposal.category_id)
        .outerjoin(Area, Area.id == Proposal.area_id)
        .outerjoin(TaskForce, TaskForce.id == Project.task_force_id)
        .outerjoin(Vote, Vote.cycle_id == Project.cycle_id)
        .outerjoin(ProjectBalance, ProjectBalance.project_id == Project.id)
    )


_COLUMNS = (
    Project.id,
    Project.number,
    Project.title,
    Project.scope,
    Project.stage,
    Project.lead,
    Project.without_procurement,
    Project.cycle_id,
    Project.proposal_id,
    Project.allocated_cents.label("given_cents"),
    sa.func.coalesce(ProjectBalance.allocated_cents, Project.allocated_cents).label("allocated_cents"),
    sa.func.coalesce(ProjectBalance.committed_cents, 0).label("committed_cents"),
    sa.func.coalesce(ProjectBalance.spent_cents, 0).label("spent_cents"),
    Project.opened_at,
    Project.task_force_id,
    Cycle.year,
    Cycle.name.label("cycle_name"),
    Proposal.number.label("proposal_number"),
    Proposal.place,
    Proposal.submitted_at,
    Person.public_name.label("proposer"),
    Category.name.label("category"),
    Category.icon,
    Area.id.label("area_id"),
    Area.name.label("area"),
    Neighborhood.id.label("neighborhood_id"),
    Neighborhood.name.label("neighborhood"),
    Neighborhood.slug.label("neighborhood_slug"),
    Neighborhood.currency,
    Neighborhood.time_zone,
    TaskForce.name.label("task_force"),
    TaskForce.slug.label("task_force_slug"),
    sa.and_(Vote.stage == VoteStage.CERTIFIED, Vote.objections_until.is_not(None)).label("is_provisional"),
)


def _figures() -> list[sa.Label[Any]]:
    def of(table: type[Milestone | Update | Setback], what: Any, *where: Any) -> Any:
        return sa.select(what).where(table.project_id == Project.id, *where).correlate(Project).scalar_subquery()

    still_open, kept = Milestone.actual_on.is_(None), Milestone.dropped_in_id.is_(None)
    ends_on = sa.func.coalesce(Milestone.actual_on, Milestone.forecast_on)
    forecast = sa.select(CostForecast.expected_cents).where(CostForecast.project_id == Project.id)
    return [
        forecast.order_by(CostForecast.id.desc()).limit(1).correlate(Project).scalar_subquery().label("forecast_cents"),
        of(Milestone, sa.func.count(), kept).label("milestones"),
        of(Milestone, sa.func.count(), still_open, kept).label("open_milestones"),
        of(Milestone, sa.func.max(Milestone.baseline_on), kept).label("promised_on"),
        of(Milestone, sa.func.max(ends_on), kept).label("finish_on"),
        of(Update, sa.func.max(Update.published_at)).label("last_update_at"),
        of(Setback, sa.func.min(Setback.due_on), Setback.resolved_on.is_(None)).label("setback_due_on"),
    ]


def _card(row: Mapping[Any, Any]) -> ProjectCard:
    facts = dict(row)
    facts["is_provisional"] = bool(facts["is_provisional"])
    here = today(facts["time_zone"])
    overdue = facts.pop("setback_due_on")
    still_open = facts.pop("open_milestones")
    standing = Standing(
        stage=facts["stage"],
        latest_baseline_on=facts["promised_on"],
        latest_forecast_on=facts["finish_on"],
        started_on=day_in(facts["time_zone"], facts["opened_at"]),
        last_update_on=day_in(facts["time_zone"], facts["last_update_at"]) if facts["last_update_at"] else None,
        open_milestones=still_open,
        allocated_cents=facts["allocated_cents"],
        expected_cents=max(facts["committed_cents"], facts["spent_cents"], facts.pop("forecast_cents") or 0),
        setbacks_past_due=int(overdue is not None and overdue < here),
    )
    return ProjectCard(
        **{key: value for key, value in facts.items() if key != "number"},
        code=code(facts["year"], facts["number"]),
        milestones_done=facts["milestones"] - still_open,
        standing=standing,
        verdict=status(standing, DEFAULTS, here),
    )
