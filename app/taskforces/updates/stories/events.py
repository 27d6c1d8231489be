"""What can have happened to a story."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class StoryPublished(Event):
    """A co-chair told the story of a finished milestone."""

    project_id: int
    milestone_id: int
    story_id: int
    title: str = free_text()


@dataclass(frozen=True, kw_only=True)
class StoryTakenDown(Event):
    """Its words are gone, and the reason stands in their place."""

    project_id: int
    milestone_id: int
    story_id: int
    reason: str = free_text()
