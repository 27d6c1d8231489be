"""The people of Riverside: nine hundred residents, the staff, and the dozen a newcomer can be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.queries import actor_of
from app.accounts.rules import ResidenceStage
from app.accounts.services import new_person
from app.core.access import Actor, Role
from app.core.clock import now
from app.core.db import db, transaction
from app.demo.days import Calendar
from app.demo.texts import riverside
from app.places.models import Neighborhood

DOMAIN = "demo.lamplight.example"
RESIDENTS = 900
ARRIVED = -900
"""The day everybody came, before the first cycle began."""
STAFF = {
    "clerk": ("Nora Whitfield", Role.CLERK, "Clerk: leads the cycles, verifies residents, runs the vote"),
    "clerk2": ("Tomás Okafor", Role.CLERK, "Second clerk"),
    "officer": ("Priya Lindqvist", Role.OFFICER, "Officer: reviews and prices proposals"),
    "officer2": ("Samuel Adeyemi", Role.OFFICER, "Second officer"),
    "observer": ("Hanna Brandt", Role.OBSERVER, "Observer: certifies results beside a clerk"),
    "overseer": ("Leo Marchetti", Role.OVERSEER, "Overseer: sees everything, changes nothing"),
    "admin": ("Wen Castellanos", Role.ADMIN, "Technical administrator: no rights over content"),
}
NAMED = {
    "voter": ("Maya Torres", "Resident, has not voted yet"),
    "voted": ("George Hanley", "Resident, has voted and may change it"),
    "proposer": ("Amina Yusuf", "Resident who proposed the lamps on Mill Lane"),
    "chair1": ("Ruth Delgado", "Co-chair (community), Light and Safer Routes"),
    "chair2": ("Frank Novak", "Co-chair (institution), Light and Safer Routes"),
    "chair3": ("Imani Brooks", "Co-chair (community), Youth and Well-Being"),
    "chair4": ("Elena Petrov", "Co-chair (institution), Youth and Well-Being"),
    "chair5": ("Kofi Mensah", "Co-chair (community), Meeting and Mediation"),
    "chair6": ("Dana Kim", "Co-chair (institution), Meeting and Mediation"),
}
STREETS = ("Mill Lane", "Quay Street", "Station Road", "Willow Avenue", "Eastbank Row", "Ferry Lane", "Granary Street")


@dataclass
class Cast:
    """Who plays in the demo, by their part; `residents` are everybody who may vote, `bodies` the task forces' ids."""

    calendar: Calendar
    random: Random
    parts: dict[str, Actor] = field(default_factory=dict)
    residents: list[Actor] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)

    def chairs(self, number: int) -> tuple[Actor, Actor]:
        """The two co-chairs of the task force with that number, from 0."""
        return self.parts[f"chair{2 * number + 1}"], self.parts[f"chair{2 * number + 2}"]


def staff(cast: Cast) -> None:
    """The people who work for Riverside, with their grants from the first day on."""
    with cast.calendar.at(ARRIVED), transaction():
        for part, (name, role, label) in STAFF.items():
            person = _person(name, part, label=label, is_staff=True)
            person.grants = [RoleGrant(role=role, neighborhood_id=None, starts_on=cast.calendar.on(ARRIVED))]
            db.session.flush()
            cast.parts[part] = actor_of(person)


def residents(cast: Cast, where: Neighborhood) -> None:
    """Nine hundred verified residents, the named ones among them."""
    home_id, clerk = where.id, cast.parts["clerk"]
    with cast.calendar.at(ARRIVED), transaction():
        people = [(part, _person(name, part, label=label)) for part, (name, label) in NAMED.items()]
        people += [("", _person(name, email)) for name, email in names(cast.random, RESIDENTS - len(people))]
        for part, person in people:
            _settle(person, home_id, clerk, cast.random)
            actor = Actor(id=person.id, name=person.public_name, resident_of=home_id)
            cast.residents.append(actor)
            if part:
                cast.parts[part] = actor


def newcomer(cast: Cast, where: Neighborhood) -> None:
    """Somebody who has just moved here; a clerk has yet to look."""
    home_id = where.id
    with cast.calendar.at(-2), transaction():
        person = _person("Lucía Ferrer", "newcomer", label="Newcomer: residence not verified yet")
        _claim(person, home_id, cast.random)


def voters(cast: Cast, size: int, random: Random) -> list[Actor]:
    """Some who have voted; whoever is offered as having voted has, as not having voted yet has not."""
    offered = {actor.id for actor in cast.parts.values()}
    others = [actor for actor in cast.residents if actor.id not in offered]
    return [cast.parts["voted"], *random.sample(others, size - 1)]


def names(random: Random, count: int) -> Iterator[tuple[str, str]]:
    """So many invented names, each with the part before the @ of its address."""
    told = riverside()["people"]
    for number in range(count):
        yield f"{random.choice(told['first'])} {random.choice(told['last'])}", f"resident{number + 1}"


def _person(name: str, part: str, *, label: str | None = None, is_staff: bool = False) -> Person:
    person = new_person(name, f"{part}@{DOMAIN}", "en", is_staff=is_staff)
    person.demo_label = label
    return person


def _claim(person: Person, home_id: int, random: Random) -> Residence:
    born_on = date(1940, 1, 1) + timedelta(days=random.randrange(25_000))
    residence = Residence(
        person_id=person.id,
        neighborhood_id=home_id,
        address=f"{random.randrange(1, 180)} {random.choice(STREETS)}",
        born_on=born_on,
        stage=ResidenceStage.REGISTERED,
        registered_at=now(),
    )
    db.session.add(residence)
    return residence


def _settle(person: Person, home_id: int, clerk: Actor, random: Random) -> None:
    residence = _claim(person, home_id, random)
    residence.stage, residence.decided_by_id, residence.decided_at = ResidenceStage.VERIFIED, clerk.id, now()
