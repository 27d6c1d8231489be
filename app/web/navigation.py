"""What the frame around every page needs: the site, who is here, and where they can go."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _

from app.core.access import Actor, Role, current_actor


@dataclass(frozen=True, kw_only=True)
class Link:
    """An entry of the navigation."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Site:
    """The installation."""

    name: str
    is_demo: bool


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Who looks at the page, as templates know them."""

    is_authenticated: bool
    name: str
    actor: Actor | None


def init_navigation(app: Flask) -> None:
    """Give every template `site`, `viewer` and `navigation`."""
    app.context_processor(lambda: {"site": site(), "viewer": viewer(), "navigation": navigation()})


def site() -> Site:
    """This installation."""
    return Site(name="Lamplight", is_demo=current_app.config["DEMO"])


def viewer() -> Viewer:
    """Who is looking."""
    actor = current_actor()
    return Viewer(is_authenticated=actor is not None, name=actor.name if actor else "", actor=actor)


def navigation() -> list[Link]:
    """The rooms this person can open, in the order of the road from idea to lamp."""
    places = [
        (_("Proposals"), "proposals.index"),
        (_("Results"), "results.index"),
        (_("Projects"), "projects.index"),
        (_("Reports"), "reports.index"),
    ]
    actor = current_actor()
    if actor is not None and actor.holds_anywhere(Role.OFFICER):
        places.append((_("Review"), "review.index"))
    if actor is not None and actor.holds_anywhere(Role.CLERK, Role.ADMIN, Role.OBSERVER):
        places.append((_("Office"), "admin.index"))
    return [Link(label=label, url=url_for(end), current=request.endpoint == end) for label, end in places]
