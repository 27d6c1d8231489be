"""Reading and writing .pb files: what is tolerated, what is refused and in which line."""

from pathlib import Path

import pytest

from app.voting.counting.formats.lines import BadFile
from app.voting.counting.formats.pabulib import read, write
from tests.voting.counting.made import random_vote, vote
from tests.voting.counting.real import each_file, needs_ballots, real

GOOD = """META
key;value
description;A street
budget;1000
vote_type;ordinal
max_length;3
num_votes;3
PROJECTS
project_id;cost;name
p1;250;Lamps
p2;99.5;Benches
p3;0;"Bells; and whistles"
VOTES
voter_id;vote
1;p2,p1
2;
3;p3
"""


def test_costs_become_exact_cents_and_ids_become_numbers():
    made = read(GOOD.encode()).vote
    assert (made.pot_cents, made.max_ranks, made.lot_order) == (100_000, 3, (1, 2, 3))
    assert [(o.id, o.title, o.cost_cents) for o in made.options][1:] == [
        ("p2", "Benches", 9950),
        ("p3", "Bells; and whistles", 0),
    ]
    assert made.ballots.tolist() == [[0, 0, 0], [2, 1, 0], [3, 0, 0]]


@pytest.mark.parametrize(
    "changed",
    [
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD.replace("VOTES", "\n\nVOTES\n\n"),
        GOOD.replace("META\n", "META;;\n"),
        GOOD.replace("description;A street", "anything;at all"),
        GOOD.replace("voter_id;vote\n1;p2,p1\n2;\n3;p3", "vote;voter_id;age\np2, p1;1;30\n;2\np3;3;"),
        GOOD.replace("p2,p1", '"p2,p1"'),
        GOOD.rstrip(),
    ],
)
def test_what_does_not_change_the_vote_is_tolerated(changed):
    made, same = read(changed.encode()).vote, read(GOOD.encode()).vote
    assert (made.options, made.pot_cents, made.ballots.tolist()) == (
        same.options,
        same.pot_cents,
        same.ballots.tolist(),
    )


def test_without_names_a_project_is_called_by_its_id():
    text = GOOD.replace(";name", "").replace(";Lamps", "").replace(";Benches", "").replace(';"Bells; and whistles"', "")
    assert [option.title for option in read(text.encode()).vote.options] == ["p1", "p2", "p3"]


def test_without_max_length_the_longest_ballot_gives_the_ranks():
    assert read(GOOD.replace("max_length;3\n", "").encode()).vote.max_ranks == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("1;p2,p1", "1;p2,p2", 15, "twice"),
        ("1;p2,p1", "1;p2,p9", 15, "'p9', which is not listed"),
        ("1;p2,p1", "1;p2,,p1", 15, "'', which is not listed"),
        ("max_length;3", "max_length;1", 15, "max_length is 1"),
        ("max_length;3", "max_length;three", 6, "not a whole number"),
        ("max_length;3", "max_length;0", 6, "max_length is 0"),
        ("num_votes;3", "num_votes;-3", 7, "not a whole number"),
        ("p1;250", "p1;-250", 10, "not an amount"),
        ("p1;250", "p1;2.505", 10, "not an amount"),
        ("p1;250", "p1;1,000", 10, "not an amount"),
        ("p1;250", "p1;", 10, "not an amount"),
        ("p1;250", "p1;nan", 10, "not an amount"),
        ("p1;250", "p1;1e3", 10, "not an amount"),
        ("p1;250", "p1;٢٥٠", 10, "not an amount"),
        ("p1;250", "p1;9999999999999999", 10, "too large"),
        ("p2;99.5", "p1;99.5", 11, "listed twice"),
        ("p2;99.5", ";99.5", 11, "cannot be the id"),
        ("p2;99.5;Benches", "p2", 11, "1 cells"),
        ("p2;99.5;Benches", "p2;99.5;Benches;x", 11, "4 cells"),
        ("budget;1000", "budget;lots", 4, "not an amount"),
        ("budget;1000\n", "", 1, "no budget"),
        ("description;A street", "budget;1000", 4, "given twice"),
        ("vote_type;ordinal", "vote_type;approval", 5, "only ranked"),
        ("vote_type;ordinal", "vote_type;cumulative", 5, "only ranked"),
        ("project_id;cost;name", "project_id;name", 9, "one column cost"),
        ("voter_id;vote", "voter_id;ballot", 14, "one column vote"),
        ("VOTES\n", "", 17, "no VOTES"),
        ("VOTES\n", "PROJECTS\n", 13, "second PROJECTS"),
        ("META\n", "", 1, "does not begin with META"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_reason(old, new, line, reason):
    with pytest.raises(BadFile) as refused:
        read(GOOD.replace(old, new, 1).encode())
    assert (refused.value.line, reason in refused.value.reason) == (line, True), refused.value


def test_bytes_that_are_not_text_are_refused_by_line():
    with pytest.raises(BadFile, match="line 10: this is not UTF-8"):
        read(GOOD.encode().replace(b"Lamps", b"L\xe4mps"))


def test_a_vote_of_the_wrong_kind_or_an_empty_file_is_no_vote():
    for data in (b"", b"\n\n", b"META\nPROJECTS\nVOTES\n"):
        with pytest.raises(BadFile):
            read(data)


def test_a_wrong_number_of_votes_is_a_warning_and_no_refusal():
    assert read(GOOD.replace("num_votes;3", "num_votes;4").encode()).warnings == (
        "line 7: num_votes is 4, but the file has 3",
    )


@pytest.mark.parametrize("seed", range(40))
def test_what_is_written_reads_back_as_the_same_vote(seed):
    made = random_vote(seed)
    back = read(write(made, {"description": "Lamps;\nand more"})).vote
    assert [(o.id, o.title, o.cost_cents) for o in back.options] == [
        (o.id, o.title, o.cost_cents) for o in made.options
    ]
    assert sorted(back.ballots.tolist()) == sorted(made.ballots.tolist())
    assert (back.pot_cents, back.max_ranks) == (made.pot_cents, made.max_ranks)


def test_a_written_file_does_not_tell_the_order_of_voting():
    first, second = vote(100, [50, 50], ["ab", "b", "a"]), vote(100, [50, 50], ["a", "ab", "b"])
    assert write(first, {}) == write(second, {})


@needs_ballots
@each_file
def test_real_files_read_whole_and_survive_writing(path: Path):
    file = real(path)
    back = read(write(file.vote, file.meta))
    assert (file.warnings, back.warnings) == ((), ())
    assert back.vote.options == file.vote.options
    assert back.vote.ballots.tolist() == file.vote.ballots.tolist()
