"""A recount written from the public specification gives what the engine certified."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from app.voting.counting.records import OFFERED, Rule
from tests.house import ROOT
from tests.sizes import size
from tests.verifiers import bundles
from tests.voting.counting import plain
from tests.voting.counting.made import random_vote, vote
from tests.voting.counting.real import PB_FILES, needs_ballots, real
from verifiers import recount

RANDOM_VOTES = size(commit=125, night=1_250, release=12_500)
each_rule = pytest.mark.parametrize("rule", OFFERED)
SMALL = vote(900, [600, 300, 600], ["ab", "ab", "ca", ""])


def run(*arguments: object, cwd: object = ROOT) -> subprocess.CompletedProcess[str]:
    """The program as a resident runs it: by itself, with nothing of the project to import, done within a minute."""
    command = [sys.executable, "-I", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60)


def funded(found: dict[str, object]) -> list[int]:
    return [row["option"] for row in found["funded"]]


def by_the_app(files):
    """The allocation in the outcome that the app certified, in the recount's form, as bytes."""
    card, outcome = json.loads(files["rule-card.json"]), json.loads(files["outcome.json"])
    codes, left, rows = {o["number"]: o["code"] for o in card["options"]}, outcome["pot_cents"], []
    for row in outcome["funded"]:
        left -= row["cost_cents"]
        told = {"option": row["option"], "code": codes[row["option"]], "cost_cents": row["cost_cents"]}
        rows.append({**told, "left_cents": left})
    return json.dumps(rows).encode()


@pytest.mark.slow
@pytest.mark.soak
@each_rule
@pytest.mark.parametrize("make", [random_vote, bundles.city_vote], ids=["small", "larger"])
def test_random_votes_are_counted_as_the_engine_counts_them(tmp_path, rule, make, figure):
    verdicts, same = {}, 0
    for seed in range(RANDOM_VOTES):
        files = bundles.bundle(bundles.without_some(make(seed), seed), rule, drawn=seed % 5 > 0)
        found = bundles.verdict(tmp_path, files)
        verdicts[seed] = found["verdict"]
        same += json.dumps(found["funded"]).encode() == by_the_app(files)
    figure("T39", f"{rule}, {make.__name__}", size=f"{RANDOM_VOTES} elections", figure=f"{same} byte-equal")
    assert same == RANDOM_VOTES
    assert {seed: word for seed, word in verdicts.items() if word != "equal"} == {}


@pytest.mark.slow
@needs_ballots
@each_rule
def test_every_real_vote_is_counted_as_the_engine_counts_it(tmp_path, rule):
    found = {path.stem: bundles.verdict(tmp_path, bundles.bundle(real(path).vote, rule)) for path in PB_FILES}
    assert {stem: each for stem, each in found.items() if each["verdict"] != "equal"} == {}


@each_rule
def test_the_recount_funds_what_the_plain_rule_of_the_tests_funds(tmp_path, rule):
    for seed in range(60):
        made = bundles.without_some(bundles.city_vote(seed), seed)
        found = bundles.verdict(tmp_path, bundles.bundle(made, rule, drawn=False))
        assert funded(found) == plain.funded(made, rule)


def by_the_text(vote: recount.Vote) -> list[int]:
    """Equal shares ballot by ballot, with none of the recount's groups, bounds and common multiples."""
    ballots = [ranking for ranking, many in vote.ballots.items() for _ in range(many)]
    carried, done = [recount.UNIT] * len(ballots), recount.without_cost(vote)
    while True:
        prices = {}
        for p in (p for p in vote.ranked if p not in done and vote.costs[p] <= vote.left(done)):
            backers = [(carried[i], vote.max_ranks - b.index(p)) for i, b in enumerate(ballots) if p in b]
            if sum(units for units, _u in backers) >= vote.need(p):
                prices[p] = least_price(vote.need(p), backers)
        if not prices:
            return recount.runoffs(vote, done)
        winner = min(prices, key=lambda p: (prices[p][0] // (prices[p][1] * recount.COARSE), vote.place[p]))
        done.append(winner)
        num, den = prices[winner]
        for i, ballot in enumerate(ballots):
            if winner in ballot:
                carried[i] -= min(carried[i], num * (vote.max_ranks - ballot.index(winner)) // den)


def least_price(need: int, backers: list[tuple[int, int]]) -> tuple[int, int]:
    """Take whoever cannot pay the price in full out, until everybody who is left can."""
    poor: set[int] = set()
    while True:
        num = need - sum(backers[i][0] for i in poor)
        den = sum(points for i, (_units, points) in enumerate(backers) if i not in poor)
        more = {i for i, (units, points) in enumerate(backers) if units * den < num * points} - poor
        if not more:
            return num, den
        poor |= more


@pytest.mark.slow
def test_equal_shares_in_groups_are_equal_shares_ballot_by_ballot():
    for seed in range(300):
        made = bundles.city_vote(seed)
        rankings = recount.Counter(tuple(c for c in row if c) for row in made.ballots.tolist())
        card = json.loads(bundles.card_of(made, Rule.EQUAL_SHARES, "full", drawn=False))
        counted = recount.vote_of(card, rankings, list(made.lot_order), [])
        assert recount.equal_shares(counted) == by_the_text(counted), seed


def test_the_example_of_the_specification_is_what_the_closed_set_holds():
    example = vote(900, [100, 100, 100], ["ba", "", "bac"])
    _line, records = bundles.closed_set(example, "{}").split(b"\n", 1)
    written = [f"`{records[at : at + 6].hex()}`" for at in range(0, 18, 6)]
    told = (ROOT / "docs" / "counting.md").read_text()
    assert [told.index(record) for record in written] == sorted(told.index(record) for record in written)


def test_the_program_alone_finds_a_bundle_equal_and_prints_the_allocation(tmp_path):
    path = bundles.zipped(tmp_path / "bundle.zip", bundles.bundle(SMALL, Rule.SHARED_BUDGET))
    done = run(ROOT / "verifiers" / "recount.py", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1.      1              6.00              3.00  a" in done.stdout
    assert "4 ballots, 3 of them counting" in done.stdout
    assert "Hold them against the printed report." in done.stdout
    assert done.stdout.endswith("EQUAL: this count gives the allocation in outcome.json.\n")


def test_in_an_unpacked_bundle_its_own_copy_counts_without_arguments(tmp_path):
    for name, content in bundles.bundle(SMALL, Rule.POINTS).items():
        (tmp_path / name).write_bytes(content)
    done = run("recount.py", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["funded"][0] == {"option": 1, "code": "a", "cost_cents": 600, "left_cents": 300}


def test_a_bundle_without_rankings_says_who_can_count_and_counts_with_theirs(tmp_path):
    files, whole = (bundles.bundle(SMALL, Rule.RANKED_CHOICE, level=level) for level in ("totals", "full"))
    path = bundles.zipped(tmp_path / "bundle.zip", files)
    done = run(ROOT / "verifiers" / "recount.py", path)
    assert done.returncode == 3 and "accredited checkers hold the closed ballot set" in done.stdout
    own = tmp_path / "set.bin"
    own.write_bytes(bundles.closed_set(SMALL, files["rule-card.json"].decode()))
    assert run(ROOT / "verifiers" / "recount.py", path, "--ballots", own).returncode == 0
    own.write_bytes(whole[bundles.SET])
    assert run(ROOT / "verifiers" / "recount.py", path, "--ballots", own).returncode == 1


def test_hashes_of_the_report_are_heard(tmp_path):
    files = bundles.bundle(SMALL, Rule.POINTS)
    path, manifest = bundles.zipped(tmp_path / "bundle.zip", files), json.loads(files["manifest.json"])
    options = {"--closed-set": "closed_set_sha256", "--rule-card": "rule_card_sha256", "--outcome": "outcome_sha256"}
    given = [part for option, name in options.items() for part in (option, manifest[name].upper())]
    done = run(ROOT / "verifiers" / "recount.py", path, *given)
    assert done.returncode == 0 and done.stdout.count("(as you gave it)") == 3
    for option in options:
        wrong = run(ROOT / "verifiers" / "recount.py", path, option, "ab" * 32)
        assert wrong.returncode == 1 and f"REFUSED: manifest.json: {options[option]} is" in wrong.stdout


@pytest.mark.slow
@each_rule
def test_fifty_thousand_ballots_on_a_hundred_options_are_counted_within_a_minute(tmp_path, rule):
    made = replace(bundles.city_vote(7, ballots=50_000, options=100, ranks=3), pot_cents=20_000)
    path = bundles.zipped(tmp_path / "bundle.zip", bundles.bundle(made, rule))
    assert run(ROOT / "verifiers" / "recount.py", path).returncode == 0
