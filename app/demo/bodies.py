"""The task forces of Riverside and who sits on them."""

from functools import partial

from app.demo import ballots
from app.demo.days import Diary
from app.demo.people import DOMAIN, Cast
from app.demo.texts import riverside
from app.places.models import Neighborhood
from app.taskforces import services as bodies
from app.taskforces.seats import services as seats
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.seats.services import EndSeat, FillSeat
from app.taskforces.services import ConstituteTaskForce

FOUNDED = -830
MEMBER_LEFT = -75
"""The day a member moved away; their seat is vacant since."""
MEMBERS = 2
FIRST_MEMBER = 200


def foresee(people: Cast, where: Neighborhood, diary: Diary) -> None:
    """Three task forces, each with its two co-chairs and members from among the residents."""
    for number in range(len(riverside()["task_forces"])):
        diary.note(FOUNDED, 12 + number, partial(_constitute, number, people, where, diary))
    diary.note(FOUNDED, 18, partial(ballots.settle_remits, people, where))


def _constitute(number: int, people: Cast, where: Neighborhood, diary: Diary) -> None:
    told = riverside()["task_forces"][number]
    command = ConstituteTaskForce(name=told["name"], charter=told["charter"])
    body_id = bodies.constitute(where.id, command, by=people.parts["clerk"]).id
    people.bodies.append(body_id)
    community, institution = told["nominated_community"], told["nominated_institution"]
    _seat(people, body_id, SeatKind.CO_CHAIR, Side.COMMUNITY, f"chair{2 * number + 1}", community)
    _seat(people, body_id, SeatKind.CO_CHAIR, Side.INSTITUTION, f"chair{2 * number + 2}", institution)
    for place in range(MEMBERS):
        email = f"resident{FIRST_MEMBER + 10 * number + place}"
        seat_id = _seat(people, body_id, SeatKind.MEMBER, Side.COMMUNITY, email, community)
    if number == 0:
        left = EndSeat(ends_on=people.calendar.on(MEMBER_LEFT))
        diary.note(MEMBER_LEFT, 9, partial(seats.end, seat_id, left, by=people.parts["clerk"]))


def _seat(people: Cast, body_id: int, kind: SeatKind, side: Side, email: str, nominated_by: str) -> int:
    command = FillSeat(
        kind=kind,
        side=side,
        email=f"{email}@{DOMAIN}",
        nominated_by=nominated_by,
        starts_on=people.calendar.on(FOUNDED),
    )
    return seats.fill(body_id, command, by=people.parts["clerk"]).id
