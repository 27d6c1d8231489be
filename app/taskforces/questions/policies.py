"""Who may do what with a question: a pure function of the person and of how they stand to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.access import Actor, Role
from app.taskforces.questions.rules import Act, Channel, Stage

OFFICE = (Role.CLERK, Role.OFFICER)
WATCH = (Role.OBSERVER, Role.OVERSEER)


class Part(StrEnum):
    """How somebody stands to a question."""

    HANDLER = "handler"
    """A co-chair of the task force it goes to, a clerk or an officer of the neighborhood."""
    ANSWERER = "answerer"
    """A handler who may answer now: after an escalation only the other co-chair."""
    OWNER = "owner"
    ASKER = "asker"
    DESK = "desk"
    """A clerk, for whoever asked on paper."""
    CLOCK = "clock"


WHO: Mapping[Act, frozenset[Part]] = {
    Act.ACCEPT: frozenset({Part.HANDLER}),
    Act.DECLINE: frozenset({Part.HANDLER}),
    Act.MERGE: frozenset({Part.HANDLER}),
    Act.ASSIGN: frozenset({Part.HANDLER}),
    Act.REDACT: frozenset({Part.HANDLER}),
    Act.DRAFT: frozenset({Part.HANDLER, Part.OWNER}),
    Act.ANSWER: frozenset({Part.ANSWERER}),
    Act.RATE: frozenset({Part.ASKER, Part.DESK}),
    Act.ESCALATE: frozenset({Part.ASKER, Part.DESK}),
    Act.FALL_SILENT: frozenset({Part.CLOCK}),
    Act.PASS_ON: frozenset({Part.DESK}),
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What matters about a question when somebody wants to do something with it."""

    neighborhood_id: int
    stage: Stage
    channel: Channel
    asker_id: int | None
    owner_id: int | None
    co_chair_ids: frozenset[int]
    """The co-chairs of the task force it goes to; nobody where it goes to the office."""
    other_chair_ids: frozenset[int]
    """After an escalation: the co-chair of the other side, where that seat is held."""
    answered_by: frozenset[int]


def parts(actor: Actor | None, of: Standing, *, holds_link: bool = False) -> frozenset[Part]:
    """How `actor` stands to a question; `holds_link`: they came by the private link that whoever asked was given.

    Nobody handles, owns or answers their own question.
    """
    asks = holds_link or (actor is not None and actor.id == of.asker_id)
    if asks or actor is None:
        return frozenset({Part.ASKER}) if asks else frozenset()
    found = {Part.HANDLER} if handles(actor, of.neighborhood_id, of.co_chair_ids) else set()
    if Part.HANDLER in found and _answers(actor.id, of):
        found.add(Part.ANSWERER)
    if actor.id == of.owner_id:
        found.add(Part.OWNER)
    if of.channel is Channel.DESK and actor.holds(Role.CLERK, of.neighborhood_id) and actor.id not in of.answered_by:
        found.add(Part.DESK)
    return frozenset(found)


def handles(actor: Actor, neighborhood_id: int, co_chair_ids: frozenset[int]) -> bool:
    """Whether they are a co-chair of the task force or work in the office of the neighborhood."""
    return actor.id in co_chair_ids or works_here(actor, neighborhood_id)


def works_here(actor: Actor, neighborhood_id: int) -> bool:
    """Whether they are an officer or a clerk of the neighborhood."""
    return any(actor.holds(role, neighborhood_id) for role in OFFICE)


def may(act: Act, held: frozenset[Part]) -> bool:
    """Whether somebody who stands so may do `act`."""
    return bool(WHO[act] & held)


def may_type_in(actor: Actor, neighborhood_id: int) -> bool:
    """The office of the neighborhood types in what somebody asks on paper."""
    return works_here(actor, neighborhood_id)


def sees_words(actor: Actor | None, of: Standing, *, are_public: bool, holds_link: bool = False) -> bool:
    """Whether they may read a question's words: everybody once they are public, before that who handles or watches."""
    return are_public or bool(parts(actor, of, holds_link=holds_link)) or watches(actor, of)


def watches(actor: Actor | None, of: Standing) -> bool:
    """Whether they watch over the neighborhood, and so read what was taken out too."""
    return actor is not None and any(actor.holds(role, of.neighborhood_id) for role in WATCH)


def _answers(person_id: int, of: Standing) -> bool:
    if of.stage is not Stage.ESCALATED:
        return True
    if of.other_chair_ids:
        return person_id in of.other_chair_ids
    return person_id not in of.answered_by
