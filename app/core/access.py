"""Access: every view says who may open it, and the app refuses to start with one that does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What a grant lets a person open. Seats in a task force are not grants: they are standing."""

    OFFICER = "officer"
    CLERK = "clerk"
    OBSERVER = "observer"
    OVERSEER = "overseer"
    ADMIN = "admin"


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A role held today: for one neighborhood, or for the whole site where `neighborhood_id` is None."""

    role: Role
    neighborhood_id: int | None


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The person who acts, as rules and policies see them: an id, a public name and what they hold today."""

    id: int
    name: str
    grants: frozenset[Grant] = frozenset()
    resident_of: int | None = None
    """The neighborhood where a clerk has verified their residence."""
    confirmed_at: datetime | None = None
    """When this browser last proved who sits before it, in UTC; None outside of one."""
    second_factor_at: datetime | None = None
    """When it last did so with a second factor; None where it never has."""

    def holds(self, role: Role, neighborhood_id: int | None = None) -> bool:
        """Whether they hold `role` for that neighborhood (or, with None, for the site)."""
        return any(grant.role is role and grant.neighborhood_id in (None, neighborhood_id) for grant in self.grants)

    def holds_anywhere(self, *roles: Role) -> bool:
        """Whether they hold any of `roles`, wherever it applies."""
        return any(grant.role in roles for grant in self.grants)

    def scope(self, *roles: Role) -> frozenset[int] | None:
        """The neighborhoods for which they hold any of `roles`; None for all of them."""
        held = {grant.neighborhood_id for grant in self.grants if grant.role in roles}
        return None if None in held else frozenset(id_ for id_ in held if id_ is not None)


class ClosedView(RuntimeError):
    """Views without declared access."""


def public(view: View) -> View:
    """Anybody may open it."""
    return _mark(view, "public")


def signed_in(view: View) -> View:
    """Anybody who has signed in may open it."""
    return _mark(view, "signed in")


def only(*roles: Role) -> Callable[[View], View]:
    """Only holders of one of `roles`, for any neighborhood; which one is a question of standing."""
    return lambda view: _mark(view, frozenset(roles))


def access_of(endpoint: str, app: Flask) -> str | frozenset[Role] | None:
    """The access declared for an endpoint; None where nothing was said."""
    declared: dict[str, str | frozenset[Role]] = app.extensions["library_access"]
    return getattr(app.view_functions[endpoint], "access", None) or declared.get(endpoint)


def current_actor() -> Actor | None:
    """Who is acting in this request, loaded once; None for a visitor."""
    if "actor" not in g:
        g.actor = current_app.extensions["actor_loader"]()
    actor: Actor | None = g.actor
    return actor


def acting() -> Actor:
    """Who is acting, in a view that only signed-in people can open."""
    actor = current_actor()
    if actor is None:
        abort(403)
    return actor


def guard(
    app: Flask, *, actor_loader: Callable[[], Actor | None], library_access: dict[str, str | frozenset[Role]]
) -> None:
    """Close every view that did not declare access, and check the rest before each request.

    `library_access` declares it for the endpoints of libraries, whose views we cannot mark.
    """
    app.extensions["actor_loader"] = actor_loader
    app.extensions["library_access"] = {"static": "public", **library_access}
    silent = [endpoint for endpoint in app.view_functions if access_of(endpoint, app) is None]
    if silent:
        raise ClosedView(f"say who may open: {', '.join(sorted(silent))}")
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    access = access_of(request.endpoint, current_app)
    if access == "public":
        return None
    actor = current_actor()
    if actor is None:
        here = request.full_path if request.method == "GET" else None
        return redirect(url_for(current_app.config["SIGN_IN_ENDPOINT"], next=here))
    if isinstance(access, frozenset) and not actor.holds_anywhere(*access):
        abort(403)
    return None


def _mark(view: View, access: str | frozenset[Role]) -> View:
    view.access = access  # type: ignore[attr-defined]  # a view is a function that carries its access
    return view
