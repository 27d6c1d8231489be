"""What other sites show where somebody shares the address of a proposal: its own picture, and nothing of a draft."""

import pytest

from app.proposals.rules import Stage
from tests import make
from tests.browser import Browser
from tests.proposals.attachments.hung import WORDS, address, hang

SITE = "http://127.0.0.1:8000"


def shared(page):
    """What the page says of itself to other sites."""
    named = {**{m.get("property"): m.get("content") for m in page.all("meta")}}
    return named | {m.get("name"): m.get("content") for m in page.all("meta")}


def test_a_proposal_is_shared_with_its_first_picture(app, browser):
    proposal = make.proposal()
    first, _second = hang(proposal), hang(proposal)
    told = shared(browser.open(f"/proposals/{proposal.id}"))
    assert told["og:image"] == SITE + address(first).replace("small.jpg", "picture.jpg")
    assert (told["og:image:alt"], told["twitter:card"]) == (WORDS, "summary_large_image")
    assert browser.client.get(told["og:image"].removeprefix(SITE)).content_type == "image/jpeg"


def test_one_without_a_picture_is_shared_with_that_of_the_site(app, browser):
    told = shared(browser.open(f"/proposals/{make.proposal().id}"))
    assert told["og:image"].startswith(f"{SITE}/static/img/share.png")
    picture = browser.client.get(told["og:image"].removeprefix(SITE))
    assert picture.content_type == "image/png" and len(picture.data) < 50_000


def test_the_addresses_are_those_of_the_site_whatever_host_was_asked(app):
    proposal = make.proposal()
    hang(proposal)
    page = app.test_client().get(f"/proposals/{proposal.id}", base_url="http://evil.example/").text
    assert "evil.example" not in page


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMITTED])
def test_nothing_of_a_draft_is_told_to_other_sites(app, stage):
    proposal = make.proposal(stage=stage)
    hang(proposal)
    told = shared(Browser(app).sign_in(proposal.author).open(f"/proposals/{proposal.id}"))
    assert ("og:image" in told) is (stage is not Stage.DRAFT)
