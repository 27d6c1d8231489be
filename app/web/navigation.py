"""What the frame around every page needs: the site, who is here, and where they can go."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.access import Actor, access_of, current_actor
from app.taskforces.seats.offers import queries as offers


@dataclass(frozen=True, kw_only=True)
class Link:
    """An entry of a navigation; `post` where going there changes something."""

    label: str
    url: str
    current: bool
    post: bool = False


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


Door = tuple[LazyString, str]
ROOMS: tuple[Door, ...] = (
    (_l("Cycles"), "cycles.index"),
    (_l("Proposals"), "proposals.index"),
    (_l("Results"), "results.index"),
    (_l("Projects"), "projects.index"),
    (_l("Reports"), "reports.index"),
    (_l("Review"), "review.index"),
    (_l("Office"), "admin.index"),
    (_l("All the money"), "oversight_money.show"),
)
"""The road from idea to lamp, then the rooms of those who work here."""

OFFICE: tuple[Door, ...] = (
    (_l("To do"), "admin.index"),
    (_l("This week"), "week.show"),
    (_l("Cycles"), "office_cycles.index"),
    (_l("Votes"), "voting.index"),
    (_l("Rolls"), "roll.index"),
    (_l("Paper ballots"), "paper.index"),
    (_l("Neighborhoods"), "office_places.index"),
    (_l("People"), "people.index"),
    (_l("Reports to publish"), "report_desk.index"),
    (_l("Review"), "review.index"),
    (_l("Reviewers"), "assigning.index"),
    (_l("Reports of residents"), "moderation.index"),
    (_l("Hidden comments"), "moderation.hidden"),
    (_l("Hidden parts"), "hiding.hidden"),
    (_l("Removed words"), "names.removed"),
    (_l("Task forces"), "taskforces.index"),
    (_l("Questions that wait"), "answering.waiting"),
)

OWN: tuple[Door, ...] = (
    (_l("My account"), "accounts.show"),
    (_l("My proposals"), "proposals.mine"),
    (_l("What I follow"), "follows.mine"),
)

CHAIRED: Door = (_l("What waits for me"), "agenda.mine")
"""First among what is somebody's own, for whoever has a seat in a task force, or is offered one."""

FOOTER: tuple[Door, ...] = (
    (_l("How votes become funding"), "home.how_votes_become_funding"),
    (_l("Our promises"), "promises.index"),
    (_l("Check a receipt"), "log.index"),
    (_l("About"), "home.about"),
    (_l("Task forces"), "taskforces.index"),
    (_l("Questions"), "questions.index"),
    (_l("Oversight"), "oversight.index"),
    (_l("Setbacks"), "setbacks.index"),
    (_l("Indicators"), "indicators.index"),
    (_l("Open data"), "opendata.index"),
    (_l("Accessibility"), "home.accessibility"),
    (_l("Privacy"), "home.privacy"),
    (_l("Status"), "home.status"),
)


def init_navigation(app: Flask) -> None:
    """Give every template what its frame needs."""
    app.context_processor(_frame)


def site() -> Site:
    """This installation."""
    return Site(name="Lamplight", is_demo=current_app.config["DEMO"])


def viewer() -> Viewer:
    """Who is looking."""
    actor = current_actor()
    return Viewer(is_authenticated=actor is not None, name=actor.name if actor else "", actor=actor)


def _frame() -> dict[str, object]:
    actor = current_actor()
    own = _account(actor)
    return {
        "site": site(),
        "viewer": viewer(),
        "navigation": _links(ROOMS, actor),
        "side_navigation": _links(OFFICE, actor),
        "account_navigation": own,
        "waiting_link": next((link for link in own if link.url == url_for(CHAIRED[1]) and not link.current), None),
        "footer_navigation": _links(FOOTER, actor),
        "language_action": url_for("home.language"),
        "may_open": may_open,
    }


def _links(doors: Iterable[Door], actor: Actor | None) -> list[Link]:
    open_doors = [(label, endpoint) for label, endpoint in doors if _may_open(endpoint, actor)]
    return [Link(label=str(label), url=url_for(end), current=_is_here(end)) for label, end in open_doors]


def _account(actor: Actor | None) -> list[Link]:
    if actor is None:
        return _links([(_l("Sign in"), "accounts.sign_in")], None)
    mine = (CHAIRED, *OWN) if offers.sits_or_is_asked(actor.id) else OWN
    own = _links(mine, actor)
    leave = Link(label=str(_l("Sign out")), url=url_for("accounts.sign_out"), current=False, post=True)
    return [*own, leave]


def may_open(endpoint: str) -> bool:
    """Whether whoever is looking may open a page, as far as its marker says."""
    return _may_open(endpoint, current_actor())


def _may_open(endpoint: str, actor: Actor | None) -> bool:
    access = access_of(endpoint, current_app)
    if access == "public":
        return True
    return actor is not None and (
        access == "signed in" or (not isinstance(access, str) and actor.holds_anywhere(*(access or ())))
    )


def _is_here(endpoint: str) -> bool:
    """A room is current on all of its pages, except that of two doors to one room only the exact one is."""
    here = request.endpoint or ""
    return here == endpoint or (endpoint.endswith(".index") and here.split(".")[0] == endpoint.split(".")[0])
