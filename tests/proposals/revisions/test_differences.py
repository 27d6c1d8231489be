"""A difference word by word says both texts exactly, and is cheap however the texts were made."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.proposals.revisions import rules
from app.proposals.revisions.rules import Kind, Piece, difference, new_text, old_text
from tests.sizes import size

pytestmark = pytest.mark.soak
WORDS = st.lists(st.sampled_from(["lamp", "Lamp", "lane", ",", ".", " ", "\n", "é", "🏮", "مصباح", "six"]), max_size=40)
TEXTS = st.one_of(WORDS.map("".join), st.text(max_size=60))
MANY = size(commit=150, night=5000)


@settings(max_examples=MANY, deadline=None)
@given(TEXTS, TEXTS)
def test_a_difference_gives_back_both_texts(old, new):
    pieces = difference(old, new)
    assert (old_text(pieces), new_text(pieces)) == (old, new)


@settings(max_examples=MANY, deadline=None)
@given(TEXTS, TEXTS)
def test_no_piece_is_empty_and_no_two_neighbors_are_of_one_kind(old, new):
    pieces = difference(old, new)
    assert all(piece.text for piece in pieces)
    assert all(a.kind is not b.kind for a, b in zip(pieces, pieces[1:], strict=False))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert {piece.kind for piece in difference(text, text)} <= {Kind.SAME}


def test_the_check_notices_a_word_that_is_lost(monkeypatch):
    monkeypatch.setattr(rules, "_WORD", rules.re.compile(r"\s+|\w+"))
    assert new_text(difference("Six lamps", "Six lamps, please")) != "Six lamps, please"


def test_changes_are_told_in_whole_words():
    same, taken, put = Kind.SAME, Kind.TAKEN_OUT, Kind.PUT_IN
    assert difference("Put six lamps on Mill Lane.", "Put seven warm lamps on Mill Lane.") == (
        Piece(same, "Put "),
        Piece(taken, "six"),
        Piece(put, "seven warm"),
        Piece(same, " lamps on Mill Lane."),
    )


def test_an_amount_is_one_word_and_a_tiny_word_between_two_changes_is_part_of_them():
    taken, put = Kind.TAKEN_OUT, Kind.PUT_IN
    assert difference("Signs: $6,500", "Signs: $2,500")[1:] == (Piece(taken, "6,500"), Piece(put, "2,500"))
    assert difference("red and green", "warm and white") == (
        Piece(taken, "red and green"),
        Piece(put, "warm and white"),
    )


HOSTILE = {
    "one word over and over": ("a " * 1500, "a b " * 750),
    "a hundred words drawn anew": tuple(" ".join(str(n * n * k % 101) for n in range(1200)) for k in (3, 7)),
    "nothing in common": ("x " * 1500, "y " * 1500),
    "longer than can be": ("a " * 100_000, "b " * 100_000),
}


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_no_pair_of_texts_keeps_a_page_waiting(texts):
    began = time.process_time()
    pieces = difference(*texts)
    assert time.process_time() - began < 1.0
    assert (old_text(pieces), new_text(pieces)) == texts
