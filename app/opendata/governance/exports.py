"""Task forces, their two leading posts and every term, in Popolo's words.

A membership carries the name that the page of the task force shows and no key of a person: nobody learns here that two
seats were one person's, so the first name of somebody young never meets the full name of later years.
"""

from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.core.addresses import whole
from app.core.clock import today
from app.opendata.rules import known, listed
from app.places.queries import NeighborhoodFacts, neighborhoods
from app.taskforces import queries as bodies
from app.taskforces.organizations import queries as organizations
from app.taskforces.organizations.queries import OrganizationFacts
from app.taskforces.queries import TaskForceFacts
from app.taskforces.rules import BodyStage
from app.taskforces.seats import queries as seats
from app.taskforces.seats.queries import SeatFacts
from app.taskforces.seats.rules import SeatKind, Side


def governance_json() -> Iterator[str]:
    """Organizations, posts and memberships; the memberships one in a line, since only they grow long."""
    found = [card.facts for card in bodies.cards()]
    held = seats.terms([body.id for body in found])
    slugs = {body.id: body.slug for body in found}
    head = {"organizations": _organizations(found), "posts": [_post(body, side) for body in found for side in Side]}
    return listed(head, "memberships", (_membership(seat, slugs[seat.task_force_id]) for seat in held))


def _organizations(found: list[TaskForceFacts]) -> list[dict[str, Any]]:
    places = neighborhoods()
    registered = [each for place in places for each in organizations.organizations(place.id)]
    return [
        *(_place(place) for place in places),
        *(_organization(each) for each in registered),
        *(_body(body) for body in found),
    ]


def _place(place: NeighborhoodFacts) -> dict[str, Any]:
    return {
        "id": f"neighborhood-{place.slug}",
        "name": place.name,
        "classification": "neighborhood",
        "sources": [{"url": whole(url_for("places.show", slug=place.slug))}],
    }


def _organization(each: OrganizationFacts) -> dict[str, Any]:
    return {"id": f"organization-{each.id}", "name": each.name, "classification": each.kind.value}


def _body(body: TaskForceFacts) -> dict[str, Any]:
    is_over, is_proposed = body.stage is BodyStage.DISSOLVED, body.stage is BodyStage.PROPOSED
    return known(
        {
            "id": f"task-force-{body.slug}",
            "name": body.name,
            "classification": "task force",
            "stage": body.stage.value,
            "parent_id": f"neighborhood-{body.neighborhood_slug}",
            "founding_date": None if is_proposed else body.constituted_on.isoformat(),
            "dissolution_date": body.stage_since.isoformat() if is_over else None,
            "abstract": body.charter,
            "sources": [{"url": whole(url_for("taskforces.show", slug=body.slug))}],
        }
    )


def _post(body: TaskForceFacts, side: Side) -> dict[str, Any]:
    return {
        "id": _post_id(body.slug, side),
        "label": f"Co-chair of the {side.value} side",
        "role": SeatKind.CO_CHAIR.value,
        "side": side.value,
        "organization_id": f"task-force-{body.slug}",
    }


def _post_id(slug: str, side: Side) -> str:
    return f"task-force-{slug}-co-chair-{side.value}"


def _membership(seat: SeatFacts, slug: str) -> dict[str, Any]:
    name = _name(seat)
    return known(
        {
            "id": f"seat-{seat.id}",
            "organization_id": f"task-force-{slug}",
            "post_id": _post_id(slug, seat.side) if seat.kind is SeatKind.CO_CHAIR else None,
            "on_behalf_of_id": f"organization-{seat.organization_id}" if seat.organization_id else None,
            "nominated_by": seat.nominated_by or None,
            "role": seat.kind.value,
            "side": seat.side.value,
            "person": {"name": name} if name else None,
            "start_date": seat.starts_on.isoformat(),
            "end_date": seat.ends_on.isoformat() if seat.ends_on else None,
        }
    )


def _name(seat: SeatFacts) -> str | None:
    """What the public reads of the holder; of somebody young the first name while they sit, and nothing after."""
    if seat.kind is SeatKind.YOUTH and not seat.holds(today(seat.time_zone)):
        return None
    return seat.name
