"""BLT files: what is tolerated, what is refused and in which line, and that what is written is read again."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.voting.counting.formats import blt
from app.voting.counting.formats.lines import BadFile
from app.voting.counting.formats.ranked_files import RankedFile, grouped, spread

GOOD = """4 2
-2
3 1 3 4 0
4 1 3 2 0
1 0
0
"Adam"
"Basil"
"Charlotte"
"Donald"
"Gardening Club"
"""


def test_numbers_names_title_and_those_who_have_withdrawn_are_read():
    file = blt.read(GOOD.encode())
    assert (file.ids, file.names) == (("1", "2", "3", "4"), ("Adam", "Basil", "Charlotte", "Donald"))
    assert (file.title, file.seats, file.withdrawn, file.warnings) == ("Gardening Club", 2, {2}, ())
    assert list(grouped(file.ballots)) == [(1, ()), (4, (1, 3, 2)), (3, (1, 3, 4))]


@pytest.mark.parametrize(
    "changed",
    [
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\n\n"),
        GOOD.replace("3 1 3 4 0", "  3\t1   3 4 0  # three of them"),
        "# made by hand\n" + GOOD,
        GOOD.replace('"Adam"', ' "Adam"   # first'),
        GOOD.replace("3 1 3 4 0", "(a-1) 2 1 3 4 0\n(a-2) 1 1 3 4 0"),
        GOOD.rstrip(),
    ],
)
def test_what_does_not_change_the_vote_is_tolerated(changed):
    made, same = blt.read(changed.encode()), blt.read(GOOD.encode())
    assert (made.names, made.title, made.withdrawn) == (same.names, same.title, same.withdrawn)
    assert made.ballots.tolist() == same.ballots.tolist()


def test_a_missing_title_is_no_fault():
    assert blt.read(GOOD.replace('"Gardening Club"\n', "").encode()).title == ""


def test_a_skipped_rank_is_passed_over_and_said():
    file = blt.read(GOOD.replace("4 1 3 2 0", "4 1 - 3 - 2 0").encode())
    assert file.ballots.tolist() == blt.read(GOOD.encode()).ballots.tolist()
    assert file.warnings == ("ballots that skip a rank, so that their later choices move up: 4",)


def test_lines_after_the_title_are_passed_over_and_said():
    assert blt.read((GOOD + '"Somewhere"\n').encode()).warnings == ("line 12: what follows the title is passed over",)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("4 2\n", "4\n", 1, "two numbers"),
        ("4 2\n", "four 2\n", 1, "two numbers"),
        ("4 2\n", "0 1\n", 1, "cannot be counted"),
        ("4 2\n", "4 0\n", 1, "cannot be counted"),
        ("-2", "-5", 2, "who has withdrawn"),
        ("-2", "-2 3", 2, "who has withdrawn"),
        ("3 1 3 4 0", "3 1=3 4 0", 3, "equal ranks (1=3)"),
        ("3 1 3 4 0", "3 1 5 4 0", 3, "candidate 5, but there are 4"),
        ("3 1 3 4 0", "3 1 3 1 0", 3, "candidate 1 twice"),
        ("3 1 3 4 0", "3 1 3 4", 3, "does not end with 0"),
        ("3 1 3 4 0", "3", 3, "does not end with 0"),
        ("3 1 3 4 0", "3 1 0 4 0", 3, "before the end"),
        ("3 1 3 4 0", "3 1 x 4 0", 3, "'x' is not the number"),
        ("3 1 3 4 0", "0.5 1 3 4 0", 3, "weight '0.5'"),
        ("-2\n3 1 3 4 0", "-2\n-3 1 3 4 0", 3, "who has withdrawn"),
        ("3 1 3 4 0", "(a)", 3, "weight ''"),
        ("3 1 3 4 0", "999999999 1 3 4 0", 3, "more than 10000000 ballots"),
        ("4 1 3 2 0", "-4 1 3 2 0", 4, "weight '-4'"),
        ("1 0\n0\n", "1 0\n", 6, "line 0 that ends the ballots is missing"),
        ('"Donald"\n"Gardening Club"\n', "", 9, "3 names for 4"),
        ('"Donald"', "Donald", 10, "quotation marks"),
        ('"Donald"', '"Donald', 10, "quotation marks"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(old, new, line, reason):
    assert old in GOOD
    with pytest.raises(BadFile) as refused:
        blt.read(GOOD.replace(old, new).encode())
    assert refused.value.line == line
    assert reason in refused.value.reason


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "2 1\n", "2 1\n1 1 0\n"])
def test_a_file_that_ends_too_early_is_refused(text):
    with pytest.raises(BadFile):
        blt.read(text.encode())


def test_no_ballots_at_all_can_be_read_and_written():
    file = blt.read(b'2 1\n0\n"A"\n"B"\n')
    assert len(file.ballots) == 0
    assert blt.read(blt.write(file)).names == ("A", "B")


def test_a_name_that_looks_like_a_comment_is_not_written():
    file = blt.read(GOOD.encode())
    with pytest.raises(ValueError, match="quotation mark"):
        blt.write(RankedFile(ids=file.ids, names=('a "#1"', "b", "c", "d"), ballots=file.ballots))


NAMES = st.text(st.characters(codec="utf-8", exclude_characters='"#\r\n'), max_size=8).map(str.strip)


@st.composite
def ranked_files(draw):
    count = draw(st.integers(1, 6))
    choices = st.permutations(range(1, count + 1)).flatmap(lambda p: st.integers(0, count).map(lambda n: p[:n]))
    ballots = draw(st.lists(st.tuples(st.integers(1, 5), choices), max_size=8))
    return RankedFile(
        ids=tuple(str(n) for n in range(1, count + 1)),
        names=tuple(draw(st.lists(NAMES | st.just('Jay "Jay" Doe'), min_size=count, max_size=count))),
        ballots=spread(ballots),
        title=draw(NAMES),
        seats=draw(st.integers(1, 9)),
        withdrawn=frozenset(draw(st.sets(st.integers(1, count)))),
    )


@settings(max_examples=300, deadline=None)
@given(ranked_files())
def test_what_is_written_is_read_again(file):
    again = blt.read(blt.write(file))
    assert (again.names, again.title, again.seats, again.withdrawn) == (
        file.names,
        file.title,
        file.seats,
        file.withdrawn,
    )
    assert list(grouped(again.ballots)) == list(grouped(file.ballots))


@settings(max_examples=100, deadline=None)
@given(ranked_files(), st.randoms())
def test_the_order_of_ballots_leaves_no_trace(file, chance):
    order = list(range(len(file.ballots)))
    chance.shuffle(order)
    shuffled = RankedFile(ids=file.ids, names=file.names, ballots=file.ballots[np.array(order, dtype=int)])
    kept = RankedFile(ids=file.ids, names=file.names, ballots=file.ballots)
    assert blt.write(shuffled) == blt.write(kept)
