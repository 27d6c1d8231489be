"""What a declared interest does, and which matters it touches (rule 3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.taskforces.organizations.rules import plain

LEAST_WORDS = 20


class Effect(StrEnum):
    """What follows from an interest."""

    RECUSE = "recuse"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Declared:
    """An interest of a person in one project or in one organization, from a day until a day."""

    person_id: int
    project_id: int | None
    organization_id: int | None
    organization: str | None
    effect: Effect
    starts_on: date
    ends_on: date | None

    def lasts(self, day: date) -> bool:
        """Whether it is declared on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What is signed or voted on: the project, who leads it, takes part or is paid in it, and who would be paid now."""

    project_id: int | None
    names: Collection[str] = ()
    """The organizations of the project, as it names them."""
    organization_ids: Collection[int] = ()


def touches(interest: Declared, matter: Matter) -> bool:
    """Whether an interest is one in this matter; a project knows its organizations by their names."""
    if interest.project_id is not None:
        return interest.project_id == matter.project_id
    if interest.organization_id in matter.organization_ids:
        return True
    return interest.organization is not None and plain(interest.organization) in map(plain, matter.names)


def recuses(interest: Declared, matter: Matter, on: date) -> bool:
    """Whether who declared it may not sign or vote in this matter on that day (rule 3)."""
    return interest.effect is Effect.RECUSE and interest.lasts(on) and touches(interest, matter)
