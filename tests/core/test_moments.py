"""Moments are written as people must act on them."""

from datetime import UTC, datetime

from app.core.moments import last_minute, moment


def test_a_close_at_midnight_is_read_as_the_evening_before(app):
    close = datetime(2026, 12, 4, 5, 0, tzinfo=UTC)
    with app.test_request_context():
        assert "Dec 4" in moment(close, "America/New_York")
        assert last_minute(close, "America/New_York").startswith("Dec 3, 2026, 11:59")
