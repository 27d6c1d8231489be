"""Moments are written as people must act on them."""

from datetime import UTC, datetime

import pytest

from app.core.moments import asked_day, day, last_minute, local_day, moment
from app.core.paging import row_number


def test_a_close_at_midnight_is_read_as_the_evening_before(app):
    close = datetime(2026, 12, 4, 5, 0, tzinfo=UTC)
    with app.test_request_context():
        assert "Dec 4" in moment(close, "America/New_York")
        assert last_minute(close, "America/New_York").startswith("Dec 3, 2026, 11:59")


def test_a_moment_near_midnight_has_its_day_where_people_live(app):
    late = datetime(2026, 12, 4, 4, 30, tzinfo=UTC)
    with app.test_request_context():
        assert local_day(late, "America/New_York") == "December 3, 2026"
        assert local_day(late, "Pacific/Kiritimati", "medium") == local_day(late, "UTC", "medium") == "Dec 4, 2026"


def test_a_moment_is_no_day_without_its_zone(app):
    with app.test_request_context(), pytest.raises(TypeError):
        day(datetime(2026, 12, 4, 4, 30, tzinfo=UTC))


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "2026-13-01", "soon", ""])
def test_a_day_from_an_address_that_nothing_can_be_counted_from_counts_as_none(text):
    with pytest.raises(ValueError):
        asked_day(text)
    assert asked_day("2026-07-01").year == 2026


@pytest.mark.parametrize("text", ["-1", str(2**63), "99999999999999999999999", "abc", ""])
def test_a_number_from_an_address_that_no_row_can_have_counts_as_none(text):
    with pytest.raises(ValueError):
        row_number(text)
    assert row_number("7") == 7
