"""T39 below level full: a changed bundle is refused with its reason, and what can be followed is followed."""

import json
from collections import Counter
from random import Random

import pytest

from app.voting.counting.records import Rule
from tests.sizes import size
from tests.verifiers import bundles
from tests.verifiers.bundles import SET, changed, forged, verdict
from tests.verifiers.test_hostile import places, refusal, with_strange_values
from tests.verifiers.test_refusals import numbers_in, with_one_byte_changed
from tests.voting.counting.made import random_vote
from tests.voting.results.publication.elections import simulated
from verifiers import recount

TRIES = size(commit=200, night=2_000, release=20_000)
VOTES = size(commit=24, night=1_000, release=10_000)
LEVELS = ("consulted", "totals")
FITS = ("runoffs-equal", "totals-fit")
each_level = pytest.mark.parametrize("level", LEVELS)
each_rule = pytest.mark.parametrize("rule", Rule)
VOTE = simulated(8)


@pytest.fixture(scope="module", params=LEVELS)
def files(request):
    return bundles.bundle(VOTE, Rule.RANKED_CHOICE, level=request.param)


def hashes_of(files):
    manifest = json.loads(files["manifest.json"])
    paths = {"paths_sha256": manifest["files"]["paths.json"]} if "paths.json" in files else {}
    return {name: manifest[name] for name in recount.HASHES} | paths


def with_one_number_changed(files, seed, kinds):
    """A number of one file is another one, and all hashes in the bundle are written anew."""
    draw = Random(seed)
    kind = draw.choice([kind for kind in kinds if f"{kind}.json" in files])
    content = json.loads(files[f"{kind}.json"])
    *outer, last = place = draw.choice(list(numbers_in(content)))
    inner = content
    for key in outer:
        inner = inner[key]
    inner[last] += draw.choice((-1, 1, 2, 10, -10))
    text = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    return kind, place, forged(files, **{kind: text})


@pytest.mark.soak
@each_rule
@each_level
def test_random_votes_are_followed_through_what_is_published(tmp_path, rule, level):
    found = Counter()
    for seed in range(VOTES):
        for make in (random_vote, bundles.city_vote, simulated)[: 3 if seed % 4 == 0 else 2]:
            made = bundles.without_some(make(seed), seed)
            found[verdict(tmp_path, bundles.bundle(made, rule, level=level, drawn=seed % 5 > 0))["verdict"]] += 1
    assert set(found) <= set(FITS), found
    assert (found["runoffs-equal"] > VOTES // 2) == (level == "consulted" and rule is not Rule.POINTS)


@pytest.mark.soak
def test_one_changed_byte_is_refused_and_the_file_named(tmp_path, files, figure):
    named = 0
    for seed in range(TRIES):
        name, broken = with_one_byte_changed(files, seed)
        found = verdict(tmp_path, broken)
        assert found["verdict"] == "refused", (name, seed)
        named += name == "manifest.json" or found["reason"].startswith(f"{name}: SHA-256 is")
    level = json.loads(files["manifest.json"])["publication_level"]
    figure("T39", f"changed bytes, {level}", size=f"{TRIES} bundles", figure=f"{named} refused with the reason")
    assert named == TRIES


@pytest.mark.soak
def test_one_changed_number_is_refused_by_the_hashes_of_the_report(tmp_path, files):
    for seed in range(TRIES):
        kind, place, broken = with_one_number_changed(files, seed, ("outcome", "paths"))
        assert f"manifest.json: {kind}_sha256 is" in refusal(tmp_path, broken, **hashes_of(files)), place


@pytest.mark.soak
def test_without_the_report_a_number_of_the_paths_contradicts_the_totals(tmp_path):
    files = bundles.bundle(VOTE, Rule.RANKED_CHOICE, level="consulted")
    for seed in range(TRIES):
        _kind, place, broken = with_one_number_changed(files, seed, ("paths",))
        assert refusal(tmp_path, broken).startswith("paths.json: "), place


@pytest.mark.soak
def test_without_the_report_only_numbers_that_no_step_depends_on_can_be_changed(tmp_path, files, figure):
    passed = Counter()
    for seed in range(TRIES):
        _kind, place, broken = with_one_number_changed(files, seed, ("outcome",))
        if verdict(tmp_path, broken)["verdict"] != "refused":
            passed[tuple(part for part in place if type(part) is str)] += 1
    level = json.loads(files["manifest.json"])["publication_level"]
    figure(
        "T39",
        f"numbers, hashes rewritten, {level}",
        size=f"{TRIES} bundles",
        figure=f"{TRIES - passed.total()} refused",
    )
    assert passed.total() < TRIES / 4, passed


@pytest.mark.parametrize("taken_out", ["follow", "check_paths"])
def test_a_recount_that_does_not_follow_lets_them_through(tmp_path, monkeypatch, taken_out, figure):
    """The twin."""
    files = bundles.bundle(VOTE, Rule.RANKED_CHOICE, level="consulted")
    whole, found = recount.follow, Counter()

    def unfollowed(card, outcome, order, withdrawn):
        return whole(card, json.loads(files["outcome.json"]), order, withdrawn)

    monkeypatch.setattr(recount, taken_out, unfollowed if taken_out == "follow" else lambda *_: None)
    kinds = ("outcome",) if taken_out == "follow" else ("paths",)
    for seed in range(50):
        found[verdict(tmp_path, with_one_number_changed(files, seed, kinds)[2])["verdict"]] += 1
    figure("T39", f"without {taken_out}", twin=f"{50 - found['refused']} of 50 let through")
    assert found["refused"] < 25, found


@pytest.mark.soak
@each_rule
@pytest.mark.parametrize("kind", ["outcome", "paths"])
def test_a_value_of_any_kind_at_any_place_gives_a_verdict(tmp_path, rule, kind):
    files = bundles.bundle(simulated(4), rule, level="consulted")
    content = json.loads(files[f"{kind}.json"])
    assert len(list(places(content))) > 1
    for seed in range(size(commit=80, night=3_000)):
        strange = json.loads(files[f"{kind}.json"])
        with_strange_values(strange, kind, seed)
        text = json.dumps(strange, sort_keys=True, separators=(",", ":")).encode()
        found = verdict(tmp_path, forged(files, **{kind: text}))
        assert found["verdict"] in ("refused", *FITS)
        assert recount.in_words(found, {}).replace("\n", "").isprintable()


def set_votes(outcome):
    """The loser of the first count gets all ballots of the winner, as if the totals told another story."""
    event = next(e for e in outcome["events"] if e["kind"] == "support" and e["phase"] == "runoffs")
    event["numbers"]["votes"].sort(key=lambda row: row[0])
    event["numbers"]["votes"][0][1] += 500


def another_winner(outcome):
    first, second = outcome["funded"][:2]
    outcome["funded"][:2] = [second, first]


def smaller(paths):
    paths["smallest"] = 5


def small_path(paths):
    next(each for each in paths["runoffs"] if each["paths"])["paths"][0]["ballots"] = 9


def no_walk(paths):
    path = next(each for each in paths["runoffs"] if each["paths"])["paths"][0]
    path["options"] = [path["options"][0]] * 2


FORGERIES = {
    "votes": ("outcome", set_votes, "outcome.json: "),
    "the order of funding": ("outcome", another_winner, "outcome.json: the order of funding is"),
    "the size of a group": ("paths", smaller, "paths.json: smallest is 5, but must be 10"),
    "a small group": ("paths", small_path, "paths.json: the ballots of "),
    "a path nobody can walk": ("paths", no_walk, "paths.json: ("),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forgery_with_all_hashes_rewritten_still_contradicts_itself(tmp_path, what):
    kind, change, reason = FORGERIES[what]
    files = bundles.bundle(VOTE, Rule.RANKED_CHOICE, level="consulted")
    assert refusal(tmp_path, forged(files, **{kind: changed(files[f"{kind}.json"], change)})).startswith(reason)


@each_level
def test_a_checker_with_the_ballots_counts_the_whole(tmp_path, level):
    files, whole = (bundles.bundle(VOTE, Rule.SHARED_BUDGET, level=each) for each in (level, "full"))
    own = tmp_path / "set.bin"
    own.write_bytes(bundles.closed_set(VOTE, files["rule-card.json"].decode()))
    path = bundles.zipped(tmp_path / "bundle.zip", files)
    assert recount.recount(path, {}, own)["verdict"] == "equal"
    own.write_bytes(whole[SET])
    assert recount.recount(path, {}, own)["verdict"] == "refused"


def test_it_says_what_it_checked_and_what_not(tmp_path):
    for rule, level, said, unsaid in (
        (Rule.SHARED_BUDGET, "totals", "Not checked: how supporters paid together", "counted again from the published"),
        (Rule.RANKED_CHOICE, "consulted", "counted again from the published paths", "how supporters paid"),
        (Rule.POINTS, "totals", "lead to exactly these projects", "how supporters paid"),
    ):
        words = recount.in_words(verdict(tmp_path, bundles.bundle(VOTE, rule, level=level)), {})
        assert said in words and unsaid not in words
        assert "only whoever holds the ballots can check that" in words
