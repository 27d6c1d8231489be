"""The verbs of a story: tell it once the milestone is done, and take it down when somebody no longer agrees."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure
from app.core.events import publish
from app.taskforces.projects import services as projects
from app.taskforces.projects.models import Milestone
from app.taskforces.updates.pictures import queries as pictures
from app.taskforces.updates.stories.events import StoryPublished, StoryTakenDown
from app.taskforces.updates.stories.models import MilestoneStory


@dataclass(frozen=True, kw_only=True)
class TellStory:
    """How it was, how it is, who did it; perhaps somebody's words with their consent, and public pictures."""

    title: str
    before: str
    after: str
    who: str
    quote: str = ""
    quoted: str = ""
    quote_agreed: bool = False
    before_picture_id: int | None = None
    after_picture_id: int | None = None


def tell(project_id: int, milestone_id: int, command: TellStory, *, by: Actor) -> MilestoneStory:
    """Publish the story of a milestone that is done; only a co-chair of its task force, and once."""
    with transaction():
        projects.led(project_id, None, by)
        milestone = db.session.get(Milestone, milestone_id)
        if milestone is None or milestone.project_id != project_id:
            raise NotFound
        ensure(milestone.actual_on is not None, "not_done", _("A story is told of a milestone that is done."))
        told = sa.select(MilestoneStory.id).where(MilestoneStory.milestone_id == milestone_id)
        stands = db.session.scalar(told.where(MilestoneStory.taken_down_at.is_(None)))
        ensure(stands is None, "is_told", _("This milestone has its story already."))
        _ensure_quotable(command)
        _ensure_public(project_id, {command.before_picture_id, command.after_picture_id} - {None})
        story = _story(milestone_id, command, by)
        db.session.add(story)
        db.session.flush()
        publish(
            StoryPublished(
                actor_id=by.id,
                project_id=project_id,
                milestone_id=milestone_id,
                story_id=story.id,
                title=story.title,
            )
        )
    return story


def take_down(story_id: int, reason: str, *, by: Actor) -> None:
    """Take its words away for good and say why; the milestone may then be told of anew."""
    with transaction():
        found = db.session.get(MilestoneStory, story_id)
        if found is None:
            raise NotFound
        project_id = found.milestone.project_id
        projects.led(project_id, None, by)
        story = locked(MilestoneStory, story_id)
        if story is None or story.taken_down_at is not None:
            raise NotFound
        story.before = story.after = story.who = ""
        story.quote = story.quoted = story.before_picture_id = story.after_picture_id = None
        story.taken_down_at, story.taken_down_reason = now(), reason
        publish(
            StoryTakenDown(
                actor_id=by.id,
                project_id=project_id,
                milestone_id=story.milestone_id,
                story_id=story.id,
                reason=reason,
            )
        )


def _story(milestone_id: int, command: TellStory, by: Actor) -> MilestoneStory:
    return MilestoneStory(
        milestone_id=milestone_id,
        person_id=by.id,
        title=command.title,
        before=command.before,
        after=command.after,
        who=command.who,
        quote=command.quote or None,
        quoted=command.quoted or None,
        quote_agreed=command.quote_agreed,
        before_picture_id=command.before_picture_id,
        after_picture_id=command.after_picture_id,
        published_at=now(),
    )


def _ensure_quotable(command: TellStory) -> None:
    both = _("Say who says this, in the words they agreed to.")
    ensure(not command.quote or bool(command.quoted), "quoted_nobody", both, field="quoted")
    ensure(not command.quoted or bool(command.quote), "quoted_nothing", _("Say what they say."), field="quote")
    agreed = _("Ask whoever is quoted first: nobody's words are shown without their consent.")
    ensure(not command.quote or command.quote_agreed, "not_agreed", agreed, field="quote_agreed")


def _ensure_public(project_id: int, picture_ids: Collection[int | None]) -> None:
    found = pictures.public([id_ for id_ in picture_ids if id_ is not None])
    ours = {id_ for id_, facts in found.items() if facts.project_id == project_id}
    ensure(ours == set(picture_ids), "foreign_picture", _("Choose pictures that this project has published."))
