"""Components keep the promises no page should have to remember: tokens, reasons, words beside colors and shapes."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.web.bench import Bench

FORM = '{% from "components/form.html" import form as form_block %}'


@pytest.mark.parametrize(
    "source",
    [
        FORM + '{{ form_block(none, submit="Go") }}',
        '{% from "components/actions.html" import post_button %}{{ post_button("Support", "/list") }}',
        '{% from "components/ballot.html" import ballot %}{% call ballot("/list", 1, 5, "USD") %}{% endcall %}',
        '{% from "components/confirm.html" import confirm %}{% call confirm("Yes", "/list") %}{% endcall %}',
    ],
)
def test_whatever_is_posted_carries_its_token_once(bench: Bench, source: str) -> None:
    tokens = [e for e in bench.tree(source).iter("input") if e.get("name") == "csrf_token"]
    assert len(tokens) == 1 and tokens[0].get("value")


def test_a_search_form_carries_no_token(bench: Bench) -> None:
    assert "csrf_token" not in bench.html(FORM + '{{ form_block(none, submit="Find", method="get") }}')


def test_a_closed_action_gives_its_reason_instead_of_a_dead_button(bench: Bench) -> None:
    html = bench.html(
        '{% from "components/actions.html" import post_button %}{{ post_button("Support", "/x", why_not="Over.") }}'
    )
    assert "Over." in html and "<button" not in html


@pytest.mark.parametrize("tone", ["good", "waiting", "info", "warning", "bad", "quiet", "glow"])
def test_a_status_is_a_word_and_a_shape(bench: Bench, tone: str) -> None:
    tag = '{% from "components/status.html" import tag %}{{ tag("Late", tone) }}'
    strong = next(bench.tree(tag, tone=tone).iter("strong"))
    assert "".join(strong.itertext()).strip() == "Late"
    assert len(list(strong.iter("svg"))) == 1


def test_the_pot_is_told_in_figures_beside_its_bar(bench: Bench) -> None:
    html = bench.html('{% from "components/money.html" import pot_bar %}{{ pot_bar(10000, 12500, "USD") }}')
    assert all(words in html for words in ("$125", "$25", "$100", "Over the pot by"))


def test_an_empty_pot_can_be_drawn(bench: Bench) -> None:
    assert "$0" in bench.html('{% from "components/money.html" import pot_bar %}{{ pot_bar(0, 0, "USD") }}')


def test_a_table_names_its_columns_and_can_be_scrolled_by_keyboard(bench: Bench) -> None:
    table = '{% from "components/table.html" import table %}{% call table("Costs", ["For", "Amount"]) %}{% endcall %}'
    tree = bench.tree(table)
    assert [th.get("scope") for th in tree.iter("th")] == ["col", "col"]
    region = next(e for e in tree.iter("div") if e.get("role") == "region")
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "Costs")


def test_a_table_that_stacks_names_the_columns_of_its_last_line_too(bench: Bench) -> None:
    table = (
        '{% from "components/table.html" import table %}{% call table("Costs", ["For", "Amount"], foot=["In all", 1]'
    )
    stacked = bench.tree(table + ", stack=true) %}{% endcall %}")
    assert [td.get("data-label") for td in stacked.iter("td")] == ["Amount"]
    assert [td.get("data-label") for td in bench.tree(table + ") %}{% endcall %}").iter("td")] == [None]


def test_the_pager_keeps_the_question_that_was_asked(bench: Bench) -> None:
    page = SimpleNamespace(number=2, pages=3, total=41, first=21, last=40)
    source = '{% from "components/pager.html" import pager %}{{ pager(page, "list", {"q": "lamp"}) }}'
    links = [a.get("href") for a in bench.tree(source, page=page).iter("a")]
    assert links == ["/list?page=1&q=lamp", "/list?page=3&q=lamp"]


def test_a_single_page_needs_no_pager(bench: Bench) -> None:
    page = SimpleNamespace(number=1, pages=1, total=3, first=1, last=3)
    source = '{% from "components/pager.html" import pager %}{{ pager(page, "list") }}'
    assert bench.html(source, page=page).strip() == ""


BALLOT = """{% from "components/ballot.html" import ballot, ranked, unranked %}
{% call ballot("/list", 10000, 2, "USD", used_cents=300) %}{{ ranked(options[:2], 2, "USD") }}
{{ unranked(options[2:], "USD", full=true) }}{% endcall %}"""


def _ballot(bench: Bench) -> Any:
    options = [{"number": n, "title": f"Option {n}", "cost_cents": 100 * n} for n in (7, 3, 12)]
    return bench.tree(BALLOT, options=options)


def test_the_ballot_sends_its_ranking_in_order_without_javascript(bench: Bench) -> None:
    fields = [e for e in _ballot(bench).iter("input") if e.get("name") == "ranked"]
    assert [e.get("value") for e in fields if e.get("disabled") is None] == ["7", "3"]


def test_the_ballot_offers_every_move_as_a_button(bench: Bench) -> None:
    moves = {
        e.get("value")
        for e in _ballot(bench).iter("button")
        if e.get("hidden") is None and e.get("disabled") is None
    }
    assert moves == {"down:7", "remove:7", "up:3", "remove:3"}


def test_a_move_says_what_it_moves(bench: Bench) -> None:
    words = [" ".join("".join(b.itertext()).split()) for b in _ballot(bench).iter("button")]
    assert "Move up: Option 3" in words and "Add to my list: Option 12" in words
    assert len(words) == len(set(words))


def test_hostile_words_stay_words(bench: Bench) -> None:
    source = '{% from "components/card.html" import card %}{{ card(title, url="/x", kicker=title) }}'
    assert "<script>" not in bench.html(source, title="<script>alert(1)</script>")
