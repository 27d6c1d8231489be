"""Task forces, their two leading posts and every term, in Popolo's words.

A membership carries the name that the page of the task force shows and no key of a person: nobody learns here that two
seats were one person's, so the first name of somebody young never meets the full name of later years.
"""

from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.core.addresses import whole
from app.core.clock import today
from app.opendata.rules import known, listed, moment
from app.places.queries import NeighborhoodFacts, neighborhoods
from app.taskforces import queries as bodies
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.outcomes import queries as outcomes
from app.taskforces.meetings.outcomes.queries import MotionRow
from app.taskforces.meetings.outcomes.rules import Tally
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.organizations import queries as organizations
from app.taskforces.organizations.queries import OrganizationFacts
from app.taskforces.queries import TaskForceFacts
from app.taskforces.rules import BodyStage
from app.taskforces.seats import queries as seats
from app.taskforces.seats.queries import SeatFacts
from app.taskforces.seats.rules import SeatKind, Side


def governance_json() -> Iterator[str]:
    """Organizations and posts, then one in a line memberships, meetings, motions and the votes on them."""
    found = [card.facts for card in bodies.cards()]
    held = seats.terms([body.id for body in found])
    slugs = {body.id: body.slug for body in found}
    sessions = {meeting.id: meeting for meeting in meetings.announced()}
    voted = outcomes.motions()
    return listed(
        {"organizations": _organizations(found), "posts": [_post(body, side) for body in found for side in Side]},
        memberships=(_membership(seat, slugs[seat.task_force_id]) for seat in held),
        events=(_event(meeting) for meeting in sessions.values()),
        motions=(_motion(row, sessions[row.meeting_id]) for row in voted),
        vote_events=(_vote_event(row, sessions[row.meeting_id]) for row in voted),
    )


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


def _event(meeting: MeetingFacts) -> dict[str, Any]:
    return {
        "id": _session(meeting),
        "name": meeting.title,
        "identifiers": [{"identifier": meeting.code}],
        "classification": meeting.kind.value,
        "organization_id": f"task-force-{meeting.body_slug}",
        "start_date": moment(meeting.starts_at),
        "end_date": moment(meeting.ends_at),
        "location": meeting.place,
        "status": meeting.stage.value,
        "sources": _page(meeting),
    }


def _motion(row: MotionRow, meeting: MeetingFacts) -> dict[str, Any]:
    """A motion; whoever moved it stands in the minutes."""
    return {
        "id": f"motion-{row.outcome_id}",
        "organization_id": f"task-force-{meeting.body_slug}",
        "legislative_session_id": _session(meeting),
        "classification": row.item,
        "text": row.text,
        "date": meeting.day.isoformat(),
        "requirement": "a majority of each side",
        "result": _result(row.carried),
        "sources": _page(meeting),
    }


def _vote_event(row: MotionRow, meeting: MeetingFacts) -> dict[str, Any]:
    """The vote on a motion: counts by option over both sides, and how each side voted."""
    sides = {Side.COMMUNITY: row.community, Side.INSTITUTION: row.institution}
    return {
        "id": f"vote-{row.outcome_id}",
        "motion_id": f"motion-{row.outcome_id}",
        "organization_id": f"task-force-{meeting.body_slug}",
        "legislative_session_id": _session(meeting),
        "start_date": meeting.day.isoformat(),
        "result": _result(row.carried),
        "group_results": [
            {"group": {"name": side.value}, "result": _result(tally.yes > tally.no)} for side, tally in sides.items()
        ],
        "counts": [count for side, tally in sides.items() for count in _counts(side, tally)],
    }


def _counts(side: Side, tally: Tally) -> list[dict[str, Any]]:
    options = {"yes": tally.yes, "no": tally.no, "abstain": tally.abstained}
    return [{"group": {"name": side.value}, "option": option, "value": value} for option, value in options.items()]


def _session(meeting: MeetingFacts) -> str:
    return f"meeting-{meeting.id}"


def _page(meeting: MeetingFacts) -> list[dict[str, str]]:
    return [{"url": whole(url_for("meetings.show", meeting_id=meeting.id))}]


def _result(carried: bool) -> str:
    return "pass" if carried else "fail"
