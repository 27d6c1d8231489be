"""A language is called in a sentence as the language of the page calls it."""

import pytest
from flask_babel import force_locale

from app.web.locale import language_here


@pytest.mark.parametrize(("page", "called"), [("en", "English"), ("es", "inglés")])
def test_a_language_has_the_name_that_the_page_gives_it(app, page, called):
    with app.test_request_context(), force_locale(page):
        assert language_here("en") == called
