"""What a page shows of rooms above its own: it names its thing, and whoever the wiring lists says what goes beside.

A package imports only downwards, so the page of a project cannot ask for its reports; it asks here (`beside`), and
gives its template what it got. Nothing is read while a template is drawn.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app

BESIDE = "beside"
"""Where the app keeps who fills panels."""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What a page is about: its kind in a word, its id, that of its neighborhood, and its name in addresses, if any."""

    kind: str
    id: int
    neighborhood_id: int
    slug: str = ""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of a page: the template that draws it, and the facts that this is given as `part.facts`."""

    template: str
    facts: Mapping[str, Any]


Filler = Callable[[Thing], Panel | None]
"""Says what to show beside a thing, to whoever is looking; None where there is nothing."""


def beside(thing: Thing) -> list[Panel]:
    """What the rooms above show beside a thing, in the order in which the wiring lists them."""
    fillers: tuple[Filler, ...] = current_app.extensions[BESIDE]
    return [panel for fill in fillers if (panel := fill(thing)) is not None]
