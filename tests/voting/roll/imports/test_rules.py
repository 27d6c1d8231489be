"""Reading a list: what a file may be, which rows go on the roll, and why others do not."""

import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.tables import neutral
from app.voting.roll.imports.rules import BadFile, FileFault, Known, RowFault, sorted_out
from app.voting.roll.rules import RollRule
from tests.voting.roll.lists import HEAD, a_list

TODAY = date(2026, 5, 1)


def of(content, *, min_age=None, on_roll=None):
    rule = RollRule(neighborhood_id=1, min_age=min_age, day=date(2026, 5, 4))
    return sorted_out(content, rule=rule, areas={"lane mill": 7}, on_roll=on_roll or Known(), today=TODAY)


GOOD = "A1,Ada Mercer,12 Mill Lane,1984-05-31,Mill Lane,ada@example.org"


def test_a_good_row_is_taken_with_everything_in_it():
    [entry] = of(a_list(GOOD)).entries
    assert (entry.reference, entry.name, entry.born_on, entry.email) == (
        "A1", "Ada Mercer", date(1984, 5, 31), "ada@example.org",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("", None),
        (",Ada,12 Mill Lane,,,", RowFault.NO_REFERENCE),
        ("A1, ,12 Mill Lane,,,", RowFault.NO_NAME),
        ("A1,Ada,,,,", RowFault.NO_ADDRESS),
        ("A1,Ada,12 Mill Lane,31.05.1984,,", RowFault.NOT_A_DATE),
        ("A1,Ada,12 Mill Lane,2026-02-30,,", RowFault.NOT_A_DATE),
        ("A1,Ada,12 Mill Lane,2030-01-01,,", RowFault.NOT_A_DATE),
        ("A1,Ada,12 Mill Lane,,Elsewhere,", RowFault.UNKNOWN_AREA),
        ("A1,Ada,12 Mill Lane,,,not an address", RowFault.NOT_AN_EMAIL),
        (f"A1,{'a' * 121},12 Mill Lane,,,", RowFault.TOO_LONG),
        ("A1,Ada,12 Mill Lane", RowFault.CELLS),
        ("A1,Ada,12 Mill Lane,2012-01-01,,", RowFault.TOO_YOUNG),
        ("A1,Ada,12 Mill Lane,,,", RowFault.NO_BIRTH_DATE),
    ],
)
def test_each_row_turned_away_says_why(row, fault):
    aged = fault in (RowFault.TOO_YOUNG, RowFault.NO_BIRTH_DATE)
    found = of(a_list("Z9,Zoe Marsh,1 Quay Street,1950-01-01,,", row), min_age=16 if aged else None)
    assert [r.faults for r in found.rejected] == ([(fault,)] if fault else [])


def test_a_row_tells_all_that_is_wrong_with_it():
    [row] = of(a_list("A0,A,B,,,", ",,12 Mill Lane,yesterday,Nowhere,")).rejected
    assert set(row.faults) == {
        RowFault.NO_REFERENCE, RowFault.NO_NAME, RowFault.NOT_A_DATE, RowFault.UNKNOWN_AREA,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("second", "is_twice"),
    [
        ("A1,Jo Okafor,3 Quay Street,,,", True),
        ("A2,MERCER Ada,12 Mill Lane,,,", True),
        ("A2,Ada Mercer,12 Mill Lane,1984-05-31,,", True),
        ("A2,Ada Mercer,12 Mill Lane,2001-01-01,,", False),
        ("A2,Ada Mercer,13 Mill Lane,,,", False),
    ],
)
def test_somebody_is_in_a_file_once(second, is_twice):
    found = of(a_list(GOOD, second))
    assert [r.faults for r in found.rejected] == ([(RowFault.TWICE_IN_FILE,)] if is_twice else [])


def test_somebody_on_the_list_is_not_listed_again():
    known = Known()
    known.add(of(a_list(GOOD)).entries[0])
    [row] = of(a_list("B7,ada mercer,12 mill lane,,,"), on_roll=known).rejected
    assert row.faults == (RowFault.ON_THE_ROLL,)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FileFault.EMPTY),
        (HEAD.encode(), FileFault.EMPTY),
        (b"name,address\nAda,12 Mill Lane\n", FileFault.NO_HEADER),
        (a_list("A1,Ada,12 Mill Lane,x", head="reference,name,address,religion"), FileFault.STRANGE_COLUMN),
        (a_list("A1,Ada,12 Mill Lane,x", head="reference,name,address,name"), FileFault.COLUMN_TWICE),
        (a_list("A1,José,12 Mill Lane,,,").decode().encode("latin-1"), FileFault.NOT_UTF8),
        (a_list(GOOD).decode().encode("utf-16"), FileFault.NOT_UTF8),
        (a_list('A1,"Ada,12 Mill Lane,,,'), FileFault.NOT_CSV),
        (a_list(f"A1,{'x' * 200_000},12 Mill Lane,,,"), FileFault.NOT_CSV),
        (b"\x00" * 100, FileFault.NO_HEADER),
        (b"x" * 20_000_001, FileFault.TOO_LARGE),
    ],
)
def test_what_is_no_list_is_refused_as_a_whole(content, fault):
    with pytest.raises(BadFile) as refused:
        of(content)
    assert refused.value.fault is fault


def test_more_rows_than_allowed_are_refused(monkeypatch):
    monkeypatch.setattr("app.voting.roll.imports.rules.MOST_ROWS", 2)
    with pytest.raises(BadFile) as refused:
        of(a_list("A1,A,B,,,", "A2,C,D,,,", "A3,E,F,,,"))
    assert refused.value.fault is FileFault.TOO_MANY_ROWS


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_usual_kinds_of_csv_are_read(sign, mark, end):
    rows = [["Reference", "NAME", "address", "Born on"], ["A1", '"Ada, ""the lamp"" Mercer"', "12 Mill Lane", ""]]
    text = mark + end.join(sign.join(row) for row in rows) + end
    assert [e.name for e in of(text.encode()).entries] == ['Ada, "the lamp" Mercer']


@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda text: f"{HEAD}\n{text}\n".encode()))
def test_whatever_comes_is_sorted_or_refused_with_a_reason(content):
    try:
        found = of(content)
    except BadFile as reason:
        assert reason.fault in FileFault
    else:
        assert all(row.faults for row in found.rejected)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_taken_for_a_formula(cell):
    assert neutral(cell) == "'" + cell
    assert neutral("Ada") == "Ada"


def test_sorting_a_list_takes_a_kilobyte_or_two_a_row():
    content = a_list(*(f"A{n},Ada Mercer {n},{n} Mill Lane,1984-05-31,," for n in range(3000)))
    tracemalloc.start()
    found = of(content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.entries) == 3000 and peak < 3000 * 4000
