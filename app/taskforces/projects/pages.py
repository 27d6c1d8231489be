"""Everything that stands around a project on its page, read from the rooms that know it."""

from datetime import date
from typing import Any

from app.core.access import Actor
from app.core.panels import Thing, beside
from app.taskforces import queries as bodies
from app.taskforces.oversight import queries as oversight
from app.taskforces.overview.chain import queries as chains
from app.taskforces.projects import policies
from app.taskforces.projects.claims import services as claims
from app.taskforces.projects.promises import words as promise_words
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.stages.rules import next_stages
from app.taskforces.projects.whole import queries as whole
from app.taskforces.questions.lists import queries as questions
from app.taskforces.seats import queries as seats
from app.taskforces.seats.rules import Side
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.signing import queries as signing
from app.taskforces.spending.books import queries as books
from app.taskforces.spending.words import money_bar
from app.taskforces.updates import queries as updates


def everything(project: ProjectCard, viewer: Actor | None, on: date) -> dict[str, Any]:
    """What projects/show.html needs beside the project itself, as it stands on a day where the project is."""
    return {
        "today": on,
        **_promised(project, on),
        **_told(project, viewer, on),
        **_spent(project),
        **_around(project),
        **_offered(project, viewer, on),
    }


def _promised(project: ProjectCard, on: date) -> dict[str, Any]:
    known = whole.whole(project, on)
    renewed = [row.days for row in known.baselines[1:]]
    return {"whole": known, "strip": promise_words.strip(known.milestones, on, renewed)}


def _told(project: ProjectCard, viewer: Actor | None, on: date) -> dict[str, Any]:
    told = updates.around(project, viewer, on)
    return {"told": told, "chain": chains.of_project(project, told.updates, told.stories)}


def _spent(project: ProjectCard) -> dict[str, Any]:
    money = books.money(project.id)
    return {"money": money, "money_bar": money_bar(money.balance, project.currency)}


def _around(project: ProjectCard) -> dict[str, Any]:
    return {
        "setbacks": setbacks.setbacks(project.id),
        "panels": beside(Thing(kind="project", id=project.id, neighborhood_id=project.neighborhood_id)),
        "statements": oversight.about_project(project.id),
        "impaired": bodies.impairment(project.task_force_id),
        "agreements": signing.beside_project(project.id),
        "questions": questions.of_project(project.id),
    }


def _offered(project: ProjectCard, viewer: Actor | None, on: date) -> dict[str, Any]:
    side = claims.side_of(project.task_force_id, project.id, viewer, on=on) if viewer else None
    return {"side": side, "may": _may(project, viewer, on, side), "next_stages": next_stages(project.stage)}


def _may(project: ProjectCard, viewer: Actor | None, on: date, side: Side | None) -> dict[str, bool]:
    leads = policies.may_lead(viewer, seats.co_chair_ids(project.task_force_id, on))
    is_clerk = policies.may_hand_over(viewer, project.neighborhood_id)
    acts = policies.offered(project.stage, leads=leads, is_clerk=is_clerk, signs=side is not None)
    return acts | {
        "lead": leads,
        "hand_over": is_clerk and not project.is_provisional,
        "money": books.may(project, viewer, on).anything,
    }
