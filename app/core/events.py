"""Events: frozen records of what has happened, handed to whoever `app/wiring.py` names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from app.core.db import in_transaction


@dataclass(frozen=True, kw_only=True)
class Event:
    """What has happened, in the past tense: ids and values, never live rows. `actor_id` is None for the clock."""

    actor_id: int | None


Listener = Callable[[Any], None]
Wiring = Mapping[type[Event], Sequence[Listener]]


class EventOutsideTransaction(RuntimeError):
    """An event was published where nothing would be committed with it."""


def free_text() -> Any:
    """A field that listeners read and the audit log only hashes: words of residents can be erased, the record stays."""
    return field(metadata={"audit": "hash"})


def publish(event: Event) -> None:
    """Tell every listener, in the same transaction: if one fails, the action itself does not happen."""
    if not in_transaction():
        raise EventOutsideTransaction(type(event).__name__)
    wiring: Wiring = current_app.extensions["event_wiring"]
    for kind in reversed(type(event).__mro__):
        for listener in wiring.get(kind, ()):
            listener(event)
