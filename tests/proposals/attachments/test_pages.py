"""The pages of pictures and PDFs: errors at their field, nothing typed is lost, files harmless wherever they open."""

from io import BytesIO

import pytest

from app.proposals import policies
from app.proposals.attachments import queries, views
from app.proposals.attachments.rules import Kind
from app.proposals.attachments.words import NO_PDF, NO_PICTURE
from app.proposals.rules import Stage
from tests import make, sent
from tests.browser import Browser, text_of
from tests.proposals.attachments.hung import WORDS, address, hang

RESULTS = {name: (Kind.PICTURE, build, NO_PICTURE[fault]) for name, (build, fault) in sent.HOSTILE_PICTURES.items()}
RESULTS |= {f"PDF: {name}": (Kind.PDF, build, NO_PDF[fault]) for name, (build, fault) in sent.HOSTILE_PAPERS.items()}


def form_of(browser, proposal, kind=Kind.PICTURE):
    return browser.sign_in(proposal.author).open(f"/proposals/{proposal.id}/attachments/add/{kind}")


def file(content, name="IMG_0001.jpg"):
    return (BytesIO(content), name)


def error_at(page, field):
    return " ".join(text_of(p) for p in page.all("p", id=f"{field}-error"))


def test_a_picture_is_added_seen_described_and_taken_away(browser):
    proposal = make.proposal()
    shown = browser.sign_in(proposal.author).open(f"/proposals/{proposal.id}")
    page = shown.follow("Add a picture").press("Add it", words=WORDS, file=file(sent.photo()))
    assert "The picture is added." in page.text
    (image,) = browser.open(f"/proposals/{proposal.id}").all("img", alt=WORDS)
    assert browser.client.get(image.get("src")).content_type == "image/jpeg"
    page = page.follow(f"Change its words: {WORDS}").press("Save", words="The lane by day.")
    page = page.follow("Take it away: The lane by day.").press("Take it away")
    assert "The picture is gone." in page.text and queries.of_proposal(proposal.id) == []


def test_a_pdf_is_added_and_offered_with_its_size(browser):
    proposal = make.proposal()
    page = form_of(browser, proposal, Kind.PDF).press("Add it", words="Plan of the lamps", file=file(sent.paper(), "x"))
    assert "Plan of the lamps (PDF, 1 page," in page.text


def test_every_hostile_file_is_refused_at_its_field_and_the_words_stay(browser, monkeypatch):
    monkeypatch.setattr(views, "count_try", lambda *a, **more: None)
    proposal = make.proposal()
    forms = {kind: form_of(browser, proposal, kind) for kind in Kind}
    for name, (kind, build, message) in RESULTS.items():
        page = forms[kind].press("Add it", words=WORDS, file=file(build(), "lane.jpg"))
        assert str(message) in error_at(page, "file"), name
        assert page.all("input", id="words", value=WORDS), name
    assert queries.of_proposal(proposal.id) == []


@pytest.mark.parametrize("words", ["", "  ", "ab", "x" * 201])
def test_words_are_needed(browser, words):
    page = form_of(browser, make.proposal()).press("Add it", words=words, file=file(sent.photo()))
    assert error_at(page, "words") and "choose the file again" in page.text


def test_without_a_file_nothing_is_lost(browser):
    page = form_of(browser, make.proposal()).press("Add it", words=WORDS)
    assert "Choose a picture first." in error_at(page, "file") and page.all("input", id="words", value=WORDS)


def test_a_sixth_picture_is_refused_at_its_field_and_no_longer_offered(browser):
    proposal = make.proposal()
    page = form_of(browser, proposal)
    for _ in range(5):
        hang(proposal)
    assert "room for 5 pictures" in error_at(page.press("Add it", words=WORDS, file=file(sent.photo())), "file")
    managed = browser.open(f"/proposals/{proposal.id}/attachments")
    assert [text_of(a) for a in managed.all("a") if text_of(a).startswith("Add a")] == ["Add a PDF"]


def test_fifty_pictures_in_one_form_are_one(browser):
    proposal = make.proposal()
    form_of(browser, proposal).press("Add it", words=WORDS, file=[file(sent.photo()) for _ in range(50)])
    assert len(queries.of_proposal(proposal.id)) == 1


def test_who_tries_without_end_has_to_wait(browser):
    page = form_of(browser, make.proposal())
    answers = [page.press("Add it", words=WORDS, file=file(b"no picture")).status for _ in range(61)]
    assert answers == [200] * 60 + [429]


@pytest.mark.parametrize("path", ["", "/add/picture", "/add/pdf", "/{}/words", "/{}/remove"])
def test_only_the_author_opens_the_pages(browser, path):
    shown = hang(make.proposal())
    page = f"/proposals/{shown.proposal_id}/attachments{path.format(shown.id)}"
    assert "/sign-in" in browser.open(page).path
    assert browser.sign_in(make.person()).open(page).status == 403


@pytest.mark.parametrize("path", ["/add/picture", "/add/svg", "/99/words", "/99/picture.jpg", "/1/passwd"])
def test_what_is_not_there_or_not_one_s_own_is_not_found(browser, path):
    draft = make.proposal(stage=Stage.DRAFT)
    somebody = browser.sign_in(make.person() if path == "/add/picture" else draft.author)
    assert somebody.open(f"/proposals/{draft.id}/attachments{path}").status == 404


@pytest.mark.parametrize("kind", Kind)
def test_a_file_is_harmless_wherever_it_is_opened(browser, kind):
    answer = browser.client.get(address(hang(make.proposal(), kind)))
    heads = answer.headers
    assert heads["Content-Type"] == ("image/jpeg" if kind is Kind.PICTURE else "application/pdf")
    assert heads["X-Content-Type-Options"] == "nosniff" and "sandbox" in heads["Content-Security-Policy"]
    assert heads["Content-Disposition"].startswith("inline" if kind is Kind.PICTURE else "attachment")
    assert "immutable" in heads["Cache-Control"] and "Set-Cookie" not in heads


def test_a_draft_s_picture_is_for_its_author_and_kept_nowhere(app, browser):
    draft = make.proposal(stage=Stage.DRAFT)
    where = address(hang(draft))
    answer = browser.sign_in(draft.author).client.get(where)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert Browser(app).open(where).status == 404
    assert Browser(app).sign_in(make.person()).open(where).status == 404


def test_without_the_policy_a_stranger_would_see_it(browser, monkeypatch):
    """The twin of the test above."""
    monkeypatch.setattr(policies, "may_see", lambda *a, **more: True)
    where = address(hang(make.proposal(stage=Stage.DRAFT)))
    assert browser.client.get(where).status_code == 200


def test_the_first_picture_stands_on_the_card(browser):
    proposal = make.proposal()
    hang(proposal), hang(proposal, words="Another one.")
    page = browser.open(f"/proposals/?cycle_id={proposal.cycle_id}")
    assert [image.get("alt") for image in page.all("img", class_="ll-card__picture")] == [WORDS]


def test_the_pictures_of_a_list_cost_one_statement(app, statements):
    cards = [hang(make.proposal()).proposal_id for _ in range(3)]
    statements.clear()
    assert len(queries.first_pictures(cards)) == 3 and len(statements) == 1


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "{{ 7*7 }} \u202e رفع 💡", '" onload="x'])
def test_words_come_back_exactly_and_harmless(browser, words):
    shown = hang(make.proposal(), words=words)
    page = browser.open(f"/proposals/{shown.proposal_id}")
    assert page.all("img", alt=words) and not page.all("img", onload="x")
