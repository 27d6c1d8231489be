"""A changed bundle is refused with the reason; where a forger rewrote every hash, the printed report is the anchor."""

import json
from collections import Counter
from hashlib import sha256
from random import Random

import pytest

from app.voting.counting.closed_set import from_bytes, to_bytes
from app.voting.counting.lots import lot_order
from app.voting.counting.records import Rule
from tests.verifiers import bundles
from tests.verifiers.bundles import SET, changed, forged, verdict
from tests.voting.counting.made import vote
from verifiers import recount

VOTE = vote(900, [600, 300, 300, 900], ["abd", "ab", "cad", "cb", "d", ""])
TRIES = 200


@pytest.fixture(scope="module")
def files():
    return bundles.bundle(VOTE, Rule.SHARED_BUDGET)


def hashes_of(files):
    manifest = json.loads(files["manifest.json"])
    return {name: manifest[name] for name in recount.HASHES}


def with_one_byte_changed(files, seed):
    draw = Random(seed)
    name = sorted(files)[seed % len(files)]
    content = bytearray(files[name])
    content[draw.randrange(len(content))] ^= draw.randrange(1, 256)
    return name, {**files, name: bytes(content)}


def numbers_in(value, path=()):
    """The places of all whole numbers in JSON content."""
    if type(value) is int:
        yield path
    for key, part in value.items() if type(value) is dict else enumerate(value) if type(value) is list else ():
        yield from numbers_in(part, (*path, key))


def with_one_number_changed(files, seed):
    """A number of rule card, lot, outcome or manifest is another one, and all hashes are written anew."""
    draw = Random(seed)
    kind, name = draw.choice([("card", "rule-card.json"), ("lot", "lot.json"), ("outcome", "outcome.json")])
    place = draw.choice(list(numbers_in(json.loads(files[name]))))

    def change(content):
        *outer, last = place
        for key in outer:
            content = content[key]
        content[last] += draw.choice((-1, 1, 100, -100))

    return name, place, forged(files, **{kind: changed(files[name], change, indent=2 if kind == "lot" else None)})


def test_one_changed_byte_is_refused_and_the_file_named(tmp_path, files):
    for seed in range(TRIES):
        name, broken = with_one_byte_changed(files, seed)
        found = verdict(tmp_path, broken)
        assert found["verdict"] == "refused", (name, seed)
        if name != "manifest.json":
            assert found["reason"].startswith(f"{name}: SHA-256 is"), (name, seed)


def test_one_changed_number_is_refused_by_the_hashes_of_the_report_though_all_in_the_bundle_fit(tmp_path, files):
    for seed in range(TRIES):
        name, place, broken = with_one_number_changed(files, seed)
        found = verdict(tmp_path, broken, **hashes_of(files))
        assert found["verdict"] == "refused", (name, place)


def test_without_the_report_only_numbers_that_no_count_uses_can_be_changed(tmp_path, files):
    passed = Counter()
    for seed in range(TRIES):
        name, place, broken = with_one_number_changed(files, seed)
        if verdict(tmp_path, broken)["verdict"] == "equal":
            passed[name, place[0]] += 1
    assert {part for name, part in passed if name == "outcome.json"} <= {"events", "funded", "reasons"}
    assert {name for name, _part in passed} == {"outcome.json"}


def test_a_bundle_whose_checks_are_taken_out_lets_changed_bytes_through(tmp_path, files, monkeypatch):
    """The twin: it is the check of the manifest that refuses them."""
    monkeypatch.setattr(recount, "check_manifest", lambda *_: None)
    tried = [verdict(tmp_path, with_one_byte_changed(files, seed)[1])["verdict"] for seed in range(50)]
    assert tried.count("equal") > 10


def another_ballot(files):
    """The first ballot that is not blank becomes blank; everything that follows from the set is made anew."""
    closed = from_bytes(files[SET])
    closed.ballots[closed.ballots[:, 0].argmax()] = 0
    return to_bytes(closed)


def lot_of(ballots):
    """What lot.json says with another closed set."""
    set_hash = sha256(ballots).hexdigest()
    start, numbers = bytes.fromhex(set_hash) + bundles.SEED, range(1, len(VOTE.options) + 1)
    values = {number: sha256(start + number.to_bytes(4, "big")).hexdigest() for number in numbers}
    order = lot_order(bytes.fromhex(set_hash), bundles.SEED, numbers)
    return lambda lot: lot.update(
        closed_set_sha256=set_hash, order=[{"option": number, "value": values[number]} for number in order]
    )


def test_a_changed_ballot_contradicts_the_lot(tmp_path, files):
    found = verdict(tmp_path, forged(files, ballots=another_ballot(files)))
    assert found["reason"].startswith("lot.json: closed_set_sha256 is")


def test_a_changed_ballot_with_its_own_lot_contradicts_the_outcome(tmp_path, files):
    ballots = another_ballot(files)
    found = verdict(tmp_path, forged(files, ballots=ballots, lot=changed(files["lot.json"], lot_of(ballots), indent=2)))
    assert found["verdict"] == "differs"
    assert "counting_ballots: 4 in this count, 5 in outcome.json" in found["differences"]


def test_a_bundle_forged_from_end_to_end_is_caught_by_the_printed_hash_and_by_nothing_else(tmp_path, files):
    other = bundles.bundle(vote(900, [600, 300, 300, 900], ["d"] * 6, max_ranks=3), Rule.SHARED_BUDGET)
    assert verdict(tmp_path, other)["verdict"] == "equal"
    printed = hashes_of(files)
    found = verdict(tmp_path, other, closed_set_sha256=printed["closed_set_sha256"])
    given = f"but must be '{printed['closed_set_sha256']}'"
    assert found["verdict"] == "refused" and found["reason"].endswith(given)


def test_a_recount_that_hears_no_printed_hash_finds_the_forgery_equal(tmp_path, files, monkeypatch):
    """The twin of the anchor."""
    other = bundles.bundle(vote(900, [600, 300, 300, 900], ["d"] * 6, max_ranks=3), Rule.SHARED_BUDGET)
    monkeypatch.setattr(recount, "check_anchors", lambda *_: None)
    assert verdict(tmp_path, other, **hashes_of(files))["verdict"] == "equal"


def dearer(number):
    def change(card):
        card["options"][number - 1]["cost_cents"] += 1

    return change


def swap_funded(outcome):
    outcome["funded"].reverse()


def drop_funded(outcome):
    outcome["funded"].pop()


def leave_out(outcome):
    gone = outcome["funded"].pop()
    outcome["left_cents"] += gone["cost_cents"]
    outcome["reasons"][gone["option"] - 1]["code"] = "not_enough_left"


def other_seed(lot):
    lot["seed"] = "00" * 32


def dearer_pot(card):
    card["spendable_cents"] += 1


def withdraw(manifest):
    manifest.update(result=2, withdrawn=[4])


FORGERIES = {
    "a cost": ("card", "rule-card.json", dearer(1), "closed-ballot-set.bin: rule_card is"),
    "a funded option's cost": ("card", "rule-card.json", dearer(3), "outcome.json: cost_cents is 300"),
    "the pot": ("card", "rule-card.json", dearer_pot, "outcome.json: pot_cents is 900"),
    "the seed": ("lot", "lot.json", other_seed, "lot.json: the commitment of its seed is"),
    "the lot order": ("lot", "lot.json", lambda lot: lot["order"].reverse(), "lot.json: order is"),
    "a shorter list": ("outcome", "outcome.json", drop_funded, "outcome.json: left_cents is"),
    "what was withdrawn": ("manifest", "manifest.json", withdraw, "outcome.json: the list of withdrawn options is []"),
    "which count it is": (
        "manifest",
        "manifest.json",
        lambda manifest: manifest.update(result=2),
        "manifest.json: result 2 cannot have [] withdrawn",
    ),
    "the level": (
        "manifest",
        "manifest.json",
        lambda manifest: manifest.update(publication_level="totals"),
        "closed-ballot-set.bin: no part of a bundle of level totals",
    ),
}


def forgery(files, what):
    kind, name, change, reason = FORGERIES[what]
    indent = 2 if kind in ("lot", "manifest") else None
    return forged(files, **{kind: changed(files[name], change, indent=indent)}), reason


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forgery_with_all_hashes_rewritten_still_contradicts_itself(tmp_path, files, what):
    broken, reason = forgery(files, what)
    found = verdict(tmp_path, broken)
    assert found["verdict"] == "refused" and found["reason"].startswith(reason), found


@pytest.mark.parametrize("what", ["a cost", "the seed", "the lot order"])
def test_a_recount_that_holds_nothing_against_each_other_finds_it_equal(tmp_path, files, monkeypatch, what):
    """The twin: it is holding the parts against each other that finds them."""
    monkeypatch.setattr(recount, "hold", lambda *_: None)
    assert verdict(tmp_path, forgery(files, what)[0])["verdict"] == "equal"


@pytest.mark.parametrize("change", [swap_funded, leave_out])
def test_another_allocation_differs_from_the_recount(tmp_path, files, change):
    found = verdict(tmp_path, forged(files, outcome=changed(files["outcome.json"], change)))
    assert found["verdict"] == "differs"
    assert any(line.startswith("option funded at place") for line in found["differences"])


def test_a_recount_without_an_option_is_held_to_what_was_withdrawn(tmp_path):
    made = bundles.replace(VOTE, withdrawn=frozenset({1}))
    files = bundles.bundle(made, Rule.SHARED_BUDGET)
    assert verdict(tmp_path, files)["verdict"] == "equal"
    other = changed(files["manifest.json"], lambda m: m.update(withdrawn=[2]), indent=2)
    found = verdict(tmp_path, forged(files, manifest=other))
    assert found["reason"].startswith("outcome.json: the list of withdrawn options is [1], but must be [2]")


def test_an_imported_vote_is_held_to_the_order_on_its_rule_card(tmp_path):
    files = bundles.bundle(VOTE, Rule.POINTS, drawn=False)
    assert verdict(tmp_path, files)["verdict"] == "equal"
    other = changed(files["lot.json"], lambda lot: lot["order"].reverse(), indent=2)
    assert verdict(tmp_path, forged(files, lot=other))["reason"].startswith("rule-card.json: lot_order is [1, 2, 3, 4]")
