"""Saying where a proposal is: who may, when, and what is kept of it."""

from contextlib import suppress
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.cycles.rules import Stage as CycleStage
from app.proposals import policies
from app.proposals import queries as proposals
from app.proposals import services as verbs
from app.proposals.revisions import queries as revisions
from app.proposals.rules import Stage
from app.proposals.search.queries import says
from app.proposals.spots import queries, rules, services
from app.proposals.spots.models import ExactSpot, ProposalSpot
from app.proposals.spots.rules import Where
from app.proposals.spots.services import SayWhere
from tests import make
from tests.proposals.spots.town import IN_EAST, IN_WEST, OUTSIDE, mapped, proposal

HERE = SayWhere(where=Where.POINT, place="By the heron", at=IN_EAST)
PRIVATE = SayWhere(where=Where.AREA, place="At a home", at=IN_WEST)


def said_words(row):
    names = ("title", "summary", "need", "place", "category_id", "area_id", "watches_people")
    return verbs.WriteProposal(estimate=(), **{name: getattr(row, name) for name in names})


def said(row, command, viewer=None):
    author = actor_of(row.author)
    services.say(row.id, command, by=author)
    return queries.place_of(proposals.detail(row.id, author), viewer)


def test_a_point_gives_the_area_it_lies_in_and_words_that_are_found(app):
    row = proposal()
    place = said(row, HERE)
    assert (place.kind, place.point, place.exact, row.area.name) == (Where.POINT, IN_EAST, None, "East End")
    assert proposals.cards(search="heron").total == 1
    assert says("heron") is not None and revisions.newest(row.id) == 1


def test_a_private_address_is_shown_as_its_area_to_all_but_officers(app):
    row = proposal()
    place = said(row, PRIVATE)
    assert (place.kind, place.point, place.exact, row.area.name) == (Where.AREA, None, None, "Mill Lane")
    detail = proposals.detail(row.id, None)
    assert queries.place_of(detail, make.actor(Role.OFFICER)).exact == IN_WEST


@pytest.mark.parametrize(
    ("command", "left"),
    [(HERE, 0), (SayWhere(where=Where.AREA, place="A home"), 1), (SayWhere(where=Where.WORDS, place="Mill"), 0)],
)
def test_an_exact_spot_is_kept_as_long_as_the_place_is_private(app, command, left):
    row = proposal()
    said(row, PRIVATE)
    said(row, command)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ExactSpot)) == left


def test_a_private_spot_is_not_published_by_taking_the_tick_away(app):
    row = proposal()
    said(row, PRIVATE)
    with pytest.raises(DomainError) as refusal:
        said(row, SayWhere(where=Where.POINT, place="At a home"))
    assert (refusal.value.code, refusal.value.field) == ("no_point", "point")


def test_the_exact_spot_goes_when_the_proposal_is_withdrawn(app):
    row = proposal()
    said(row, PRIVATE)
    verbs.withdraw(row.id, by=actor_of(row.author))
    assert not queries.keeps_exact(row.id)


def test_a_point_outside_is_refused_at_its_field(app):
    with pytest.raises(DomainError) as refusal:
        said(proposal(), SayWhere(where=Where.POINT, place="Elsewhere", at=OUTSIDE))
    assert (refusal.value.code, refusal.value.field) == ("outside", "point")


def test_the_check_of_the_boundary_notices_an_outline_that_holds_everything(app, monkeypatch):
    """The twin: with an outline that ends nowhere the same point is taken."""
    monkeypatch.setattr(rules, "holds", lambda *_: True)
    assert said(proposal(), SayWhere(where=Where.POINT, place="Elsewhere", at=OUTSIDE)).point == OUTSIDE


@pytest.mark.parametrize("command", [HERE, PRIVATE])
def test_another_area_in_the_words_takes_the_mark_off_the_map(app, command):
    row = proposal()
    said(row, command)
    words = said_words(row)
    verbs.edit(row.id, replace(words, title="Other words, same place"), by=actor_of(row.author))
    assert queries.place_of(proposals.detail(row.id, None), None).kind is command.where
    verbs.edit(row.id, replace(words, area_id=None), by=actor_of(row.author))
    place = queries.place_of(proposals.detail(row.id, None), None)
    assert (place.kind, place.point, queries.keeps_exact(row.id)) == (Where.WORDS, None, False)


def test_the_whole_neighborhood_has_no_area_and_needs_no_words(app):
    row = proposal()
    assert said(row, SayWhere(where=Where.EVERYWHERE, place="")).kind is Where.EVERYWHERE
    assert (row.area_id, row.place) == (None, "The whole neighborhood")


def test_saying_the_same_again_changes_nothing(app):
    row = proposal()
    said(row, HERE)
    before = revisions.newest(row.id), db.session.scalar(sa.select(ProposalSpot.said_at))
    said(row, HERE)
    assert (revisions.newest(row.id), db.session.scalar(sa.select(ProposalSpot.said_at))) == before


PHASES = (CycleStage.COLLECTING, CycleStage.REVIEWING, CycleStage.BALLOT_FIXED)
STAGES = (Stage.DRAFT, Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE, Stage.WITHDRAWN)
ALLOWED = {
    (CycleStage.COLLECTING, Stage.DRAFT, "author"),
    (CycleStage.COLLECTING, Stage.SUBMITTED, "author"),
    (CycleStage.COLLECTING, Stage.NEEDS_CHANGES, "author"),
    (CycleStage.REVIEWING, Stage.SUBMITTED, "author"),
    (CycleStage.REVIEWING, Stage.NEEDS_CHANGES, "author"),
}


def let_in(phases, stages):
    """Which combinations of phase, stage and role can say where a proposal is; the author comes last."""
    where, found = mapped(), set()
    people = {"resident": make.resident(where), **{role: make.actor(role) for role in (Role.OFFICER, Role.CLERK)}}
    for phase in phases:
        cycle = make.cycle(where=where, stage=phase)
        for stage in stages:
            row = make.proposal(within=cycle, stage=stage)
            for who, by in {**people, "author": actor_of(row.author)}.items():
                with suppress(DomainError):
                    services.say(row.id, HERE, by=by)
                    found.add((phase, stage, who))
    return found


def test_who_may_say_where_and_when(app):
    """Phase × stage × role: only the author, and only while the proposal can be edited."""
    assert let_in(PHASES, STAGES) == ALLOWED


def test_the_matrix_notices_a_policy_that_lets_everybody(app, monkeypatch):
    monkeypatch.setattr(policies, "may_write", lambda *_, **__: True)
    assert (CycleStage.REVIEWING, Stage.SUBMITTED, "resident") in let_in(PHASES[1:2], STAGES[1:2])


def test_a_stranger_is_told_that_it_is_not_theirs(app):
    with pytest.raises(NoStanding):
        services.say(proposal().id, HERE, by=make.actor())


@pytest.mark.parametrize("kind", [Where.AREA, Where.WORDS])
def test_no_row_shows_degrees_of_what_is_not_a_point(app, kind):
    row = proposal()
    said(row, PRIVATE)
    area = row.area_id if kind is Where.AREA else None
    with pytest.raises(sa.exc.IntegrityError, match="only_a_point_has_degrees"), transaction():
        db.session.execute(sa.update(ProposalSpot).values(kind=kind, area_id=area, longitude=10.0, latitude=50.0))


def test_no_mark_on_the_map_is_without_its_area(app):
    said(proposal(), PRIVATE)
    with pytest.raises(sa.exc.IntegrityError, match="on_the_map_in_an_area"), transaction():
        db.session.execute(sa.update(ProposalSpot).values(area_id=None))


def test_reading_a_place_costs_two_statements_and_a_third_for_officers(app, statements):
    row = proposal()
    said(row, PRIVATE)
    detail, officer = proposals.detail(row.id, None), make.actor(Role.OFFICER)
    for viewer, cost in ((None, 2), (officer, 3)):
        statements.clear()
        queries.place_of(detail, viewer)
        assert len(statements) == cost
