"""A page without declared access keeps the app from starting; with it, only those named come in."""

from datetime import date

import pytest
from flask import Flask

from app.core.access import Actor, ClosedView, Grant, Role, access_of, guard, only, public
from app.core.db import transaction
from tests import make


def test_every_view_says_who_may_open_it(app):
    assert [end for end in app.view_functions if access_of(end, app) is None] == []


def test_an_app_with_a_silent_view_does_not_start():
    app = Flask("silent")
    app.add_url_rule("/secret", "secret", lambda: "x")
    with pytest.raises(ClosedView, match="secret"):
        guard(app, actor_loader=lambda: None, library_access={})


def test_a_grant_for_the_site_covers_every_neighborhood():
    actor = Actor(id=1, name="A", grants=frozenset({Grant(role=Role.CLERK, neighborhood_id=None)}))
    assert actor.holds(Role.CLERK, 5) and not actor.holds(Role.OFFICER, 5)


def test_a_grant_for_one_neighborhood_covers_no_other():
    actor = Actor(id=1, name="A", grants=frozenset({Grant(role=Role.CLERK, neighborhood_id=5)}))
    assert actor.holds(Role.CLERK, 5) and not actor.holds(Role.CLERK, 6)


@pytest.fixture
def guarded():
    app = Flask("guarded")
    app.config["SIGN_IN_ENDPOINT"] = "sign_in"
    app.add_url_rule("/sign-in", "sign_in", public(lambda: "sign in"))
    app.add_url_rule("/office", "office", only(Role.CLERK)(lambda: "office"))
    return app


def opened(app: Flask, actor: Actor | None) -> int:
    guard(app, actor_loader=lambda: actor, library_access={})
    return app.test_client().get("/office").status_code


def test_a_visitor_is_sent_to_sign_in(guarded):
    assert opened(guarded, None) == 302


def test_somebody_without_the_role_is_refused(guarded):
    assert opened(guarded, Actor(id=1, name="A")) == 403


def test_somebody_with_the_role_comes_in(guarded):
    grants = frozenset({Grant(role=Role.CLERK, neighborhood_id=None)})
    assert opened(guarded, Actor(id=1, name="A", grants=grants)) == 200


def test_the_twin_without_the_guard_lets_everybody_in(guarded):
    assert guarded.test_client().get("/office").status_code == 200


def test_an_ended_grant_no_longer_holds(app):
    clerk = make.person(roles=(Role.CLERK,))
    assert make.actor_for(clerk).holds(Role.CLERK)
    with transaction():
        clerk.grants[0].ends_on = date(2020, 1, 2)
    assert not make.actor_for(clerk).holds(Role.CLERK)
