"""Words as a search sees them, without a database."""

import pytest

from app.proposals.search.rules import CLOSE, MOST_TERMS, Term, likeness, nearest, reads_like, terms, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café-Bar №5 🌳", ["cafe", "bar", "no5"]),
        ("  STRASSE Straße ", ["strasse", "strasse"]),
        ("İstanbul Çarşı", ["istanbul", "carsı"]),
        ("שָׁלוֹם \u202eabc", ["שלום", "abc"]),
        ("المدرسة", ["المدرسة"]),
        ("新公园", ["新", "公", "园"]),
        ("it's a_b\0c", ["it", "s", "a", "b", "c"]),
        ("x" * 500, ["x" * 64]),
        ("🌳 !!! \ud800", []),
    ],
)
def test_words_lose_case_accents_and_signs(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Lamps", [Term(words=("lamp",))]),
        ("the lamps in the park", [Term(words=("lamp",)), Term(words=("park",))]),
        ("the", [Term(words=("the",))]),
        ('"Mill Lane"', [Term(words=("mill", "lane"))]),
        ("bus-stop bus-stop", [Term(words=("bus", "stop"))]),
        ("2026-p7", [Term(words=("2026", "p007"), begun=False)]),
        ('NEAR(" OR * ) --', [Term(words=("near",))]),
        ("🌳", []),
        ("", []),
    ],
)
def test_what_was_typed_becomes_terms(typed, found):
    assert terms(typed) == found


def test_only_so_many_terms_are_looked_for():
    assert len(terms(" ".join(f"w{n}" for n in range(99)))) == MOST_TERMS
    assert len(terms("é" * 100_000)) == 1


def test_the_same_idea_in_other_words_is_more_alike_than_another_idea():
    ours = "Six lamps on Mill Lane", "It is too dark to walk home from school."
    same = likeness(*ours, "New street lamps for Mill Lane", "Children walk home from school in the dark.")
    other = likeness(*ours, "A boxing club for teenagers", "Young people need a place to go at night.")
    assert likeness(*ours, *ours) == 1 and same > 0.4 and other < 0.15
    assert likeness(*ours, "", "") == 0


@pytest.mark.parametrize(
    ("typed", "close"),
    [("wram lapms rivver", True), ("Lamps by the river", True), ("lapms", True), ("zeppelin", False), ("", False)],
)
def test_a_misspelled_title_reads_like_itself(typed, close):
    assert (reads_like(typed, "Warm lamps along the river steps") >= CLOSE) is close


def test_the_nearest_come_first_and_those_too_far_away_not_at_all():
    scores = [(4, 0.5), (3, 0.5), (2, 0.9), (1, 0.1)]
    assert nearest(scores, least=0.2, most=2) == [2, 3]
