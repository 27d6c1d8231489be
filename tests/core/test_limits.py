"""Limits hold across connections and let people in again after the window."""

from datetime import timedelta

import pytest
import time_machine
from flask_babel import force_locale
from flask_babel import get_translations as catalog

from app.core.limits import TooMany, count_try

HOUR = timedelta(hours=1)


def test_tries_up_to_the_limit_are_let_through(app):
    for _ in range(3):
        count_try("code", "a@example.org", limit=3, window=HOUR)
    with pytest.raises(TooMany):
        count_try("code", "a@example.org", limit=3, window=HOUR)


def test_each_subject_and_purpose_has_its_own_count(app):
    count_try("code", "a@example.org", limit=1, window=HOUR)
    count_try("code", "b@example.org", limit=1, window=HOUR)
    count_try("password", "a@example.org", limit=1, window=HOUR)


def test_the_window_ends(app):
    with time_machine.travel("2026-05-01T10:00:00+00:00", tick=False) as clock:
        count_try("code", "a", limit=1, window=HOUR)
        with pytest.raises(TooMany, match="wait 60 minutes"):
            count_try("code", "a", limit=1, window=HOUR)
        clock.shift(HOUR)
        count_try("code", "a", limit=1, window=HOUR)


@pytest.mark.parametrize(("minutes", "said"), [(1, "Espere 1 minuto."), (30, "Espere 30 minutos.")])
def test_whoever_has_to_wait_is_told_so_in_their_language(app, monkeypatch, minutes, said):
    one = "Too many tries. Please wait %(num)s minute and try again."
    with app.test_request_context(), force_locale("es"):
        for form, text in enumerate(("Espere %(num)s minuto.", "Espere %(num)s minutos.")):
            monkeypatch.setitem(catalog()._catalog, (one, form), text)
        with pytest.raises(TooMany) as refusal:
            count_try("code", "a", limit=0, window=timedelta(minutes=minutes))
    assert refusal.value.message == said
