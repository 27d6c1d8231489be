"""Reading what the road from an idea to its outcome needs beside the project: its ballots, its picture, its story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.proposals.rules import code
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.updates.pictures.queries import PictureFacts
from app.taskforces.updates.queries import UpdateRow
from app.taskforces.updates.stories.queries import StoryFacts
from app.voting.results import queries as results
from app.voting.results.rules import SMALLEST_SHOWN, ResultFacts


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """How the vote that funded a project ranked it; a number below ten is told as none (domain, small numbers)."""

    ballots: int | None
    """The ballots that ranked it."""
    of: int
    """The ballots that counted."""
    place: int
    """In the order of funding, from 1."""
    funded: int
    """How many projects that vote funded."""


@dataclass(frozen=True, kw_only=True)
class Chain:
    """What is known of the later steps; None where a step has not come yet."""

    ranked: Ranked | None
    picture: PictureFacts | None
    story: StoryFacts | None


def of_project(project: ProjectCard, told: Sequence[UpdateRow], stories: Iterable[StoryFacts]) -> Chain:
    """The road of a project whose updates and stories, newest first, are at hand; in two statements."""
    record = results.certified(project.cycle_id)
    public = (shown for update in told for shown in update.pictures if shown.taken_down_at is None)
    return Chain(
        ranked=_ranked(record.facts, project) if record is not None else None,
        picture=next(public, None),
        story=next((story for story in stories if story.taken_down_at is None), None),
    )


def _ranked(facts: ResultFacts, project: ProjectCard) -> Ranked | None:
    if project.proposal_number is None:
        return None
    wanted = code(project.year, project.proposal_number)
    found = next(((n, won) for n, won in enumerate(facts.won, start=1) if won.code == wanted), None)
    if found is None:
        return None
    place, ending = found
    ballots = ending.ranked if ending.ranked >= SMALLEST_SHOWN else None
    return Ranked(ballots=ballots, of=facts.counting_ballots, place=place, funded=len(facts.won))
