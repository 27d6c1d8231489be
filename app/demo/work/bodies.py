"""The task forces of Riverside, who sits on them, who is away, and what they have declared."""

from functools import partial

from app.demo import ballots
from app.demo.days import Diary
from app.demo.people import DOMAIN, Cast
from app.demo.texts import riverside
from app.places.models import Neighborhood
from app.taskforces import services as bodies
from app.taskforces.interests import services as interests
from app.taskforces.interests.rules import Effect
from app.taskforces.organizations import services as organizations
from app.taskforces.organizations.rules import OrganizationKind
from app.taskforces.seats import services as seats
from app.taskforces.seats.absences import services as absences
from app.taskforces.seats.nominations import services as nominations
from app.taskforces.seats.nominations.services import Nominate
from app.taskforces.seats.offers import services as offers
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.services import WriteCharter

FOUNDED = -830
MEMBER_LEFT = -75
"""The day a member moved away; their seat is vacant since."""
DEPUTY_LEFT = -20
"""The day after which the second task force has no deputy for the institution side."""
ASKED = -4
"""The day on which that seat was offered to somebody who has not answered yet."""
NAMED = -2
"""The day on which a co-chair named somebody for the seat of the member who left."""
AWAY = (-3, 11)
REVIEWED = 210
TERM_ENDS = 40
MEMBERS = 2
FIRST_MEMBER = 200


def foresee(people: Cast, where: Neighborhood, diary: Diary) -> None:
    """Three task forces, each with its two co-chairs, their deputies and members from among the residents."""
    for number in range(len(riverside()["task_forces"])):
        diary.note(FOUNDED, 12 + number, partial(_constitute, number, people, where, diary))
    diary.note(FOUNDED, 18, partial(ballots.settle_remits, people, where))


def _constitute(number: int, people: Cast, where: Neighborhood, diary: Diary) -> None:
    told, clerk = riverside()["task_forces"][number], people.parts["clerk"]
    review_on = people.calendar.on(REVIEWED + 30 * number)
    command = WriteCharter(name=told["name"], theme=told["theme"], charter=told["charter"], review_on=review_on)
    body_id = bodies.propose(where.id, command, by=clerk).id
    people.bodies.append(body_id)
    sides = {
        Side.COMMUNITY: _organization(people, where, told["nominated_community"], OrganizationKind.RESIDENTS),
        Side.INSTITUTION: _organization(people, where, told["nominated_institution"], OrganizationKind.AGENCY),
    }
    seated: dict[str, int] = {}
    for kind, side, email in _sitters(number):
        term = people.calendar.on(TERM_ENDS) if kind is SeatKind.SECRETARY else None
        young = {"shown_as": told["youth"], "consent_on": people.calendar.on(FOUNDED)} if kind is SeatKind.YOUTH else {}
        offered = offers.OfferSeat(
            kind=kind,
            side=side,
            email=f"{email}@{DOMAIN}",
            organization_id=sides[side],
            starts_on=people.calendar.on(FOUNDED),
            ends_on=term,
            **young,
        )
        offer_id = offers.offer(body_id, offered, by=clerk).id
        seated[f"{kind} {side}"] = offers.accept_on_paper(offer_id, by=clerk).id
    bodies.constitute(body_id, by=clerk)
    _foresee(number, people, diary, seated, sides)


def _sitters(number: int) -> list[tuple[SeatKind, Side, str]]:
    """Who sits where in a task force: the kind of seat, the side, the part before the @ of their address."""
    first = FIRST_MEMBER + 10 * number
    chairs = [
        (SeatKind.CO_CHAIR, Side.COMMUNITY, f"chair{2 * number + 1}"),
        (SeatKind.CO_CHAIR, Side.INSTITUTION, f"chair{2 * number + 2}"),
        (SeatKind.DEPUTY, Side.COMMUNITY, f"resident{first + 2}"),
        (SeatKind.DEPUTY, Side.INSTITUTION, f"resident{first + 3}"),
        (SeatKind.SECRETARY, Side.INSTITUTION, f"resident{first + 4}"),
    ]
    members = [(SeatKind.MEMBER, Side.COMMUNITY, f"resident{first + place}") for place in range(MEMBERS)]
    young = [(SeatKind.YOUTH, Side.COMMUNITY, f"resident{first + 5}")] if number == 1 else []
    return chairs + members + young


def _foresee(number: int, people: Cast, diary: Diary, seated: dict[str, int], sides: dict[Side, int]) -> None:
    """What happens in the seats of a task force later: somebody leaves, is away, or declares an interest."""
    clerk, on = people.parts["clerk"], people.calendar.on
    if number == 0:
        left = seats.EndSeat(ends_on=on(MEMBER_LEFT))
        diary.note(MEMBER_LEFT, 9, partial(seats.end, seated["member community"], left, by=clerk))
        sister = interests.DeclareInterest(
            project_id=None,
            organization_id=sides[Side.INSTITUTION],
            text=riverside()["interest"],
            effect=Effect.RECUSE,
        )
        diary.note(-400, 9, partial(interests.declare, seated["deputy institution"], sister, by=clerk))
        named = Nominate(
            kind=SeatKind.MEMBER,
            name=riverside()["nominated"]["name"],
            organization_id=sides[Side.COMMUNITY],
            reason=riverside()["nominated"]["reason"],
        )
        chair, _other = people.chairs(0)
        diary.note(NAMED, 19, partial(nominations.nominate, people.bodies[0], named, by=chair))
    if number == 1:
        gone = seats.EndSeat(ends_on=on(DEPUTY_LEFT))
        diary.note(DEPUTY_LEFT, 9, partial(seats.end, seated["deputy institution"], gone, by=clerk))
        asked = offers.OfferSeat(
            kind=SeatKind.DEPUTY,
            side=Side.INSTITUTION,
            email=f"resident{FIRST_MEMBER + 16}@{DOMAIN}",
            organization_id=sides[Side.INSTITUTION],
            starts_on=on(ASKED),
        )
        diary.note(ASKED, 10, partial(offers.offer, people.bodies[number], asked, by=clerk))
        away = absences.TellAbsence(starts_on=on(AWAY[0]), ends_on=on(AWAY[1]))
        diary.note(AWAY[0], 8, partial(absences.tell, seated["co_chair community"], away, by=clerk))


def _organization(people: Cast, where: Neighborhood, name: str, kind: OrganizationKind) -> int:
    command = organizations.NameOrganization(name=name, kind=kind)
    return organizations.add(where.id, command, by=people.parts["clerk"]).id
