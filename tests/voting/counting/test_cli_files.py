"""`flask count` on every kind of file, with its comparisons, explanations and conversions."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.voting.counting.cli import count_command
from app.voting.counting.comparison import compared
from app.voting.counting.formats.pabulib import read, write
from app.voting.counting.misses import nearest_miss
from app.voting.counting.records import OFFERED, Rule
from tests.voting.counting.made import vote
from tests.voting.counting.test_blt import GOOD as BLT
from tests.voting.counting.test_pb_scores import APPROVAL

MADE = vote(600_00, [300_00, 300_00, 600_00], ["a", "b", "cb"])
COSTS = "1,100\n2,200\n3,50.5\n4,100\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "made.pb").write_bytes(write(MADE, {}))
    (tmp_path / "club.blt").write_text(BLT)
    (tmp_path / "club.csv").write_text("count,ranking\n3,Ann > Bob\n2,Bob\n")
    (tmp_path / "yes.pb").write_text(APPROVAL)
    (tmp_path / "costs").write_text(COSTS)
    return tmp_path


def _count(*arguments: object) -> Result:
    return CliRunner().invoke(count_command, [str(argument) for argument in arguments])


def test_options_may_stand_before_the_file(folder):
    assert _count("--rule", "points", folder / "made.pb").stdout == _count(folder / "made.pb", "--rule=points").stdout


def test_a_ranked_file_without_money_is_one_runoff_round_by_round(folder):
    result = _count(folder / "club.blt")
    assert result.exit_code == 0
    assert "One instant runoff" in result.stdout and "Winner    Adam, with 7 of 7" in result.stdout
    assert "Seats     2 in the file; one winner is counted" in result.stdout
    assert "Withdrawn Basil" in result.stdout


def test_one_runoff_as_json_has_no_money_in_it(folder):
    found = json.loads(_count(folder / "club.csv", "--json").stdout)
    assert (found["winner"], found["counts"][0]["votes"]) == ("Ann", {"Ann": 3, "Bob": 2})
    assert not [key for key in found if "cents" in key]


@pytest.mark.parametrize("asked", [["--rule", "shared-budget"], ["--compare"], ["--explain", "1"]])
def test_what_needs_money_is_refused_without_it(folder, asked):
    result = _count(folder / "club.blt", *asked)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no costs and no pot" in result.stderr


def test_money_can_be_given_beside_the_file(folder):
    given = ["--pot", "300", "--costs", folder / "costs", "--rule", "shared-budget"]
    result = _count(folder / "club.blt", *given)
    assert result.exit_code == 0 and "Pot       300" in result.stdout


@pytest.mark.parametrize(
    ("costs", "message"),
    [
        ("1,100\n9,1\n", "line 2: '9' is not in the vote"),
        ("1,100\n1,1\n", "line 2: a second cost for 1"),
        ("1,100\n2,x\n", "line 2: cost 'x'"),
        ("1\n", "line 1: 1 cells"),
        ("1,100\n", "line 2: the costs end without 2 (3 missing)"),
    ],
)
def test_costs_that_do_not_fit_are_refused_by_line(folder, costs, message):
    (folder / "costs").write_text(costs)
    result = _count(folder / "club.blt", "--pot", "300", "--costs", folder / "costs", "--rule", "points")
    assert result.exit_code == 2 and result.stderr.startswith(message)


@pytest.mark.parametrize("given", [["--pot", "1"], ["--pot", "x", "--costs", "COSTS"]])
def test_half_of_the_money_or_a_bad_pot_is_a_wrong_use(folder, given):
    given = [str(folder / "costs") if part == "COSTS" else part for part in given]
    assert _count(folder / "club.blt", "--rule", "points", *given).exit_code == 2


def test_all_rules_stand_side_by_side(folder):
    result = _count(folder / "made.pb", "--compare")
    assert all(rule.value in result.stdout for rule in OFFERED)
    found = json.loads(_count(folder / "made.pb", "--compare", "--json").stdout)
    (same,) = [each for each in compared(MADE, Rule.POINTS) if each.rule is Rule.POINTS]
    (points,) = [each for each in found if each["rule"] == "points"]
    assert points == same.as_json() | {"funded": [MADE.option(n).id for n in same.funded]}


def test_a_project_that_missed_is_explained_to_the_cent_and_the_ballot(folder):
    found = json.loads(_count(folder / "made.pb", "--rule", "points", "--explain", "c", "--json").stdout)
    miss = nearest_miss(MADE, Rule.POINTS, 3)
    assert found["reason"] == "not_enough_left"
    assert found["nearest_miss"]["largest_cost_cents"] == miss.largest_cost_cents
    assert found["nearest_miss"]["extra_ballots"] == miss.extra_ballots
    told = _count(folder / "made.pb", "--rule", "points", "--explain", "c").stdout
    assert f"Ballots   {miss.extra_ballots} more, naming it alone, would do" in told


@pytest.mark.parametrize("rule", OFFERED)
@pytest.mark.parametrize("option", ["a", "b", "c"])
def test_every_end_can_be_told(folder, rule, option):
    result = _count(folder / "made.pb", "--rule", rule.value, "--explain", option)
    assert result.exit_code == 0 and "Decided   " in result.stdout


def test_who_paid_adds_up_to_the_cost(folder):
    found = json.loads(_count(folder / "made.pb", "--rule", "points", "--explain", "b", "--json").stdout)
    assert sum(part["cents"] for part in found["paid"]) == found["cost_cents"]


def test_an_unknown_project_and_two_questions_at_once_are_refused(folder):
    assert "no project 'x'" in _count(folder / "made.pb", "--rule", "points", "--explain", "x").stderr
    assert _count(folder / "made.pb", "--compare", "--explain", "a").exit_code == 2


def test_approvals_are_refused_with_the_line_and_shown_only_when_asked(folder):
    refused = _count(folder / "yes.pb", "--rule", "points")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("line 4: vote_type is approval") and "--as-is" in refused.stderr
    shown = _count(folder / "yes.pb", "--as-is")
    assert shown.exit_code == 0 and "in order of approvals" in shown.stdout
    assert "selected by the city" in shown.stdout


def test_ballots_go_from_format_to_format_and_back(folder):
    assert _count("convert", folder / "made.pb", folder / "a.blt").exit_code == 0
    assert _count("convert", folder / "a.blt", folder / "b.csv").exit_code == 0
    given = ["--pot", "600", "--costs", folder / "costs"]
    (folder / "costs").write_text("Option 1,300\nOption 2,300\nOption 3,600\n")
    assert _count("convert", folder / "b.csv", folder / "c.pb", *given).exit_code == 0
    again = read((folder / "c.pb").read_bytes()).vote
    assert again.ballots.tolist() == MADE.ballots.tolist()
    assert [o.cost_cents for o in again.options] == [o.cost_cents for o in MADE.options]


def test_a_pb_file_without_money_is_not_written(folder):
    result = _count("convert", folder / "club.csv", folder / "c.pb")
    assert result.exit_code == 2 and "no costs and no pot" in result.stderr
    assert not (folder / "c.pb").exists()
