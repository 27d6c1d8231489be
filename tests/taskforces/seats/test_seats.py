"""Seats: one chair a side, nobody on both sides, ever (domain, roles; rule 3)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import DomainError, NoStanding
from app.taskforces.seats import queries, services
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import SeatKind, Side
from tests import make


def wish(person, side=Side.COMMUNITY, kind=SeatKind.CO_CHAIR, **more):
    facts = {"kind": kind, "side": side, "email": person.email, "nominated_by": "Mill Lane Residents"}
    return services.FillSeat(**facts | {"starts_on": today()} | more)


def fill(body, person, *more, by=None, **facts):
    return services.fill(body.id, wish(person, *more, **facts), by=by or make.actor(Role.CLERK))


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code, refused.value.field


def test_a_clerk_seats_a_nominated_person(app):
    body, ada = make.task_force(), make.person()
    fill(body, ada)
    seats = queries.seats(body.id, constituted_on=body.constituted_on, on=today())
    community, institution = seats.chairs
    assert community.holder.name == ada.public_name and community.holder.nominated_by == "Mill Lane Residents"
    assert institution.holder is None and institution.vacant_since == body.constituted_on


def test_a_side_has_one_chair(app):
    body = make.task_force()
    fill(body, make.person())
    assert refusal(lambda: fill(body, make.person())) == ("taken", "email")


def test_nobody_sits_on_both_sides_of_a_task_force(app):
    body, ada = make.task_force(), make.person()
    fill(body, ada)
    assert refusal(lambda: fill(body, ada, Side.INSTITUTION)) == ("other_side", "email")
    assert refusal(lambda: fill(body, ada, Side.INSTITUTION, SeatKind.MEMBER)) == ("other_side", "email")


def test_nobody_sits_on_the_other_side_of_another_task_force_here(app):
    where, ada = make.neighborhood(), make.person()
    fill(make.task_force(where=where), ada)
    assert refusal(lambda: fill(make.task_force(where=where), ada, Side.INSTITUTION))[0] == "other_side"


def test_the_checks_notice_when_the_rule_is_gone(app, monkeypatch):
    monkeypatch.setattr(services, "why_not_sit", lambda *_, **__: None)
    body, ada = make.task_force(), make.person()
    fill(body, ada)
    with pytest.raises(pytest.fail.Exception):
        refusal(lambda: fill(body, ada, Side.INSTITUTION))


def test_the_database_keeps_a_second_chair_out_even_without_the_rule(app, monkeypatch):
    monkeypatch.setattr(services, "why_not_sit", lambda *_, **__: None)
    body = make.task_force()
    fill(body, make.person())
    with pytest.raises(sa.exc.IntegrityError):
        fill(body, make.person())


def test_who_left_a_side_may_come_back_on_the_other_one(app):
    body, ada = make.task_force(), make.person()
    seat = fill(body, ada, starts_on=date(2026, 1, 1))
    services.end(seat.id, services.EndSeat(ends_on=today() - timedelta(days=1)), by=make.actor(Role.CLERK))
    assert fill(body, ada, Side.INSTITUTION).side is Side.INSTITUTION


def test_an_ended_seat_stays_on_record_and_is_vacant_from_the_day_after(app):
    body, ended = make.task_force(), today() - timedelta(days=3)
    seat = fill(body, make.person(), starts_on=date(2026, 1, 1))
    services.end(seat.id, services.EndSeat(ends_on=ended), by=make.actor(Role.CLERK))
    seats = queries.seats(body.id, constituted_on=body.constituted_on, on=today())
    assert seats.chairs[0].vacant_since == ended + timedelta(days=1) and len(seats.past) == 1


def test_a_term_ends_once_and_not_before_it_began(app):
    clerk, seat = make.actor(Role.CLERK), fill(make.task_force(), make.person())
    early = services.EndSeat(ends_on=today() - timedelta(days=9))
    assert refusal(lambda: services.end(seat.id, early, by=clerk)) == ("before_it_starts", "ends_on")
    services.end(seat.id, services.EndSeat(ends_on=today()), by=clerk)
    assert refusal(lambda: services.end(seat.id, services.EndSeat(ends_on=today()), by=clerk))[0] == "has_ended"


def test_an_address_without_an_account_is_refused_at_its_field(app):
    ghost = make.person()
    ghost_wish = wish(ghost, email="nobody@example.org")
    body = make.task_force()
    assert refusal(lambda: services.fill(body.id, ghost_wish, by=make.actor(Role.CLERK))) == ("no_account", "email")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OBSERVER, Role.OVERSEER, Role.ADMIN])
def test_nobody_but_a_clerk_changes_seats(app, role):
    body = make.task_force()
    seat = fill(body, make.person())
    with pytest.raises(NoStanding):
        fill(body, make.person(), Side.INSTITUTION, by=make.actor(role))
    with pytest.raises(NoStanding):
        services.end(seat.id, services.EndSeat(ends_on=today()), by=make.actor(role))


def seat_at_once(app, body_id, wishes, clerk):
    def one(command):
        with app.app_context():
            try:
                services.fill(body_id, command, by=clerk)
            except (DomainError, sa.exc.IntegrityError):
                return False
            return True

    with ThreadPoolExecutor(len(wishes)) as threads:
        return list(threads.map(one, wishes))


def test_two_clerks_at_once_do_not_put_one_person_on_both_sides(app):
    body, ada, clerk = make.task_force(), make.person(), make.actor(Role.CLERK)
    for _ in range(5):
        wishes = [wish(ada, Side.COMMUNITY), wish(ada, Side.INSTITUTION)]
        body_id = body.id
        db.session.rollback()
        assert sorted(seat_at_once(app, body_id, wishes, clerk)) == [False, True]
        db.session.rollback()
        assert len(queries.co_chairs([body_id], today())) == 1
        body, ada = make.task_force(), make.person()


def test_a_seat_is_filled_and_ended_from_the_page(app, browser):
    body, ada = make.task_force(), make.person()
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    page = browser.open(f"/task-forces/{body.slug}").follow("Fill a seat")
    wrong = page.press("Fill the seat", side="community", email="nobody@example.org", nominated_by="Residents")
    assert "has an account with this address" in wrong.text and wrong.all("input", value="nobody@example.org")
    filled = page.press("Fill the seat", side="community", email=ada.email.upper(), nominated_by="Residents")
    assert ada.public_name in filled.text
    ended = filled.follow(f"End the term: {ada.public_name}").press("End the term")
    assert "The term has an end" in ended.text


def test_a_seat_of_another_task_force_is_not_found_here(app, browser):
    body, seat = make.task_force(), fill(make.task_force(), make.person())
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    assert browser.open(f"/task-forces/{body.slug}/seats/{seat.id}/end").status == 404


def test_the_page_never_shows_an_address(app, browser):
    body, ada = make.task_force(), make.person()
    fill(body, ada)
    assert ada.email not in browser.open(f"/task-forces/{body.slug}").html


def test_a_vacant_row_ends_where_its_holder_begins(app):
    body = make.task_force()
    facts = {"kind": SeatKind.CO_CHAIR, "side": Side.COMMUNITY, "starts_on": date(2026, 1, 1)}
    make._kept(Seat(task_force_id=body.id, person_id=None, nominated_by="", **facts))
    fill(body, make.person())
    assert len(queries.co_chairs([body.id], today())) == 1
