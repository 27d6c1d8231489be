"""Codes, sums and addresses keep their own order among words that are read from the right."""

from datetime import UTC, datetime

import pytest
from flask import render_template_string
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from app.core.bidi import FIRST_STRONG, FROM_RIGHT, POP, isolated, own_direction
from app.core.charts.svg import drawing, text
from app.core.moments import day, moment
from app.core.money import written


@pytest.fixture(autouse=True)
def arabic(app):
    """The language of these tests, whose texts nobody has translated."""
    with app.test_request_context(), force_locale("ar"):
        yield


def kept(words: str) -> str:
    return f"{FIRST_STRONG}{words}{POP}"


def test_what_fills_a_sentence_keeps_its_own_order():
    assert _("About %(code)s", code="2026-J001") == f"About {kept('2026-J001')}"
    assert ngettext("%(num)s of %(code)s", "%(num)s of %(code)s", 2, code="S-3") == f"2 of {kept('S-3')}"


def test_a_day_or_a_moment_keeps_its_own_order_beside_a_name():
    at = datetime(2026, 11, 9, 19, tzinfo=UTC)
    said = render_template_string("Ruth, {{ at|moment }}, {{ on|day }}, {{ at|local_day('UTC') }}", at=at, on=at.date())
    assert said == f"Ruth, {kept(moment(at))}, {kept(day(at.date()))}, {kept(day(at.date()))}"


def test_so_it_does_where_a_template_fills_it():
    template = "{{ _('About %(code)s', code=code) }} {{ ngettext('%(num)s %(x)s', '%(num)s %(x)s', 2, x='<b>') }}"
    assert render_template_string(template, code="2026-J001") == f"About {kept('2026-J001')} 2 {kept('&lt;b&gt;')}"


def test_a_code_within_words_from_the_right_is_whole_too():
    assert isolated("2026-J001 لامپ") == kept(f"{kept('2026-J001')} لامپ")
    assert isolated("2026-J001 lamp") == kept("2026-J001 lamp")


def test_markup_stays_markup_and_what_is_no_text_stays_what_it_is():
    assert isolated(Markup("<b>x</b>")) == Markup(kept("<b>x</b>"))
    assert [isolated(each) for each in (3, None, "")] == [3, None, ""]


@pytest.mark.parametrize(
    ("cents", "pieces"), [(-80050, ("-800.50", "US$")), (1234500, ("12,345", "US$")), (-100, ("-1", "US$"))]
)
def test_a_sum_and_its_currency_are_whole_and_in_the_order_of_the_language(cents, pieces):
    amount = written(cents, "USD")
    assert amount == "\N{NO-BREAK SPACE}".join(map(kept, pieces))
    assert _("%(amount)s left", amount=amount) == f"{amount} left"


def test_from_the_left_nothing_is_added():
    with force_locale("en"):
        assert _("About %(code)s", code="2026-J001") == "About 2026-J001"
        assert (isolated("2026-J001"), written(-80050, "USD")) == ("2026-J001", "-$800.50")


def test_a_drawing_is_mirrored_and_its_words_are_not():
    drawn = drawing("Bars", text(10, 15, "لامپ", text_anchor="start"), width=100, height=20)
    assert '<g transform="translate(100 0) scale(-1 1)">' in drawn
    assert 'text-anchor="end" transform="translate(20 0) scale(-1 1)"' in drawn and FROM_RIGHT in drawn
    with force_locale("en"):
        drawn = drawing("Bars", text(10, 15, "Lamp"), width=100, height=20)
    assert "transform" not in drawn and own_direction("Lamp") == "Lamp"
