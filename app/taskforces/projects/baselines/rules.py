"""How a promise may be renewed: what is done stays, what is open moves or is dropped, and something must change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.taskforces.projects.promises.rules import MilestoneKind

MOST_NEW = 3
"""How many milestones the page has room to add at once."""


class WhyNot(StrEnum):
    """Why a promise cannot be renewed like this."""

    NOTHING_CHANGES = "nothing_changes"
    NOT_OPEN = "not_open"
    IN_THE_PAST = "in_the_past"
    NO_DELIVERY = "no_delivery"


@dataclass(frozen=True, kw_only=True)
class Promised:
    """One milestone of a promise; `id` is None for one that comes with it, `was_on` its day in the promise before."""

    id: int | None
    title: str
    done_means: str
    kind: MilestoneKind
    lead: str | None
    needs: tuple[int, ...]
    promised_on: date
    was_on: date | None = None
    dropped: bool = False
    is_open: bool = True
    """Whether it can still move: not done, not claimed."""

    def told(self) -> dict[str, Any]:
        """As it is written into what both sides sign."""
        return {
            "id": self.id,
            "title": self.title,
            "done_means": self.done_means,
            "kind": self.kind.value,
            "lead": self.lead,
            "needs": list(self.needs),
            "promised_on": self.promised_on.isoformat(),
            "was_on": self.was_on.isoformat() if self.was_on else None,
            "dropped": self.dropped,
        }


def renewed(standing: Sequence[Promised], wanted: Sequence[Mapping[str, Any]]) -> list[Promised]:
    """The promise with what is wanted of it: other days, milestones dropped, and new ones (`id` None) at the end."""
    by_id = {each["id"]: each for each in wanted if each.get("id") is not None}
    kept = []
    for each in standing:
        asked = by_id.get(each.id, {})
        day = date.fromisoformat(asked["promised_on"]) if asked.get("promised_on") else each.promised_on
        dropped = bool(asked.get("dropped"))
        on = each.promised_on if dropped else day
        kept.append(replace(each, promised_on=on, was_on=each.promised_on, dropped=dropped))
    return kept + [_new(each) for each in wanted if each.get("id") is None]


def why_not_renew(promise: Sequence[Promised], *, scope_changes: bool, today: date) -> WhyNot | None:
    """The first reason why both sides cannot agree on this as the new promise, or None."""
    moved = [each for each in promise if each.dropped or each.was_on != each.promised_on]
    if not moved and not scope_changes:
        return WhyNot.NOTHING_CHANGES
    if any(not each.is_open for each in moved):
        return WhyNot.NOT_OPEN
    if any(each.promised_on < today for each in moved if not each.dropped):
        return WhyNot.IN_THE_PAST
    left = [each for each in promise if each.kind is MilestoneKind.DELIVERY and not each.dropped]
    return None if left else WhyNot.NO_DELIVERY


def _new(told: Mapping[str, Any]) -> Promised:
    return Promised(
        id=None,
        title=told["title"],
        done_means=told["done_means"],
        kind=MilestoneKind(told["kind"]),
        lead=told.get("lead"),
        needs=(),
        promised_on=date.fromisoformat(told["promised_on"]),
    )
