"""Every page of paper ballots, every role, at home and elsewhere: opened or refused as the table says."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from app.accounts.models import RoleGrant
from app.core.access import Role
from app.core.db import db, transaction
from app.cycles import queries as cycles
from app.voting.paper.printing.services import order_pack
from tests import make
from tests.browser import Browser
from tests.voting.paper.station import batch, hand_out, returned, station

STAFF = {Role.CLERK, Role.OFFICER}
WATCH = STAFF | {Role.OBSERVER}
CLOSED = {
    "/paper/{cycle}": WATCH,
    "/paper/{cycle}/boxes/add": {Role.CLERK},
    "/paper/{cycle}/boxes/{box}": WATCH,
    "/paper/{cycle}/boxes/{box}/join": {Role.CLERK},
    "/paper/{cycle}/stock/{stock}/count": STAFF,
    "/paper/{cycle}/desk": STAFF,
    "/paper/{cycle}/desk/return": STAFF,
    "/paper/{cycle}/desk/stubs": STAFF,
    "/paper/{cycle}/desk/stubs/1": STAFF,
    "/paper/{cycle}/desk/voters/{entry}": STAFF,
    "/paper/{cycle}/batches": WATCH,
    "/paper/{cycle}/batches/{batch}": WATCH,
    "/paper/{cycle}/batches/{batch}/take-apart": {Role.CLERK},
    "/paper/{cycle}/batches/{batch}/enter": STAFF,
    "/paper/{cycle}/batches/{batch}/third-look": STAFF,
    "/paper/{cycle}/sample": WATCH,
    "/paper/{cycle}/differences/explain": set(),  # members of the board, by no role; test_differences opens it
    "/paper/{cycle}/print": WATCH,
    "/paper/{cycle}/print/{order}/1.pdf": WATCH,
}
POSTS = {
    "/paper/{cycle}/differences/explain": set(),
    "/paper/{cycle}/boxes/add": {Role.CLERK},
    "/paper/{cycle}/batches/{batch}/confirm": STAFF,
    "/paper/{cycle}/batches/{batch}/recount": STAFF,
    "/paper/{cycle}/batches/{batch}/enter": STAFF,
    "/paper/{cycle}/batches/{batch}/third-look": STAFF,
    "/paper/{cycle}/batches/{batch}/take-apart": {Role.CLERK},
    "/paper/{cycle}/sample": {Role.OBSERVER},
    "/paper/{cycle}/sample/check": {Role.OBSERVER},
    "/paper/{cycle}/desk/return": STAFF,
    "/paper/{cycle}/desk/voters/{entry}": STAFF,
    "/paper/{cycle}/desk/stubs/1": STAFF,
}
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def holder(role: Role, neighborhood_id: int):
    """Somebody who holds `role` for one neighborhood."""
    person = make.person()
    with transaction():
        grant = {"role": role, "neighborhood_id": neighborhood_id, "starts_on": date(2020, 1, 1)}
        db.session.add(RoleGrant(person_id=person.id, **grant))
    return person


def doors() -> tuple[int, dict[str, object]]:
    """A closed vote with something behind each address, and its neighborhood."""
    at = returned(10)
    of, order = batch(at, 10), order_pack(at.cycle_id, "en", by=at.clerk)
    facts = {"cycle": at.cycle_id, "box": at.box_id, "stock": at.stock_id, "batch": of.id, "order": order.id}
    return cycles.facts(at.cycle_id).neighborhood_id, facts | {"entry": at.entries[0].hex()}


def answered(browser: Browser, address: str, method: str) -> int:
    """How the app answers; a form without its fields is never a write."""
    return browser.open(address).status if method == "GET" else browser.post(address, MultiDict()).status


def check(method: str, table: dict[str, set[Role]], app) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    home, facts = doors()
    away = make.neighborhood().id
    wrong = []
    for role in Role:
        for where in (home, away) if role in WATCH else (home,):
            browser = Browser(app).sign_in(holder(role, where))
            for address, allowed in table.items():
                status = answered(browser, address.format(**facts), method)
                may = role in allowed and where == home
                if (status == 403) == may:
                    wrong.append((method, address, role.value, where == home, status))
    app.config["WTF_CSRF_ENABLED"] = True
    assert wrong == []


def test_pages_open_for_those_who_may_and_only_at_home(app):
    check("GET", CLOSED, app)


def test_forms_are_taken_from_those_who_may_and_only_at_home(app):
    check("POST", POSTS, app)


def test_the_check_notices_a_door_left_open(app):
    with pytest.raises(AssertionError, match="boxes"):
        check("GET", {"/paper/{cycle}/boxes/{box}": {Role.CLERK}}, app)


def test_every_address_of_paper_ballots_is_in_the_tables(app):
    rules = {r.rule.replace("int:", "") for r in app.url_map.iter_rules() if r.rule.startswith("/paper/<")}
    assert len(rules) == len(set(CLOSED) | set(POSTS))


def test_visitors_are_sent_to_sign_in(app):
    at = station()
    hand_out(at, 0, 1)
    answer = app.test_client().get(f"/paper/{at.cycle_id}/desk")
    assert (answer.status_code, "/sign-in" in answer.location) == (302, True)


def test_of_another_neighborhoods_vote_nothing_is_found_by_its_numbers(app):
    mine, other = station(), returned(10)
    of, clerk = batch(other, 10), Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    addresses = [f"boxes/{other.box_id}", f"stock/{other.stock_id}/count", f"batches/{of.id}", f"batches/{of.id}/enter"]
    assert {clerk.open(f"/paper/{mine.cycle_id}/{each}").status for each in addresses} == {404}
    assert clerk.open(f"/paper/{mine.cycle_id}/desk/voters/{other.entries[0].hex()}").status == 404
    assert clerk.open(f"/paper/{mine.cycle_id}/desk/voters/zz").status == 404
