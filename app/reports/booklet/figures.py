"""The figures of a ballot booklet: the fixed ballot, its rules and days, and what officers found of each project."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.db import db
from app.core.errors import DomainError
from app.cycles import queries as cycles
from app.cycles.rules import CycleFacts
from app.places import queries as places
from app.places.rules import box_around, polygons, thinned
from app.proposals import queries as proposals
from app.proposals.outlooks import queries as outlooks
from app.proposals.outlooks.queries import OutlookFacts
from app.proposals.review import queries as reviews
from app.proposals.review.queries import CostingFacts
from app.proposals.spots import queries as spots
from app.proposals.spots.rules import Spot
from app.reports.rules import Line, plain, shortened
from app.taskforces.models import TaskForce
from app.voting import queries as votes
from app.voting.paper import queries as paper
from app.voting.queries import OptionFacts, VoteFacts

BOOKLET_FORMAT = "lamplight-report/booklet/1"
TO_A_DEGREE = 100_000
FINEST = 1200
"""Outlines keep what is seen where the whole neighborhood is this many dots wide."""
NOTE = 300
"""Characters of an officer's note that stand beside a project."""


def booklet(line: Line) -> dict[str, Any]:
    """What the booklet of a vote prints; refused before its ballot is fixed, and where the vote was imported."""
    vote = votes.find_vote(line.subject_id)
    if vote is None:
        raise DomainError("not_fixed", _("There is a booklet once the ballot is fixed."))
    if vote.is_imported:
        raise DomainError("imported", _("This vote was held elsewhere, with a booklet of its own."))
    options = votes.options(vote.id)
    ids = [option.proposal_id for option in options]
    points, expected = spots.points(ids), outlooks.newest(ids)
    return {
        "format": BOOKLET_FORMAT,
        "ground": _ground(vote.cycle.neighborhood_id),
        "cycle": _cycle(vote.cycle),
        "vote": _vote(vote),
        "options": [
            _option(option, points.get(option.proposal_id), expected.get(option.proposal_id)) for option in options
        ],
        "task_forces": _task_forces(options, vote.cycle.neighborhood_id),
        "places": [{"number": box.number, "name": box.name} for box in paper.boxes(vote.id)],
    }


def _cycle(cycle: CycleFacts) -> dict[str, Any]:
    return {
        "id": cycle.id,
        "name": cycle.name,
        "year": cycle.year,
        "neighborhood": cycle.neighborhood_name,
        "currency": cycle.currency,
        "time_zone": cycle.time_zone,
        "spendable_cents": cycle.spendable_cents,
        "min_age": cycle.min_age,
        "leftover_rule": cycle.leftover_rule.value,
        "languages": list(cycle.languages),
    }


def _vote(vote: VoteFacts) -> dict[str, Any]:
    card = cycles.rule_card(vote.cycle.id)
    assert card is not None  # it is frozen with the ballot
    return {
        "rule": card.content["rule"],
        "max_ranks": vote.max_ranks,
        "opens_at": plain(vote.opens_at),
        "closes_at": plain(vote.closes_at),
        "rule_card_hash": vote.rule_card_hash,
        "option_seed": vote.option_seed,
        "objection_days": vote.objection_days,
    }


def _ground(neighborhood_id: int) -> list[dict[str, Any]]:
    """The areas of the neighborhood with their outlines, as fine as a page shows them; degrees are whole numbers."""
    drawn = [area for area in places.areas(neighborhood_id) if area.boundary]
    box = box_around([area.boundary for area in drawn if area.boundary])
    step = max(box.east - box.west, box.north - box.south) / FINEST if box else 0.0
    return [{"name": area.name, "outline": _whole(thinned(area.boundary, step))} for area in drawn if area.boundary]


def _whole(boundary: Mapping[str, Any]) -> list[Any]:
    return [[[degrees(spot) for spot in ring] for ring in polygon] for polygon in polygons(boundary)]


def degrees(spot: Sequence[float]) -> list[int]:
    """A spot in whole hundred-thousandths of a degree: a snapshot holds no fractions."""
    return [round(spot[0] * TO_A_DEGREE), round(spot[1] * TO_A_DEGREE)]


def _option(option: OptionFacts, spot: Spot | None, outlook: OutlookFacts | None) -> dict[str, Any]:
    """An option as it stands on the ballot, word for word, with what officers found and who proposed it.

    A spot is one that everybody may see, or none.
    """
    proposal = proposals.detail(option.proposal_id, None)
    price = reviews.price(reviews.history(option.proposal_id))
    return {
        "number": option.number,
        "proposal_id": option.proposal_id,
        "code": option.code,
        "title": option.title,
        "text": option.summary,
        "wordings": {language: dict(said) for language, said in option.wordings.items()},
        "place": option.place,
        "area": proposal.area,
        "spot": degrees((spot.longitude, spot.latitude)) if spot else None,
        "category": proposal.category,
        "gains": shortened(proposal.gains, NOTE),
        "cost_cents": option.cost_cents,
        "running_cost_cents": option.running_cost_cents,
        "task_force": option.task_force,
        "author": proposal.author,
        "watches_people": proposal.watches_people,
        "impact_note": shortened(proposal.impact_note or "", NOTE),
        "price": _price(price) if price else None,
        "outlook": _outlook(outlook) if outlook else None,
    }


def _outlook(outlook: OutlookFacts) -> dict[str, Any]:
    return {"starts_on": plain(outlook.starts_on), "ends_on": plain(outlook.ends_on), "lead": outlook.lead}


def _price(price: CostingFacts) -> dict[str, Any]:
    lines = [{"label": line.label, "amount_cents": line.amount_cents, "payer": line.payer} for line in price.lines]
    return {"lines": lines, "note": shortened(price.note, NOTE), "running_payer": price.running_payer}


def _task_forces(options: list[OptionFacts], neighborhood_id: int) -> list[dict[str, Any]]:
    """The task forces that the ballot names, each with the numbers of the options it would take on."""
    slugs = {option.task_force_slug for option in options if option.task_force_slug}
    query = sa.select(TaskForce.slug, TaskForce.name).where(
        TaskForce.neighborhood_id == neighborhood_id, TaskForce.slug.in_(slugs)
    )
    names = {slug: name for slug, name in db.session.execute(query)}
    return [
        {"name": names.get(slug, slug), "options": [each.number for each in options if each.task_force_slug == slug]}
        for slug in sorted(slugs)
    ]
