"""Reading who follows what: people follow proposals, and with them what is built from them and by whom.

Its author and co-authors are among those who follow a proposal: they cannot press the button, and hear by themselves.
"""

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.cycles.models import Cycle
from app.notifications.followers.models import FollowersTold
from app.proposals.coauthors.models import CoAuthor
from app.proposals.follows.models import Follow
from app.proposals.models import Proposal
from app.proposals.rules import LEFT
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage

OVER = (ProjectStage.EVALUATED, ProjectStage.CANCELLED)
"""Stages in which a task force has nothing to do with a project any more."""


def of_project(project_id: int) -> set[int]:
    """Everybody with an account who follows the proposal that a project builds."""
    return _people(sa.select(Project.proposal_id).where(Project.id == project_id))


def of_task_force(task_force_id: int) -> set[int]:
    """The same of every project that a task force works on."""
    mine = Project.task_force_id == task_force_id, Project.stage.not_in(OVER)
    return _people(sa.select(Project.proposal_id).where(*mine))


def of_cycles(neighborhood_id: int) -> set[int]:
    """The same of every proposal of a neighborhood's cycles that has neither been withdrawn nor joined to another."""
    query = sa.select(Proposal.id).join(Cycle, Cycle.id == Proposal.cycle_id)
    public = Proposal.number.is_not(None), Proposal.stage.not_in(LEFT)
    return _people(query.where(Cycle.neighborhood_id == neighborhood_id, *public))


def is_told(*, project_id: int | None = None, window_id: int | None = None) -> bool:
    """Whether followers have been told of the day of a project or of a draft."""
    about = FollowersTold.project_id == project_id if project_id else FollowersTold.window_id == window_id
    return bool(db.session.scalar(sa.select(sa.exists().where(about))))


def _people(proposals: sa.Select[int]) -> set[int]:
    everybody = sa.union(
        sa.select(Follow.person_id).where(Follow.proposal_id.in_(proposals)),
        sa.select(CoAuthor.person_id).where(CoAuthor.proposal_id.in_(proposals)),
        sa.select(Proposal.author_id).where(Proposal.id.in_(proposals)),
    )
    return set(db.session.scalars(sa.select(Person.id).where(Person.active, Person.id.in_(everybody))))
