"""What cannot be done together stands on both pages, with its reason and who says so."""

import pytest

from app.core.access import Role
from app.proposals.rules import code
from tests import make
from tests.browser import Browser
from tests.proposals.clashes.test_clashes import REASON, flagged, pair


def test_an_officer_flags_two_on_the_page_and_lifts_it_again(app):
    one, other = pair()
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    page = officer.open(f"/proposals/{one.id}").follow("Flag it as incompatible with another")
    page = page.press("Flag both", other="P1", reason=REASON)
    assert "No proposal of this cycle" in page.one("p", id="other-error") and REASON in page.one("textarea")
    page.press("Flag both", other=code(2026, other.number), reason=REASON)
    for here, there in ((one, other), (other, one)):
        shown = Browser(app).open(f"/proposals/{here.id}").text
        assert REASON in shown and f"this, or {code(2026, there.number)}" in shown and "Lift the flag" not in shown
    page = officer.open(f"/proposals/{other.id}").follow("Lift the flag")
    page.press("Lift the flag", reason="We measured: there is room for both.")
    shown = Browser(app).open(f"/proposals/{other.id}").text
    assert REASON in shown and "there is room for both" in shown


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.OFFICER)])
def test_only_officers_open_the_pages(app, role):
    one, _other, clash_id = flagged()
    somebody = Browser(app).sign_in(make.person(roles=(role,) if role else ()))
    paths = (f"/proposals/{one.id}/incompatible", f"/proposals/incompatible/{clash_id}/lift")
    assert [somebody.open(path).status for path in paths] == [403, 403]


def test_a_flag_that_is_not_there_is_not_found(app):
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    assert officer.open("/proposals/incompatible/999999/lift").status == 404
