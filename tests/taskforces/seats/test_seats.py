"""Seats: offered, accepted, one chair a side, nobody on both sides, ever (domain, roles; rules 3 and 32)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.clock import today
from app.core.errors import DomainError, NoStanding
from app.taskforces.seats import queries, services
from app.taskforces.seats.models import Seat
from app.taskforces.seats.offers import services as offers
from app.taskforces.seats.rules import Held, Refusal, SeatKind, Side, why_not_sit, why_not_young
from tests import make

C, D, M, Y = SeatKind.CO_CHAIR, SeatKind.DEPUTY, SeatKind.MEMBER, SeatKind.YOUTH
COMMUNITY, INSTITUTION = Side.COMMUNITY, Side.INSTITUTION
NEW_YEAR = date(2026, 1, 1)


def held(person=1, kind=C, side=COMMUNITY, body=1, starts=NEW_YEAR, ends=None):
    return Held(task_force_id=body, kind=kind, side=side, person_id=person, starts_on=starts, ends_on=ends)


@pytest.mark.parametrize(
    ("there", "wanted", "reason"),
    [
        (held(1), held(2), Refusal.TAKEN),
        (held(1, D), held(2, D), Refusal.DEPUTY_TAKEN),
        (held(1, D), held(2), None),
        (held(1), held(2, side=INSTITUTION), None),
        (held(1), held(1, side=INSTITUTION), Refusal.OTHER_SIDE),
        (held(1), held(1, M, INSTITUTION), Refusal.OTHER_SIDE),
        (held(1), held(1, side=INSTITUTION, body=2), Refusal.OTHER_SIDE),
        (held(1), held(1, body=2), None),
        (held(1), held(1, M), Refusal.ALREADY_SITS),
        (held(1, M), held(2, M), None),
        (held(1, ends=date(2026, 5, 1)), held(2, starts=date(2026, 5, 2)), None),
        (held(1, ends=date(2026, 5, 1)), held(2, starts=date(2026, 5, 1)), Refusal.TAKEN),
        (held(1, ends=date(2026, 5, 1)), held(1, side=INSTITUTION, starts=date(2026, 5, 2)), None),
        (held(1, starts=date(2026, 9, 1)), held(2, ends=date(2026, 8, 31)), None),
    ],
)
def test_who_may_sit_is_a_table(there, wanted, reason):
    assert why_not_sit(wanted, held=[there]) is reason


@pytest.mark.parametrize(
    ("shown_as", "consent_on", "reason"),
    [
        ("Noor", NEW_YEAR, None),
        ("Noor Haddad", NEW_YEAR, Refusal.NO_FIRST_NAME),
        (None, NEW_YEAR, Refusal.NO_FIRST_NAME),
        ("Noor", None, Refusal.NO_CONSENT),
        ("Noor", NEW_YEAR + timedelta(days=1), Refusal.CONSENT_TO_COME),
    ],
)
def test_a_youth_seat_needs_a_first_name_and_a_consent(shown_as, consent_on, reason):
    assert why_not_young(Y, shown_as=shown_as, consent_on=consent_on, today=NEW_YEAR) is reason
    assert why_not_young(M, shown_as=None, consent_on=None, today=NEW_YEAR) is None


def wish(body, person, kind=C, side=COMMUNITY, **more):
    facts = {"kind": kind, "side": side, "email": person.email, "starts_on": today()}
    named = more.pop("by_body", None) or make.organization(body.neighborhood).id
    return offers.OfferSeat(**facts | {"organization_id": named} | more)


def offer(body, person, *more, **facts):
    return offers.offer(body.id, wish(body, person, *more, **facts), by=make.actor(Role.CLERK))


def fill(body, person, *more, **facts):
    return offers.accept(offer(body, person, *more, **facts).id, by=make.actor_for(person))


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code, refused.value.field


def test_a_nominated_person_accepts_a_seat(app):
    body, ada = make.task_force(), make.person()
    asked = offer(body, ada, ends_on=today() + timedelta(days=400))
    seats = queries.seats(body.id, constituted_on=body.constituted_on, on=today())
    assert [chair.holder for chair in seats.chairs] == [None, None]
    offers.accept(asked.id, by=make.actor_for(ada))
    community, institution = queries.seats(body.id, constituted_on=body.constituted_on, on=today()).chairs
    assert (community.holder.name, community.holder.ends_on) == (ada.public_name, today() + timedelta(days=400))
    assert institution.holder is None and institution.vacant_since == body.constituted_on


def test_nobody_accepts_or_declines_for_another(app):
    body, ada, clerk = make.task_force(), make.person(), make.actor(Role.CLERK)
    asked, others = offer(body, ada), (clerk, make.actor(), make.co_chair(body, INSTITUTION))
    for verb in (offers.accept, offers.decline):
        for other in others:
            with pytest.raises(NoStanding):
                verb(asked.id, by=other)
    with pytest.raises(NoStanding):
        offers.accept_on_paper(asked.id, by=make.actor_for(ada))
    assert offers.accept_on_paper(asked.id, by=clerk).person_id == ada.id


def test_a_seat_is_held_from_the_day_of_the_yes(app):
    body, early = make.task_force(), today() - timedelta(days=20)
    assert fill(body, make.person(), starts_on=early).starts_on == today()
    asked = offer(body, make.person(), side=INSTITUTION, starts_on=early)
    assert offers.accept_on_paper(asked.id, by=make.actor(Role.CLERK)).starts_on == early


def test_an_answer_is_given_once(app):
    body, ada = make.task_force(), make.person()
    asked = offer(body, ada)
    offers.decline(asked.id, by=make.actor_for(ada))
    assert refusal(lambda: offers.accept(asked.id, by=make.actor_for(ada)))[0] == "answered"
    assert refusal(lambda: offers.take_back(asked.id, by=make.actor(Role.CLERK)))[0] == "answered"


def test_a_seat_and_a_person_are_offered_one_at_a_time(app):
    body, ada = make.task_force(), make.person()
    offer(body, ada)
    assert refusal(lambda: offer(body, ada, M)) == ("already_asked", "email")
    assert refusal(lambda: offer(body, make.person())) == ("offered", "email")
    offer(body, make.person(), M)


def test_what_changed_since_the_offer_is_seen_at_the_yes(app):
    body, ada = make.task_force(), make.person()
    asked = offer(body, ada)
    make.co_chair(body)
    assert refusal(lambda: offers.accept(asked.id, by=make.actor_for(ada))) == ("taken", "email")


def test_the_checks_notice_when_the_rule_is_gone(app, monkeypatch):
    monkeypatch.setattr(services, "why_not_sit", lambda *_, **__: None)
    body, ada = make.task_force(), make.person()
    fill(body, ada)
    with pytest.raises(pytest.fail.Exception):
        refusal(lambda: fill(body, ada, side=INSTITUTION))


def test_the_database_keeps_what_must_never_be_even_without_the_rules(app, monkeypatch):
    monkeypatch.setattr(services, "why_not_sit", lambda *_, **__: None)
    monkeypatch.setattr(offers, "why_not_young", lambda *_, **__: None)
    body = make.task_force()
    for kind in (C, D):
        fill(body, make.person(), kind)
        with pytest.raises(sa.exc.IntegrityError):
            fill(body, make.person(), kind)
    with pytest.raises(sa.exc.IntegrityError):
        offer(body, make.person(), Y, shown_as="Noor Haddad", consent_on=today())


def test_the_surname_of_the_young_is_nowhere(app, browser):
    body, noor = make.task_force(), make.person(public_name="Noor Haddad")
    fill(body, noor, Y, shown_as="Noor", consent_on=today())
    assert "Haddad" not in browser.open(f"/task-forces/{body.slug}").html
    assert [seat.name for seat in queries.held_by(noor.id, today())] == ["Noor"]
    make.kept(Seat(task_force_id=body.id, person=noor, kind=M, side=COMMUNITY, nominated_by="", starts_on=NEW_YEAR))
    assert "Haddad" in browser.open(f"/task-forces/{body.slug}").html  # the twin: another seat of theirs would tell


def test_an_ended_seat_stays_on_record_and_is_vacant_from_the_day_after(app):
    body, ended = make.task_force(), today() - timedelta(days=3)
    make.seated(body, C, ends_on=ended)
    seats = queries.seats(body.id, constituted_on=body.constituted_on, on=today())
    assert seats.chairs[0].vacant_since == ended + timedelta(days=1) and len(seats.past) == 1


def test_a_term_ends_once_or_earlier_and_not_before_it_began(app):
    clerk, seat = make.actor(Role.CLERK), fill(make.task_force(), make.person(), ends_on=today() + timedelta(days=9))
    early = services.EndSeat(ends_on=today() - timedelta(days=9))
    assert refusal(lambda: services.end(seat.id, early, by=clerk)) == ("before_it_starts", "ends_on")
    services.end(seat.id, services.EndSeat(ends_on=today()), by=clerk)
    assert refusal(lambda: services.end(seat.id, services.EndSeat(ends_on=today()), by=clerk))[0] == "has_ended"


def test_an_address_without_an_account_is_refused_at_its_field(app):
    body = make.task_force()
    assert refusal(lambda: offer(body, make.person(), email="nobody@example.org")) == ("no_account", "email")


def test_an_organization_of_another_neighborhood_nominates_nobody(app):
    elsewhere = make.organization(make.neighborhood()).id
    assert refusal(lambda: offer(make.task_force(), make.person(), by_body=elsewhere)) == (
        "foreign",
        "organization_id",
    )


def test_nobody_but_a_clerk_changes_seats(app):
    body = make.task_force()
    asked, seat = offer(body, make.person()), fill(body, make.person(), M)
    wanted = wish(body, make.person(), side=INSTITUTION)
    acts = (
        lambda by: offers.offer(body.id, wanted, by=by),
        lambda by: offers.accept_on_paper(asked.id, by=by),
        lambda by: offers.take_back(asked.id, by=by),
        lambda by: services.end(seat.id, services.EndSeat(ends_on=today()), by=by),
    )
    for role in (Role.OFFICER, Role.OBSERVER, Role.OVERSEER, Role.ADMIN):
        actor = make.actor(role)
        for act in acts:
            with pytest.raises(NoStanding):
                act(actor)


def test_a_vacant_row_ends_where_its_holder_begins(app):
    body = make.task_force()
    facts = {"kind": C, "side": COMMUNITY, "starts_on": NEW_YEAR}
    make.kept(Seat(task_force_id=body.id, person_id=None, nominated_by="", **facts))
    fill(body, make.person())
    assert len(queries.co_chairs([body.id], today())) == 1
