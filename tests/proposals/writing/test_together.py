"""Two windows at one draft, and saving in the background: nobody's words are lost."""

import json

import pytest
from werkzeug.datastructures import MultiDict

from app.proposals.writing import services
from app.proposals.writing.rules import Standing
from tests import make
from tests.browser import _printed
from tests.proposals.writing import steps

MINE, THEIRS = "Mine: the lane is dark and wet in winter.", "Theirs: the lane is dark and icy in winter."


@pytest.fixture
def cycle(app):
    return make.cycle()


@pytest.fixture
def writer(browser):
    return browser.sign_in(make.person())


def two_windows(writer, cycle, step):
    steps.to(writer, cycle, "place")
    return [writer.open(f"/proposals/{steps.newest().id}/write/{step}") for _ in range(2)]


def both_are_seen(writer, cycle):
    """Whether the second window keeps its words in the field and shows those of the first."""
    first, second = two_windows(writer, cycle, "need")
    first.press(steps.ON, need=THEIRS)
    page = second.press(steps.ON, need=MINE)
    fields = page.all("textarea", id="need")
    return bool(fields) and MINE in page.one("textarea", id="need") and THEIRS in page.text


def test_what_two_windows_changed_is_shown_beside_each_other(writer, cycle):
    assert both_are_seen(writer, cycle)
    assert steps.newest().need == THEIRS


def test_the_check_notices_a_window_that_overwrites(writer, cycle, monkeypatch):
    monkeypatch.setattr(services, "standing", lambda **facts: Standing.MINE)
    assert not both_are_seen(writer, cycle)


def test_who_has_read_both_decides(writer, cycle):
    first, second = two_windows(writer, cycle, "need")
    first.press(steps.ON, need=THEIRS)
    second.press(steps.ON, need=MINE).press(steps.ON, need=f"{MINE} {THEIRS}")
    assert steps.newest().need == f"{MINE} {THEIRS}"


def test_different_parts_of_one_step_come_together(writer, cycle):
    first, second = two_windows(writer, cycle, "idea")
    first.press(steps.ON, title="Seven lamps on Mill Lane")
    second.press(steps.ON, summary="Put seven warm lamps along the lane.")
    draft = steps.newest()
    assert (draft.title, draft.summary) == ("Seven lamps on Mill Lane", "Put seven warm lamps along the lane.")


def test_cost_lines_of_two_windows_are_not_lost(writer, cycle):
    first, second = two_windows(writer, cycle, "costs")
    first.press(steps.ON, **{"estimate-0-what": "Poles", "estimate-0-amount": "700"})
    page = second.press(steps.ON, **{"estimate-0-what": "Lamps", "estimate-0-amount": "900"})
    assert "Poles: $700" in page.text and page.all("input", id="estimate-0-what")[0].get("value") == "Lamps"


def quietly(page, path=None, **typed):
    """What the page's own script sends a moment after its writer has typed."""
    data = MultiDict(_printed(page.all("form", id="write")[0]))
    for name, value in typed.items():
        data.setlist(name, [value])
    address = path or _address(page)
    answer = page.browser.client.post(address, data=data)
    return answer.status_code, json.loads(answer.get_data(as_text=True))


def _address(page):
    (room,) = [d for d in page.all("div") if d.get("data-autosave")]
    return room.get("data-autosave")


def test_the_first_words_are_saved_in_the_background_once(writer, cycle):
    page = writer.open(f"/proposals/submit?cycle_id={cycle.id}")
    status, told = quietly(page, need="It is da")
    assert status == 200 and told["said"].startswith("Saved at")
    again, more = quietly(page, need="It is dark", path=told["autosave"], read=told["read"])
    assert (again, more["here"]) == (200, told["here"])
    assert steps.newest().need == "It is dark"
    assert told["here"] == f"/proposals/{steps.newest().id}/write/need"


def test_saving_in_the_background_overwrites_nothing_unread(writer, cycle):
    first, second = two_windows(writer, cycle, "need")
    assert quietly(first, need=THEIRS)[0] == 200
    status, told = quietly(second, need=MINE)
    assert status == 409 and "another window" in told["said"]
    assert steps.newest().need == THEIRS


def test_a_part_that_others_changed_is_not_taken_as_read_in_the_background(writer, cycle):
    first, second = two_windows(writer, cycle, "idea")
    quietly(first, title="Seven lamps on Mill Lane")
    _status, told = quietly(second, summary="Put seven warm lamps along the lane.")
    quietly(second, summary="Put eight warm lamps along the lane.", read=told["read"])
    assert steps.newest().title == "Seven lamps on Mill Lane"


def test_what_is_too_long_is_not_saved_and_says_so(writer, cycle):
    page = two_windows(writer, cycle, "need")[0]
    status, told = quietly(page, need="x" * 200_000)
    assert status == 422 and told["said"].startswith("Not saved")


def test_background_saving_asks_for_the_token_of_the_form(writer, cycle):
    page = two_windows(writer, cycle, "need")[0]
    assert writer.client.post(_address(page), data={"need": MINE}).status_code == 400
    assert steps.newest().need == steps.NEED
