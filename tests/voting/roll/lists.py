"""Lists to bring in, and clerks to do it."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from app.accounts.models import RoleGrant
from app.accounts.queries import actor_of
from app.core.access import Actor, Role
from app.core.clock import today
from app.core.db import db, transaction
from app.cycles.models import Cycle
from app.voting.roll.imports import services as imports
from app.voting.roll.imports.services import ImportList
from app.voting.roll.models import Listing
from app.voting.roll.rules import address_key, name_key
from tests import make

HEAD = "reference,name,address,born_on,area,email"


def a_list(*rows: str, head: str = HEAD) -> bytes:
    """A CSV file of these rows."""
    return "\n".join([head, *rows, ""]).encode()


def clerk_of(*neighborhood_ids: int) -> Actor:
    """Somebody who is a clerk of these neighborhoods and of no other."""
    return holder(Role.CLERK, neighborhood_ids)


def holder(role: Role, neighborhood_ids: Sequence[int]) -> Actor:
    """Somebody who holds `role` for these neighborhoods only."""
    person = make.person(is_staff=True)
    with transaction():
        db.session.add_all(
            RoleGrant(person_id=person.id, role=role, neighborhood_id=place, starts_on=today())
            for place in neighborhood_ids
        )
    return actor_of(person)


def bring_in(cycle: Cycle, content: bytes, *, by: Actor | None = None, confirm: bool = True) -> int:
    """Bring a list in, as a clerk does; returns the id of the import."""
    clerk, cycle_id = by or clerk_of(cycle.neighborhood_id), cycle.id
    made = imports.preview(cycle_id, ImportList(file_name="roll.csv", content=content), by=clerk)
    if confirm:
        imports.confirm(cycle_id, made, by=clerk)
    return made


def uploaded(content: bytes, name: str = "roll.csv") -> Any:
    """A file as a browser sends it."""
    return BytesIO(content), name


def listed(cycle: Cycle, name: str, **more: Any) -> Listing:
    """A line from the desk."""
    facts = {"reference": name, "address": "9 Quay Street"} | more
    line = Listing(
        cycle_id=cycle.id, name=name, name_key=name_key(name), address_key=address_key(facts["address"]), **facts
    )
    with transaction():
        db.session.add(line)
    return line


def names(lines: Iterable[Any]) -> list[str]:
    """Who the lines are."""
    return [line.name for line in lines]
