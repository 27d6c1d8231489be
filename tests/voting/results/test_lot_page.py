"""The lot's page: printed values, the order, and a form that works it out again for anybody."""

import html
import shutil
import subprocess
import sys
from hashlib import sha256

import pytest

from app.core.db import db
from app.voting import queries as votes
from app.voting.results.lot import forms
from app.voting.results.lot.rules import NotBytes, NotNumbers, as_typed, typed_bytes, typed_numbers, work_out
from tests.browser import text_of
from tests.voting.results import board


def path(result):
    return f"/results/{result.vote.cycle_id}/lot"


def printed(result):
    return {"seed": result.lot_seed, "closed_set": result.closed_set_hash, "numbers": as_typed(result.lot_order)}


def test_the_page_prints_what_the_order_follows_from(browser):
    result = board.certified()
    page = browser.open(path(result))
    commitment = votes.vote_facts(result.vote.cycle_id).lot_commitment
    start = bytes.fromhex(result.closed_set_hash) + bytes.fromhex(result.lot_seed)
    values = [sha256(start + n.to_bytes(4, "big")).hexdigest() for n in result.lot_order]
    assert all(each in page.text for each in (commitment, result.lot_seed, result.closed_set_hash, *values))
    assert [page.html.index(value) for value in values] == sorted(page.html.index(value) for value in values)


def test_the_printed_values_give_the_printed_order(browser):
    result = board.certified()
    page = browser.open(path(result)).press("Work it out", **printed(result))
    assert "Same promise" in page.text and "Same order" in page.text
    assert ", ".join(map(str, result.lot_order)) in page.one("div", id="outcome")


def test_another_seed_is_told_apart(browser):
    result = board.certified()
    page = browser.open(path(result)).press("Work it out", **{**printed(result), "seed": "00" * 32})
    assert "Another promise" in page.text


def test_one_link_fills_in_the_printed_values(browser):
    page = browser.open(path(board.certified())).follow("Fill in the printed values and work it out")
    assert "Same promise" in page.text and "Same order" in page.text


@pytest.mark.parametrize("wrong", [{"seed": "abc"}, {"closed_set": "xy" * 32}, {"numbers": "1, 1"}])
def test_a_wrong_value_is_named_at_its_field_and_kept(browser, wrong):
    result = board.certified()
    page = browser.open(path(result)).press("Work it out", **{**printed(result), **wrong})
    (field,) = wrong
    assert page.status == 200 and page.all("p", id=f"{field}-error") and wrong[field] in page.html
    assert not page.all("div", id="outcome") and "There is something to correct" in page.text


@pytest.mark.parametrize("field", ["seed", "closed_set", "numbers"])
def test_what_is_far_too_long_is_refused_before_it_is_taken_apart(browser, monkeypatch, field):
    def taken_apart(text):
        assert len(text) <= 2_000, "this would take long"
        raise NotNumbers if field == "numbers" else NotBytes

    monkeypatch.setattr(forms, "typed_numbers" if field == "numbers" else "typed_bytes", taken_apart)
    result = board.certified()
    page = browser.open(path(result)).press("Work it out", **{**printed(result), field: "1" + " " * 16_000 + "x"})
    assert page.status == 200 and "Enter at most 2,000 characters." in page.one("p", id=f"{field}-error")


def told(page, name):
    return html.unescape(page.html.partition(f"<code data-{name}>")[2].partition("</code>")[0])


def test_the_lines_for_home_give_the_same(browser):
    result = board.certified()
    page = browser.open(path(result))
    python = told(page, "python").replace("python3", sys.executable, 1)
    order = subprocess.run(["sh", "-c", python], capture_output=True, text=True, check=True).stdout
    assert order.strip() == str(list(result.lot_order))


@pytest.mark.skipif(shutil.which("xxd") is None, reason="xxd is not installed")
def test_the_shell_line_gives_the_promise(browser):
    result = board.certified()
    line = told(browser.open(path(result)), "shell")
    commitment = votes.vote_facts(result.vote.cycle_id).lot_commitment
    assert (
        subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True).stdout.split()[0] == commitment
    )


def test_an_order_that_was_given_says_so_and_asks_for_no_seed(browser):
    result = board.certified()
    result.lot_seed = None
    db.session.commit()
    page = browser.open(path(result))
    assert "was not drawn" in page.text and not page.all("textarea")
    places = [int(text_of(row[-1])) for row in page.all("tr")[1:]]
    assert places == list(result.lot_order)
    assert browser.open(f"/results/{result.vote.cycle_id}").status == 200


def test_before_the_certification_the_seed_is_not_on_a_public_page(browser):
    assert browser.open(path(board.counted())).status == 404


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("1-4", (1, 2, 3, 4)), ("1, 2,5", (1, 2, 5)), (" 3 – 4 7 ", (3, 4, 7)), ("9", (9,)), ("1;2", (1, 2))],
)
def test_option_numbers_are_read_as_people_write_them(text, numbers):
    assert typed_numbers(text) == numbers


@pytest.mark.parametrize(
    "text", ["", "a", "0", "3-1", "1,1", "1-3 2", "1-65536", "1-20000", "-1", "1,,", "١", "9" * 400]
)
def test_what_is_no_list_of_numbers_is_refused(text):
    with pytest.raises(NotNumbers):
        typed_numbers(text)


@pytest.mark.parametrize("text", ["", "ab", "gg" * 32, "ab" * 33])
def test_what_is_not_32_bytes_is_refused(text):
    with pytest.raises(NotBytes):
        typed_bytes(text)


def test_digits_may_be_grouped_as_on_paper():
    assert typed_bytes("AB " * 31 + "\nab") == b"\xab" * 32


def test_numbers_are_written_as_they_are_read():
    assert [typed_numbers(as_typed(numbers)) for numbers in ((3, 1, 2), (4, 9), (5,))] == [(1, 2, 3), (4, 9), (5,)]


def test_the_values_stand_in_their_order():
    values = [each.value for each in work_out(b"s" * 32, b"h" * 32, range(1, 50)).places]
    assert values == sorted(values)
