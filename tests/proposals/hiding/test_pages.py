"""A resident reports a picture, the office hides it, a clerk shows it again: on the pages."""

import pytest

from app.core import hung
from app.core.access import Role
from app.proposals.attachments import queries as attachments
from app.proposals.hiding import services
from app.proposals.hiding.rules import Part
from app.proposals.hiding.services import Which
from tests import make
from tests.browser import Browser
from tests.proposals.hiding.test_hiding import REASON, a_picture, published


def signed_in(app, *roles):
    return Browser(app).sign_in(make.person(roles=roles))


def test_a_picture_is_reported_hidden_and_shown_again(app):
    proposal, _by, which = a_picture()
    page = signed_in(app).open(f"/proposals/{proposal.id}").follow("Report something here")
    page = page.follow("This picture: My window")
    again = page.press("Send the report", note="That is my window.")
    assert "Choose what fits best" in again.text and "That is my window." in again.one("textarea")
    again.press("Send the report", concern="private")
    office = signed_in(app, Role.OFFICER)
    page = office.open("/office/comments/").follow("A picture or PDF")
    assert "That is my window." in page.text
    page.press("Hide it", reason=REASON)
    shown = Browser(app).open(f"/proposals/{proposal.id}")
    assert REASON in shown.text and "My window" not in shown.html and "picture.jpg" not in shown.html
    assert Browser(app).open(f"/proposals/{proposal.id}/attachments/{which.part_id}/picture.jpg").status == 404
    page = office.open("/office/parts/hidden").follow(f"Show it again {proposal.title}")
    page.press("Show it again", reason="They have agreed meanwhile.")
    shown = Browser(app).open(f"/proposals/{proposal.id}")
    assert "My window" in shown.html and REASON in shown.text and "agreed meanwhile" in shown.text


def test_a_hidden_file_is_sent_to_an_overseer_who_says_what_for(app, monkeypatch):
    _proposal, _by, which = a_picture()
    monkeypatch.setattr(hung, "content", lambda _digest: b"the picture")
    hiding_id = services.hide(which, REASON, by=make.actor(Role.OFFICER))
    page = signed_in(app, Role.OVERSEER).open(f"/office/parts/hidden/{hiding_id}/look")
    assert "Say what you look" in page.press("Look at it", purpose="short").text
    answer = page.press("Look at it", purpose="The author has complained.")
    assert answer.html == "the picture" and not attachments.looked_at(which.part_id).is_public


def test_a_hidden_text_shows_its_trace_and_an_overseer_reads_it(app):
    proposal, _by = published(2)
    which = Which(proposal_id=proposal.id, part=Part.REVISION, part_id=1)
    hiding_id = services.hide(which, REASON, by=make.actor(Role.OFFICER))
    pages = [Browser(app).open(f"/proposals/{proposal.id}/revisions?number={n}") for n in (1, 2)]
    assert REASON in pages[0].text and not any("canary" in page.html for page in pages)
    page = signed_in(app, Role.OBSERVER).open(f"/office/parts/hidden/{hiding_id}/look")
    assert "canary" in page.press("Look at it", purpose="The author has complained.").text
    services.show_again(hiding_id, "They have agreed meanwhile.", by=make.actor(Role.OFFICER))
    shown = Browser(app).open(f"/proposals/{proposal.id}/revisions?number=1")
    assert "canary" in shown.html and REASON in shown.text and "agreed meanwhile" in shown.text


@pytest.mark.parametrize("role", [None, *Role])
def test_each_page_is_open_to_those_it_is_for(app, role):
    _proposal, _by, which = a_picture()
    hiding_id = services.hide(which, REASON, by=make.actor(Role.OFFICER))
    somebody = signed_in(app, *((role,) if role else ()))
    judged, show = f"/office/parts/{which.proposal_id}/attachment/{which.part_id}", f"/office/parts/hidden/{hiding_id}"
    office, watch = role in (Role.OFFICER, Role.CLERK), role in (Role.OBSERVER, Role.OVERSEER)
    wanted = [200 if may else 403 for may in (office, office, watch, office or watch)]
    paths = (judged, f"{show}/show", f"{show}/look", "/office/parts/hidden")
    assert [somebody.open(path).status for path in paths] == wanted
