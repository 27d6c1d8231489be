"""Reading stories: the latest of all, one, and what a project has told and could tell."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, Rows, page_of
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.proposals.models import Proposal
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.rules import code
from app.taskforces.updates.pictures import queries as pictures
from app.taskforces.updates.pictures.queries import PictureFacts
from app.taskforces.updates.stories.models import MilestoneStory


@dataclass(frozen=True, kw_only=True)
class StoryFacts:
    """A story, the milestone and the project it is about; of one that is taken down only the reason is left."""

    id: int
    milestone_id: int
    milestone: str
    done_on: date | None
    project_id: int
    project_code: str
    project_title: str
    neighborhood: str
    title: str
    before: str
    after: str
    who: str
    quote: str | None
    quoted: str | None
    before_picture_id: int | None
    after_picture_id: int | None
    published_at: datetime
    time_zone: str
    taken_down_at: datetime | None
    taken_down_reason: str | None


@dataclass(frozen=True, kw_only=True)
class Untold:
    """A milestone that is done and has no story, with what is known to begin one from."""

    milestone_id: int
    title: str
    need: str
    evidence: str
    lead: str


def stories(*, page: int) -> Page[StoryFacts]:
    """The stories that stand, newest first."""
    query = _stories(MilestoneStory.taken_down_at.is_(None))
    return page_of(query, number=page, size=12, row=_facts)


def story(story_id: int) -> StoryFacts:
    """One story, also where it was taken down; NotFound where there never was one."""
    found = db.session.execute(_stories(MilestoneStory.id == story_id)).first()
    if found is None:
        raise NotFound
    return _facts(*found)


def of_project(project_id: int) -> list[StoryFacts]:
    """What a project has told, newest first, with the traces of what was taken down."""
    return [_facts(*row) for row in db.session.execute(_stories(Project.id == project_id))]


def pictures_of(story: StoryFacts) -> tuple[PictureFacts | None, PictureFacts | None]:
    """The pictures before and after, where they are still public."""
    ids = [id_ for id_ in (story.before_picture_id, story.after_picture_id) if id_ is not None]
    found = pictures.public(ids) if ids else {}
    return found.get(story.before_picture_id or 0), found.get(story.after_picture_id or 0)


def untold(project_id: int) -> list[Untold]:
    """The milestones of a project that are done and have no story."""
    told = sa.select(MilestoneStory.milestone_id).where(MilestoneStory.taken_down_at.is_(None))
    query = sa.select(Milestone.id, Milestone.title, Proposal.need, Milestone.evidence, Project.lead)
    query = query.join(Project, Project.id == Milestone.project_id).join(Proposal, Proposal.id == Project.proposal_id)
    done = Milestone.actual_on.is_not(None), Milestone.id.not_in(told)
    rows = db.session.execute(query.where(Project.id == project_id, *done).order_by(Milestone.position))
    return [
        Untold(milestone_id=id_, title=title, need=need, evidence=evidence or "", lead=lead or "")
        for id_, title, need, evidence, lead in rows
    ]


def _stories(condition: sa.ColumnElement[bool]) -> Rows:
    query = sa.select(
        MilestoneStory,
        Milestone.title,
        Milestone.actual_on,
        Project.id,
        Project.number,
        Project.title,
        Cycle.year,
        Neighborhood.name,
        Neighborhood.time_zone,
    )
    query = query.join(Milestone, Milestone.id == MilestoneStory.milestone_id)
    query = query.join(Project, Project.id == Milestone.project_id).join(Cycle, Cycle.id == Project.cycle_id)
    query = query.join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
    return query.where(condition).order_by(MilestoneStory.published_at.desc(), MilestoneStory.id.desc())


def _facts(
    row: MilestoneStory,
    milestone: str,
    done_on: date | None,
    project_id: int,
    number: int,
    project_title: str,
    year: int,
    neighborhood: str,
    time_zone: str,
) -> StoryFacts:
    return StoryFacts(
        id=row.id,
        milestone_id=row.milestone_id,
        milestone=milestone,
        done_on=done_on,
        project_id=project_id,
        project_code=code(year, number),
        project_title=project_title,
        neighborhood=neighborhood,
        title=row.title,
        before=row.before,
        after=row.after,
        who=row.who,
        quote=row.quote,
        quoted=row.quoted,
        before_picture_id=row.before_picture_id,
        after_picture_id=row.after_picture_id,
        published_at=row.published_at,
        time_zone=time_zone,
        taken_down_at=row.taken_down_at,
        taken_down_reason=row.taken_down_reason,
    )
