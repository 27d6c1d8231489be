"""Votes that rank nothing: read with their own rule, refused as ranked ones, and never turned into rankings."""

import pytest

from app.voting.counting.formats.lines import BadFile
from app.voting.counting.formats.pabulib import NotRanked, read
from app.voting.counting.formats.pb_scores import read_scored

APPROVAL = """META
key;value
budget;1000
vote_type;approval
num_votes;4
PROJECTS
project_id;cost;selected
a;700;1
b;400;0
c;300;1
d;100;0
VOTES
voter_id;vote
1;a,b
2;a
3;b,c
4;
"""
CUMULATIVE = """META
key;value
budget;1000
vote_type;cumulative
max_sum_points;10
PROJECTS
project_id;cost
a;700
b;400
c;300
VOTES
voter_id;vote;points
1;a,b;4,6
2;c,a;9,1
"""


def test_approvals_are_added_up_and_what_fits_is_funded_in_their_order():
    file = read_scored(APPROVAL.encode())
    assert (file.kind, file.ballots, file.given, file.selected) == ("approval", 4, (2, 2, 1, 0), {1, 3})
    assert [option.id for option in file.greedy()] == ["a", "c"]


def test_points_are_added_up():
    file = read_scored(CUMULATIVE.encode())
    assert file.given == (5, 6, 9)
    assert [option.id for option in file.greedy()] == ["c", "b"]


def test_scores_may_be_anything_whole():
    file = read_scored(CUMULATIVE.replace("cumulative", "scoring").replace("4,6", "-4,6").encode())
    assert file.given == (-3, 6, 9)


@pytest.mark.parametrize("text", [APPROVAL, CUMULATIVE])
def test_they_are_never_read_as_rankings(text):
    with pytest.raises(NotRanked) as refused:
        read(text.encode())
    assert refused.value.line == 4


def test_a_ranked_file_is_not_read_as_points():
    with pytest.raises(BadFile, match="line 4: vote_type is ordinal"):
        read_scored(APPROVAL.replace("approval", "ordinal").encode())


@pytest.mark.parametrize(
    ("text", "old", "new", "line", "reason"),
    [
        (APPROVAL, "1;a,b", "1;a,x", 14, "'x', which is not listed"),
        (APPROVAL, "1;a,b", "1;a,a", 14, "a twice"),
        (APPROVAL, "approval", "choose-1", 14, "but vote_type is choose-1"),
        (CUMULATIVE, "4,6", "4", 13, "2 projects, but gives points to 1"),
        (CUMULATIVE, "4,6", "4,x", 13, "points 'x'"),
        (CUMULATIVE, "4,6", "4,7", 13, "11 points, but max_sum_points is 10"),
        (CUMULATIVE, "voter_id;vote;points", "voter_id;vote;score", 12, "one column points"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(text, old, new, line, reason):
    with pytest.raises(BadFile) as refused:
        read_scored(text.replace(old, new).encode())
    assert refused.value.line == line
    assert reason in refused.value.reason


def test_a_wrong_number_of_votes_is_said():
    assert read_scored(APPROVAL.replace("num_votes;4", "num_votes;5").encode()).warnings == (
        "line 5: num_votes is 5, but the file has 4",
    )


def test_no_votes_fund_nothing():
    assert read_scored(APPROVAL.partition("1;a,b")[0].encode()).greedy() == []
