"""Numbers are written as readers of the page's language write them."""

import pytest
from flask_babel import force_locale

from app.core.charts.rounds import Support, rounds_table
from app.core.numbers import numeral, percent


@pytest.mark.parametrize(("language", "said"), [("en", "1,234,567"), ("es", "1.234.567")])
def test_thousands_stand_apart_as_the_language_has_it(app, language, said):
    supports = [Support(label="Lamps", values=[1_234_567], outcome="", won=True)]
    with app.test_request_context(), force_locale(language):
        table = rounds_table("", "", "{n}", "", supports, absent="–")
        assert numeral(1_234_567) == said and table.rows[0][1] == said


@pytest.mark.parametrize(("language", "said"), [("en", "64%"), ("es", "64\xa0%")])
def test_a_share_stands_as_the_language_has_it(app, language, said):
    with app.test_request_context(), force_locale(language):
        assert percent(0.64) == said
