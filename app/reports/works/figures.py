"""One project as its printed sheets tell it, read once through the queries of its own rooms."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.core import files
from app.core.clock import today
from app.core.hung import MARK
from app.core.moments import day_in
from app.proposals import queries as proposals
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import FINISHED, days_late
from app.taskforces.projects.whole import queries as rooms
from app.taskforces.projects.whole.queries import Whole
from app.taskforces.seats import queries as seats
from app.taskforces.spending.books import queries as books
from app.taskforces.spending.books.queries import Money
from app.taskforces.updates import queries as updates
from app.taskforces.updates.pictures import queries as pictures
from app.taskforces.updates.pictures.queries import PictureFacts
from app.taskforces.updates.stories import queries as stories
from app.taskforces.updates.stories.queries import StoryFacts
from app.voting import queries as votes
from app.voting.queries import OptionFacts
from app.voting.results import queries as counts
from app.voting.results.rules import SMALLEST_SHOWN

Plain = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Work:
    """A project with everything its rooms know of it, on a day where it is."""

    card: ProjectCard
    whole: Whole
    money: Money
    option: OptionFacts | None
    """What it was on the ballot; None where it was not voted on here."""
    on: date


def work(project_id: int) -> Work:
    """A project as it stands today."""
    card = projects.project(project_id)
    on = today(card.time_zone)
    return Work(card=card, whole=rooms.whole(card, on), money=books.money(project_id), option=_option(card), on=on)


def facts(of: Work) -> Plain:
    """Who, what, where and how it stands; the status as it is computed, and what made it so."""
    card, whole = of.card, of.whole
    return {
        "id": card.id,
        "code": card.code,
        "title": card.title,
        "scope": card.scope,
        "scope_now": whole.scope,
        "need": of.option.need if of.option else proposals.detail(card.proposal_id, None).need,
        "place": card.place,
        "area": card.area,
        "cycle": card.cycle_name,
        "year": card.year,
        "stage": card.stage,
        "rested_from": whole.pause.stage_before if whole.pause else None,
        "status": card.verdict.status,
        "causes": card.verdict.causes,
        "lead": card.lead,
        "manager": whole.behind.manager,
        "partners": [{"name": each.name, "role": each.role} for each in whole.behind.partners],
        "task_force": card.task_force,
        "task_force_slug": card.task_force_slug,
        "chairs": _chairs(card, of.on),
        "opened_on": day_in(card.time_zone, card.opened_at),
        "promised_on": card.promised_on,
        "finish_on": card.finish_on,
        "days_late": days_late(card.standing, of.on),
        "is_built": card.stage in FINISHED or (card.milestones > 0 and not card.open_milestones),
        "is_provisional": card.is_provisional,
        "told_on": of.on,
    }


def money(of: Work) -> Plain:
    """What it was given, has, has promised and has paid, in cents; `left` is what is not promised."""
    balance = of.money.balance
    return {
        "given_cents": of.card.given_cents,
        "allocated_cents": balance.allocated_cents,
        "committed_cents": balance.committed_cents,
        "spent_cents": balance.spent_cents,
        "left_cents": balance.left_cents,
        "expected_cents": of.money.expected_cents,
    }


def vote(of: Work) -> Plain | None:
    """How the vote decided on it; None where it was not voted on here. Too few ballots are not told as a number."""
    record = counts.certified(of.card.cycle_id)
    if record is None or of.option is None:
        return None
    result, ending = record.facts, record.facts.ending(of.option.number)
    return {
        "ballots": _enough(result.ballots),
        "ranked": _enough(ending.ranked),
        "round": ending.round,
        "place": result.funded.index(ending.number) + 1 if ending.funded else None,
        "funded": len(result.funded),
        "options": len(result.endings),
        "cost_cents": ending.cost_cents,
    }


def milestones(of: Work) -> list[Plain]:
    """The milestones in their order; `first_on` is the day of the first promise, where there was another."""
    first = dict(of.whole.baselines[-1].days) if of.whole.baselines else {}
    earlier = [row.days for row in of.whole.baselines[1:]]
    return [
        {
            "title": row.title,
            "done_means": row.done_means,
            "first_on": first.get(row.id, row.baseline_on),
            "baseline_on": row.baseline_on,
            "forecast_on": row.forecast_on,
            "actual_on": row.actual_on,
            "days_late": row.days_late,
            "timing": row.timing,
            "before_that": sorted({days[row.id] for days in earlier if row.id in days} - {row.baseline_on}),
        }
        for row in of.whole.milestones
    ]


def shown(of: Work) -> dict[str, Plain | None]:
    """Its pictures: the newest one of its updates, and before and after from the newest story that has both."""
    newest = (each for row in updates.of_project(of.card.id) for each in row.pictures if each.taken_down_at is None)
    before, after = _before_and_after(stories.of_project(of.card.id))
    found = {"main": next(newest, None), "before": before, "after": after}
    kept = pictures.digests([each.id for each in found.values() if each is not None])
    return {name: _picture(each, kept) for name, each in found.items()}


def content(given: Iterable[Mapping[str, Any] | None]) -> Mapping[str, bytes]:
    """The files of pictures that stand in figures, by name; MissingFile where one is gone."""
    return {each["name"]: files.load(each["digest"])[MARK:] for each in given if each is not None}


def _option(card: ProjectCard) -> OptionFacts | None:
    held = votes.find_vote(card.cycle_id)
    found = votes.options(held.id) if held is not None else ()
    return next((each for each in found if each.proposal_id == card.proposal_id), None)


def _chairs(card: ProjectCard, on: date) -> list[Plain]:
    if card.task_force_id is None:
        return []
    held = seats.co_chairs([card.task_force_id], on)
    return [{"side": seat.side, "name": seat.name, "body": seat.nominated_by} for seat in held]


def _enough(number: int) -> int | None:
    return number if number >= SMALLEST_SHOWN else None


def _before_and_after(told: list[StoryFacts]) -> tuple[PictureFacts | None, PictureFacts | None]:
    for story in told:
        before, after = stories.pictures_of(story) if story.taken_down_at is None else (None, None)
        if before is not None and after is not None:
            return before, after
    return None, None


def _picture(each: PictureFacts | None, kept: Mapping[int, str]) -> Plain | None:
    if each is None or each.id not in kept:
        return None
    told = {name: value for name, value in asdict(each).items() if name in ("id", "project_id", "words")}
    return told | {"digest": kept[each.id], "name": f"{each.id}.jpg"}
