"""Who decides, as Popolo: everybody in their seat by the name they chose, and the young by their first name only."""

import re
from datetime import date

import pytest

from app.core.db import transaction
from app.opendata.governance import exports
from app.taskforces.rules import BodyStage
from app.taskforces.seats.rules import SeatKind, Side
from tests import make
from tests.opendata import files

FILE = "/open/governance.json"
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture
def body(app):
    found = make.task_force(theme="Lamps")
    make.co_chair(found)
    make.seated(found, SeatKind.MEMBER, Side.INSTITUTION, ends_on=date(2026, 2, 1))
    return found


def of(found, kind):
    return [each for each in found["memberships"] if each["role"] == kind]


def young(body, **more):
    """Somebody young, whose public name has a surname."""
    who = make.account(make.seated(body, SeatKind.YOUTH, **more))
    with transaction():
        who.public_name = "Noor Canary"
    return who


def test_everything_refers_to_what_is_there(app, body):
    make.co_chair(body, Side.INSTITUTION)
    found = files.data(app, FILE)
    organizations = {each["id"] for each in found["organizations"]}
    posts = {each["id"] for each in found["posts"]}
    assert len(posts) == 2 and {each["organization_id"] for each in found["posts"]} <= organizations
    assert {each["post_id"] for each in of(found, "co_chair")} == posts
    for each in found["memberships"]:
        assert {"id", "organization_id", "role", "start_date"} <= set(each)
        assert each["organization_id"] in organizations
        assert each.get("on_behalf_of_id", next(iter(organizations))) in organizations
        assert all(DAY.fullmatch(each[name]) for name in ("start_date", "end_date") if name in each)
    parents = {each["parent_id"] for each in found["organizations"] if "parent_id" in each}
    assert parents == {f"neighborhood-{body.neighborhood.slug}"}


def test_terms_that_ended_are_told_with_their_days(app, body):
    (member,) = of(files.data(app, FILE), "member")
    assert (member["start_date"], member["end_date"]) == ("2026-01-01", "2026-02-01")
    assert member["person"]["name"]


def test_a_task_force_that_is_over_says_when(app, body):
    with transaction():
        body.stage, body.stage_since = BodyStage.DISSOLVED, date(2026, 3, 1)
    told = next(each for each in files.data(app, FILE)["organizations"] if each["id"] == f"task-force-{body.slug}")
    assert (told["founding_date"], told["dissolution_date"]) == ("2026-01-01", "2026-03-01")


def test_somebody_young_has_a_first_name_while_they_sit_and_none_after(app, body):
    young(body)
    young(body, ends_on=date(2026, 2, 1))
    now, before = sorted(of(files.data(app, FILE), "youth"), key=lambda each: "end_date" in each)
    assert now["person"] == {"name": "Noor"} and "person" not in before
    assert "Canary" not in files.text(app, FILE)


def test_no_membership_has_a_key_of_a_person(app, body):
    young(body)
    keys = {key for each in files.data(app, FILE)["memberships"] for key in each}
    assert not {key for key in keys if key.startswith("person_")}
    assert all(set(each.get("person", {})) <= {"name"} for each in files.data(app, FILE)["memberships"])


def test_the_check_notices_an_export_that_tells_public_names(app, body, monkeypatch):
    who = young(body)
    monkeypatch.setattr(exports, "_name", lambda seat: who.public_name)
    assert "Canary" in files.text(app, FILE)
