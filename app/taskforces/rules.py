"""How a task force gets its address, and its stages: what leads from one to the next, and why not (domain, rule 6)."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

RESERVED = frozenset({"mine", "new", "seats", "organizations", "taking", "offers", "interests"})
LONGEST = 50
LEAST_CHARTER = 40
"""The fewest characters that say what a task force is for."""
VACANT_DAYS = 30
"""A co-chair's seat may be vacant so long, in calendar days; from the day after the task force is impaired (rule 6)."""


class BodyStage(StrEnum):
    """Where a task force is."""

    PROPOSED = "proposed"
    CONSTITUTED = "constituted"
    ACTIVE = "active"
    IMPAIRED = "impaired"
    DISSOLVED = "dissolved"


class Impairment(StrEnum):
    """What keeps a task force from working as it was promised."""

    VACANCY = "vacancy"
    INQUORATE = "inquorate"


class WhyNot(StrEnum):
    """Why a task force cannot take a step."""

    NOT_A_STEP = "not_a_step"
    NO_CHARTER = "no_charter"
    NO_CO_CHAIRS = "no_co_chairs"
    NO_PROJECT = "no_project"
    NAMED_ON_A_BALLOT = "named_on_a_ballot"
    SIGNATURES_WAIT = "signatures_wait"
    PROJECTS_LEFT = "projects_left"


B = BodyStage
STEPS: Mapping[BodyStage, frozenset[BodyStage]] = {
    B.PROPOSED: frozenset({B.CONSTITUTED, B.DISSOLVED}),
    B.CONSTITUTED: frozenset({B.ACTIVE, B.DISSOLVED}),
    B.ACTIVE: frozenset({B.IMPAIRED, B.DISSOLVED}),
    B.IMPAIRED: frozenset({B.ACTIVE, B.DISSOLVED}),
    B.DISSOLVED: frozenset(),
}
TAKES_PROJECTS = frozenset({B.CONSTITUTED, B.ACTIVE})
"""Where a task force may be given a project: both its co-chairs have said yes, and neither seat is vacant for long."""


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What the next step of a task force depends on."""

    charter: str
    chairs: int
    """How many of its two co-chair seats are held today."""
    projects: int = 0
    """How many projects are in its hands that are not over."""
    has_successor: bool = False
    waits_for_signatures: bool = False
    is_named: bool = False
    """Whether a ballot names it for an option that has not come to it yet."""


def why_not_become(stage: BodyStage, to: BodyStage, facts: Circumstances) -> WhyNot | None:
    """The first reason why a task force cannot go from one stage to another, or None (domain, state machines)."""
    if to not in STEPS[stage]:
        return WhyNot.NOT_A_STEP
    if to is B.CONSTITUTED and len(facts.charter.strip()) < LEAST_CHARTER:
        return WhyNot.NO_CHARTER
    if to is B.CONSTITUTED and facts.chairs < 2:
        return WhyNot.NO_CO_CHAIRS
    if to is B.ACTIVE and stage is B.CONSTITUTED and not facts.projects:
        return WhyNot.NO_PROJECT
    if to is B.DISSOLVED and facts.is_named:
        return WhyNot.NAMED_ON_A_BALLOT
    if to is B.DISSOLVED and facts.waits_for_signatures:
        return WhyNot.SIGNATURES_WAIT
    return WhyNot.PROJECTS_LEFT if to is B.DISSOLVED and facts.projects and not facts.has_successor else None


def is_vacant_too_long(vacant_since: date | None, on: date) -> bool:
    """Whether a co-chair's seat that is vacant since that day makes its task force impaired on `on` (rule 6)."""
    return vacant_since is not None and (on - vacant_since).days > VACANT_DAYS


def slug_of(name: str, taken: Collection[str]) -> str:
    """An address in plain letters made from `name`, different from every one in `taken`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    bare = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "task-force"
    used = RESERVED | set(taken)
    if bare not in used:
        return bare
    number = 2
    while f"{bare}-{number}" in used:
        number += 1
    return f"{bare}-{number}"
