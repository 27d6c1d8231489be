"""Grouped rankings as CSV: what is tolerated, what is refused and in which line, and real contests."""

import pytest
from hypothesis import given, settings

from app.voting.counting.count import count
from app.voting.counting.formats import blt, grouped_csv
from app.voting.counting.formats.lines import BadFile
from app.voting.counting.formats.ranked_files import RankedFile, grouped
from app.voting.counting.records import Rule
from app.voting.counting.rounds import runoffs_of
from tests.voting.counting.real import DATA, contest, needs_ballots
from tests.voting.counting.test_blt import ranked_files

GOOD = """count,ranking
3,Ann > Bob
2,"Cy, Jr. > Ann"
4,
1,Bob
"""


def _read(text: str) -> list[tuple[int, list[str]]]:
    file = grouped_csv.read(text.encode())
    return [(n, [file.names[number - 1] for number in ranking]) for n, ranking in grouped(file.ballots)]


def test_names_stand_in_alphabetical_order_and_an_empty_ranking_is_a_blank_ballot():
    assert grouped_csv.read(GOOD.encode()).names == ("Ann", "Bob", "Cy, Jr.")
    assert _read(GOOD) == [(4, []), (3, ["Ann", "Bob"]), (1, ["Bob"]), (2, ["Cy, Jr.", "Ann"])]


@pytest.mark.parametrize(
    "changed",
    [
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\n\n"),
        GOOD.replace("count,ranking", " Count , RANKING "),
        GOOD.replace("3,Ann > Bob", "2,Ann  >  Bob\n1, Ann > Bob "),
        "\n".join(sorted(GOOD.splitlines(), reverse=True)),
        GOOD.replace("count,ranking", "count,ranking,precinct").replace("Ann > Bob", "Ann > Bob,7"),
        'count;ranking\n3;Ann > Bob\n2;"Cy, Jr. > Ann"\n4;\n1;Bob\n',
    ],
)
def test_what_does_not_change_the_ballots_is_tolerated(changed):
    assert _read(changed) == _read(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("count,ranking", "number,ranking", 1, "one column count"),
        ("count,ranking", "count,count,ranking", 1, "one column count"),
        ("3,Ann > Bob", "3", 2, "1 cells"),
        ("3,Ann > Bob", "0,Ann > Bob", 2, "count '0'"),
        ("3,Ann > Bob", "1.5,Ann > Bob", 2, "count '1.5'"),
        ("3,Ann > Bob", "999999999,Ann > Bob", 2, "more than 10000000 ballots"),
        ("3,Ann > Bob", "3,Ann > Ann", 2, "'Ann' twice"),
        ("3,Ann > Bob", "3,Ann >  > Bob", 2, "empty name"),
        ("3,Ann > Bob", "3,Ann > Bob > ", 2, "empty name"),
        ('"Cy, Jr. > Ann"', '"Cy" > Ann', 3, "not CSV"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(old, new, line, reason):
    assert old in GOOD
    with pytest.raises(BadFile) as refused:
        grouped_csv.read(GOOD.replace(old, new).encode())
    assert refused.value.line == line
    assert reason in refused.value.reason


def test_an_empty_file_is_refused():
    with pytest.raises(BadFile, match="no header"):
        grouped_csv.read(b"\n\n")


def test_only_blank_ballots_elect_nobody():
    file = grouped_csv.read(b"count,ranking\n5,\n")
    outcome = count(file.one_runoff(), Rule.RANKED_CHOICE)
    assert (outcome.ballots, outcome.counting_ballots, outcome.funded) == (5, 0, ())


@pytest.mark.parametrize("name", ["a > b", " a", "", "a\nb"])
def test_a_name_the_format_cannot_carry_is_refused(name):
    file = RankedFile(ids=("1",), names=(name,), ballots=grouped_csv.read(GOOD.encode()).ballots[:0])
    with pytest.raises(ValueError, match="one line"):
        grouped_csv.write(file)


def test_those_who_have_withdrawn_are_not_lost_in_silence():
    with pytest.raises(ValueError, match="withdrawn"):
        grouped_csv.write(blt.read(b'2 1\n-1\n1 2 0\n0\n"A"\n"B"\n'))


@settings(max_examples=200, deadline=None)
@given(ranked_files())
def test_what_is_written_is_read_again_and_written_the_same(file):
    names = tuple(f"{number} {name}".strip() for number, name in enumerate(file.names, start=1))
    plain = RankedFile(ids=file.ids, names=names, ballots=file.ballots)
    try:
        written = grouped_csv.write(plain)
    except ValueError:
        assert any(">" in name or "\n" in name or len(name.splitlines()) > 1 for name in names)
        return
    again = grouped_csv.read(written)
    assert grouped_csv.write(again) == written
    assert _named(again) == _named(plain)


@needs_ballots
@pytest.mark.parametrize("name", ["2017_minneapolis_mayor", "2015_portland_mayor"])
def test_a_real_contest_elects_its_certified_winner_from_the_file(name):
    file = grouped_csv.read((DATA / "rcv" / f"{name}.csv").read_bytes())
    _, expected = contest(name)
    (runoff,) = runoffs_of(count(file.one_runoff(), Rule.RANKED_CHOICE).events)
    assert file.names[runoff.winner - 1] == expected["winner"]


def _named(file: RankedFile) -> list[tuple[int, list[str]]]:
    return sorted((n, [file.names[number - 1] for number in ranking]) for n, ranking in grouped(file.ballots))
