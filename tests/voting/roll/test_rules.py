"""Who may stand on a roll and why not, and how lines are compared."""

from datetime import date

import pytest

from app.accounts.rules import ResidenceStage
from app.voting.roll.rules import (
    Claim,
    RollRule,
    WhyNot,
    address_key,
    age_on,
    latest_birth,
    may_be_one,
    name_key,
    why_not,
)

HERE, THERE = 1, 2
VERIFIED, WAITING, REFUSED = ResidenceStage.VERIFIED, ResidenceStage.REGISTERED, ResidenceStage.REFUSED
GROWN, YOUNG = date(1980, 1, 1), date(2012, 1, 1)
DAY = date(2026, 5, 4)


def claim(stage=VERIFIED, where=HERE, born_on=GROWN, **more):
    return Claim(stage=stage, neighborhood_id=where, born_on=born_on, **more)


@pytest.mark.parametrize(
    ("made", "min_age", "reason"),
    [
        (claim(), None, None),
        (claim(), 16, None),
        (claim(born_on=None), None, None),
        (claim(born_on=YOUNG), None, None),
        (claim(stage=None, where=None), None, WhyNot.NO_RESIDENCE),
        (claim(where=THERE), None, WhyNot.ELSEWHERE),
        (claim(stage=WAITING), None, WhyNot.WAITING),
        (claim(stage=REFUSED), None, WhyNot.REFUSED),
        (claim(is_struck=True), None, WhyNot.STRUCK),
        (claim(born_on=None), 16, WhyNot.NO_BIRTH_DATE),
        (claim(born_on=YOUNG), 16, WhyNot.TOO_YOUNG),
        (claim(where=THERE, stage=WAITING, born_on=YOUNG), 16, WhyNot.ELSEWHERE),
    ],
)
def test_the_first_reason_against_somebody_is_told(made, min_age, reason):
    assert why_not(made, RollRule(neighborhood_id=HERE, min_age=min_age, day=DAY)) is reason


@pytest.mark.parametrize(
    ("day", "born_on", "age"),
    [
        (DAY, date(2010, 5, 4), 16),
        (DAY, date(2010, 5, 5), 15),
        (date(2026, 2, 28), date(2008, 2, 29), 17),
        (date(2026, 3, 1), date(2008, 2, 29), 18),
        (date(2028, 2, 29), date(2008, 2, 29), 20),
    ],
)
def test_an_age_is_counted_in_full_years(day, born_on, age):
    assert age_on(day, born_on) == age


@pytest.mark.parametrize("day", [DAY, date(2026, 2, 28), date(2028, 2, 29), date(2026, 3, 1), date(2026, 1, 1)])
@pytest.mark.parametrize("age", [16, 18, 20])
def test_the_last_birth_day_for_an_age_is_the_last(day, age):
    last = latest_birth(day, age)
    assert age_on(day, last) == age
    assert age_on(day, date.fromordinal(last.toordinal() + 1)) == age - 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Mercer", "MERCER, Ada"), ("José Núñez", "jose  nunez"), ("O’Hara, Pat", "Pat O'Hara"), ("Groß", "GROSS")],
)
def test_names_are_compared_without_case_accents_signs_and_order(one, other):
    assert name_key(one) == name_key(other)


def test_addresses_keep_their_order():
    assert address_key("12 Mill Lane, 3") == address_key("12  MILL LANE 3") != address_key("3 Mill Lane 12")


def test_only_two_different_birth_dates_tell_people_of_one_name_apart():
    assert may_be_one(None, GROWN) and may_be_one(GROWN, GROWN) and not may_be_one(GROWN, YOUNG)
