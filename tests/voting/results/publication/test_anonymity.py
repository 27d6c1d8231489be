"""T36: nothing published below level full gives a group of fewer than ten ballots away, nor one that did all alike."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from app.cycles.rules import PublicationLevel, canonical
from app.voting.counting.outcomes import event_from_json
from app.voting.counting.records import Rule
from app.voting.counting.rounds import runoffs_of
from app.voting.results.publication import rules
from app.voting.results.publication.paths import rules as paths
from tests.sizes import size
from tests.voting.counting import made
from tests.voting.results.publication.elections import ballots, outcome_text, rule_of, simulated, unique_share

ELECTIONS = size(commit=150, night=1_000, release=10_000)
CONSULTED, TOTALS = PublicationLevel.CONSULTED, PublicationLevel.TOTALS


def files_of(seed, level=CONSULTED):
    vote, rule = simulated(seed), rule_of(seed)
    return rules.below_full(level, vote, outcome_text(vote, rule))


def runoffs_in(files):
    return runoffs_of([event_from_json(event) for event in json.loads(files["outcome.json"])["events"]])


def small_cells(files):
    """Paths of 1 to 9 ballots, and rests of 1 to 9 where a path was taken off a group that began or moved alike."""
    found = 0
    for runoff, told in zip(runoffs_in(files), json.loads(files["paths.json"])["runoffs"], strict=True):
        counts = [dict(tally.votes) | {0: tally.exhausted} for tally in runoff.tallies]
        gone = [tally.eliminated for tally in runoff.tallies]
        groups = Counter({(None, option): number for option, number in counts[0].items()})
        for before, after, out in zip(counts, counts[1:], gone, strict=False):
            groups.update({(out, option): number - before[option] for option, number in after.items()})
        rests = Counter(groups)
        for each in told["paths"]:
            found += each["ballots"] < 10
            moves = zip([None, *each["options"]], each["options"], strict=False)
            rests.subtract(dict.fromkeys(moves, each["ballots"]))
        found += sum(0 < rest < 10 and rest != groups[move] for move, rest in rests.items())
    return found


def totals_again(files):
    """Whether the paths and the others beside them add up to the totals of every count of every runoff."""
    for runoff, told in zip(runoffs_in(files), json.loads(files["paths.json"])["runoffs"], strict=True):
        out = {tally.eliminated: count for count, tally in enumerate(runoff.tallies, start=1)}
        for count, tally in enumerate(runoff.tallies, start=1):
            sums = Counter({option: number for option, number in told["others"][count - 1]})
            for each in told["paths"]:
                sums[next(o for o in each["options"] if out.get(o, len(out) + 1) >= count)] += each["ballots"]
            if sums != Counter(dict(tally.votes) | {0: tally.exhausted}):
                return False
    return True


@pytest.mark.soak
def test_no_simulated_election_gives_a_small_group_away(figure):
    cells = unanimous = sums = shown = 0
    for seed in range(ELECTIONS):
        files = files_of(seed)
        found = rules.problems(files)
        unanimous += sum("of one group" in what for what in found)
        cells += small_cells(files) + len(found)
        sums += totals_again(files)
        shown += sum(len(runoff["paths"]) for runoff in json.loads(files["paths.json"])["runoffs"])
    facts = f"{cells} small cells, {unanimous} unanimous, {sums} recomputable, {shown} paths shown"
    figure("T36", "paths and totals", size=f"{ELECTIONS} elections", figure=facts)
    assert (cells, unanimous, sums) == (0, 0, ELECTIONS) and shown > ELECTIONS


def test_totals_alone_have_no_problem_either():
    for seed in range(40):
        assert rules.problems(files_of(seed, TOTALS)) == [], seed


def unmerged(walks, grid, seen):
    return walks


def test_paths_that_are_not_merged_are_caught(figure, monkeypatch):
    """The twin: every path is published as it was walked."""
    monkeypatch.setattr(paths, "kept", unmerged)
    files = [files_of(seed) for seed in range(40) if rule_of(seed) is Rule.RANKED_CHOICE]
    caught = [rules.problems(each) for each in files]
    cells = sum(small_cells(each) for each in files)
    figure("T36", "paths and totals", twin=f"unmerged: {cells} small cells, {sum(map(bool, caught))} of {len(files)}")
    assert cells > 100 and all(caught)


def test_only_leaving_rare_paths_out_is_caught_by_the_rest(monkeypatch):
    """The twin: the rare ones are left out and nothing else, so that subtraction tells how many they are."""
    monkeypatch.setattr(paths, "kept", lambda walks, *_: {path: n for path, n in walks.items() if n >= 10})
    caught = [rules.problems(files_of(seed)) for seed in range(1, 80, 4)]
    assert sum(any("the paths leave" in what for what in found) for found in caught) > 5


def test_a_group_that_went_all_one_way_is_caught(monkeypatch):
    """The twin: of those who ranked a first, all ranked b next; a path published for them would tell it of each."""
    vote = made.vote(100, [100, 100, 100], ["ab"] * 20 + ["bc"] * 30 + ["cb"] * 40)
    text = outcome_text(vote, Rule.RANKED_CHOICE)
    assert rules.problems(rules.below_full(CONSULTED, vote, text)) == []
    monkeypatch.setattr(paths, "_begun", lambda walks: Counter())
    found = rules.problems(rules.below_full(CONSULTED, vote, text))
    assert any("all 20 ballots of one group went the path (1, 2)" in what for what in found)


@pytest.mark.parametrize("name", rules.HOLD_RANKINGS)
def test_a_file_of_whole_rankings_is_caught(name):
    assert rules.problems({**files_of(1), name: b""}) == [f"{name}: holds whole rankings"]


@pytest.mark.parametrize("seed", range(4))
def test_the_whole_outcome_is_caught(seed):
    vote = simulated(seed)
    text = outcome_text(vote, rule_of(seed)).encode()
    assert rules.problems({**files_of(seed), "outcome.json": text}) == [
        "outcome.json: tells what supporters carried and paid"
    ]


def put_back(kind, name, value):
    def change(outcome):
        next(event for event in outcome["events"] if event["kind"] == kind)["numbers"][name] = value

    return change


@pytest.mark.parametrize(
    "change",
    [put_back("fund", "support_units", "1"), put_back("fund", "paid", []), put_back("eliminate", "to", [[1, 3]])],
)
def test_one_number_too_many_in_the_outcome_is_caught(change):
    vote = simulated(5)
    files = rules.below_full(CONSULTED, vote, outcome_text(vote, Rule.RANKED_CHOICE))
    outcome = json.loads(files["outcome.json"])
    change(outcome)
    (found,) = rules.problems({**files, "outcome.json": canonical(outcome).encode()})
    assert ": tells " in found


def test_two_counts_of_the_same_ballots_published_side_by_side_are_caught(figure):
    """Why a count that was replaced publishes nothing below level full."""
    caught, tried = 0, range(0, 60, 2)
    for seed in tried:
        vote, rule = simulated(seed), rule_of(seed)
        again = replace(vote, withdrawn=frozenset({1 + seed % len(vote.options)}))
        first, second = (rules.below_full(CONSULTED, each, outcome_text(each, rule)) for each in (vote, again))
        assert rules.problems(second) == []
        caught += bool(rules.problems(second, [first]))
    figure(
        "T36", "two versions", size=f"{len(tried)} recounts", twin=f"{caught} of {len(tried)} give small groups away"
    )
    assert caught > len(tried) // 2


def test_the_share_of_unique_ballots_is_that_of_the_table(figure):
    """One row of the table in voting.md, section 9: 12 projects, 3 ranks."""
    said = {100: 69, 300: 51, 1000: 25, 3000: 10}
    found = {}
    for voters in said:
        shares = [unique_share(ballots(seed, voters, 12, 3)) for seed in range(20)]
        found[voters] = round(100 * sum(shares) / len(shares))
    figure("T36", "unique ballots, 12 projects, 3 ranks", size="100 to 3,000 voters", figure=str(found))
    assert all(abs(found[voters] - share) <= 8 for voters, share in said.items()), found
