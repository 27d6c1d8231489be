"""A key printed on paper comes back from what a person types, and a slip is found in its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.voting.sealing import armor, key_files, keys, paper_backups
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.paper_backups import BadLine

FILE = key_files.write(keys.make(), passphrase="one")
LINES = paper_backups.lines(FILE)


def test_it_comes_back_as_printed_and_as_people_type():
    numbered = "\n".join(f"{number}: {line}" for number, line in enumerate(LINES, start=1))
    sloppy = "\n\n".join(line.replace("-", " ").lower().replace("0", "o").replace("1", "l") for line in LINES)
    assert paper_backups.read("\n".join(LINES)) == FILE
    assert paper_backups.read(numbered) == FILE and paper_backups.read(sloppy) == FILE


def test_a_scanned_key_file_is_taken_too():
    assert paper_backups.read(FILE.replace("\n", "\r\n")) == FILE


def test_a_key_of_the_hybrid_is_twelve_lines_of_seven_groups():
    assert len(LINES) == 12 and {len(line.split("-")) for line in LINES} == {7}


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=400))
def test_any_file_comes_back(data):
    file = armor.wrap(key_files.LOCKED, data)
    assert paper_backups.read("\n".join(paper_backups.lines(file))) == file


@pytest.mark.parametrize("number", range(1, 13))
def test_a_slip_names_its_line(number):
    line = LINES[number - 1]
    slip = line.replace(line[5], "7" if line[5] != "7" else "8", 1)
    typed = [*LINES[: number - 1], slip, *LINES[number:]]
    with pytest.raises(BadLine) as caught:
        paper_backups.read("\n".join(typed))
    assert caught.value.line == number


def test_lines_in_the_wrong_order_or_left_out_are_noticed():
    for typed in ([LINES[1], LINES[0], *LINES[2:]], [*LINES[:3], *LINES[4:]]):
        with pytest.raises(BadLine):
            paper_backups.read("\n".join(typed))
    with pytest.raises(SealingError):
        paper_backups.read("\n".join(LINES[:-1]))


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_nothing_typed_is_no_key(text):
    with pytest.raises(SealingError):
        paper_backups.read(text)


def test_an_open_key_does_not_go_on_paper():
    with pytest.raises(SealingError) as caught:
        paper_backups.lines(key_files.write(keys.make()))
    assert caught.value.fault is Fault.NOT_A_KEY
