"""Every page stands in the same frame, and so do the pages for what went wrong."""

from types import SimpleNamespace

import pytest
from flask import Flask

from tests.web.bench import Bench, frame


def test_the_page_for_a_breakdown_needs_nothing(bench: Bench) -> None:
    page = bench.tree('{% extends "errors/500.html" %}')
    assert [h.text for h in page.iter("h1")] == ["Something broke on our side"]
    assert next(page.iter("title")).text == "Something broke on our side – Lamplight"


@pytest.mark.parametrize("name", ["400", "403", "404", "405", "409", "413", "429", "refused"])
def test_an_error_page_says_what_happened_and_where_to_go(bench: Bench, name: str) -> None:
    page = bench.tree(f'{{% extends "errors/{name}.html" %}}', **frame(message="The vote has closed.", next_step=None))
    assert len([h for h in page.iter("h1") if h.text]) == 1
    main = next(page.iter("main"))
    assert [a.get("href") for a in main.iter("a") if "govuk-button" in a.get("class", "")] == ["/"]


@pytest.mark.parametrize("layout", ["page", "wide", "admin", "ballot", "auth"])
@pytest.mark.parametrize("reading", ["ltr", "rtl"])
def test_every_layout_is_one_page_with_one_heading(bench: Bench, layout: str, reading: str) -> None:
    locale = SimpleNamespace(lang="ar", dir=reading, languages={})
    source = f'{{% extends "layouts/{layout}.html" %}}{{% block heading %}}Lamps{{% endblock %}}'
    page = bench.tree(source, **frame(locale=locale))
    assert next(page.iter("html")).get("dir") == reading
    assert [h.text for h in page.iter("h1")] == ["Lamps"]
    room = "Office – " if layout == "admin" else ""
    assert next(page.iter("title")).text == f"Lamps – {room}Lamplight"


def test_the_style_guide_shows_every_component(bench: Bench) -> None:
    guide = bench.html('{% extends "styleguide.html" %}', **frame())
    assert "Style guide" in guide


def test_a_breakdown_is_told_without_asking_the_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("app.web.navigation.current_actor", lambda: 1 / 0)
    answer = app.test_client().get("/about")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.get_data(as_text=True)


@pytest.mark.parametrize(("site", "comes_back"), [("same-origin", True), ("cross-site", False), (None, False)])
def test_words_sent_with_a_session_that_has_ended_come_back_to_our_own_pages_only(app, site, comes_back):
    headers = {"Sec-Fetch-Site": site} if site else {}
    words = "Why is the lamp at the corner of Mill Lane still dark? <b>"
    answer = app.test_client().post("/questions/ask", data={"text": words, "password": words + "!"}, headers=headers)
    assert answer.status_code == 400
    assert ("still dark? &lt;b&gt;</textarea>" in answer.text) == comes_back and "!</textarea>" not in answer.text
