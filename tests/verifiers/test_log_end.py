"""The end of the public log in a bundle ties the count to the receipts: signed, and every change of it is refused."""

from itertools import product
from random import Random

import pytest

from app.voting.counting.records import Rule
from app.voting.sealing import signatures
from app.voting.tree import merkle
from tests.sizes import size
from tests.verifiers import bundles
from tests.verifiers.bundles import changed, forged, in_form, log_end, verdict
from tests.voting.counting.made import vote
from verifiers import recount

VOTE = vote(900, [600, 300, 300, 900], ["abd", "ab", "cad", "cb", "d", ""])
BALLOTS = len(VOTE.ballots)


@pytest.fixture(scope="module")
def files():
    return bundles.bundle(VOTE, Rule.SHARED_BUDGET, logged=True)


def refusal(path, files, **anchors):
    found = verdict(path, files, **anchors)
    assert found["verdict"] == "refused", found
    return found["reason"]


def with_log(files, change):
    """The bundle with another end of the log, and every hash in it written anew."""
    return forged(files, log=changed(files["log.json"], change, indent=2))


def test_the_end_of_the_log_is_checked_and_told(tmp_path, files):
    found = verdict(tmp_path, files)
    assert (found["verdict"], found["came"], found["envelopes"]) == ("equal", BALLOTS + 2, BALLOTS)
    said = recount.in_words(found, {})
    assert f"ended with {BALLOTS + 4} lines" in said and bundles.LOG_KEY in said and found["log_root"] in said


@pytest.mark.parametrize("level", ["consulted", "totals"])
def test_it_is_checked_where_no_rankings_are_published_too(tmp_path, level):
    files = bundles.bundle(VOTE, Rule.SHARED_BUDGET, level=level, logged=True)
    assert "log_root" in verdict(tmp_path, files)
    assert "not signed" in refusal(tmp_path, with_log(files, lambda log: log["head"].update(size=9)))


def test_a_log_held_to_the_printed_report(tmp_path, files):
    found = verdict(tmp_path, files)
    anchors = {name: found[name] for name in recount.LOG_ANCHORS}
    assert verdict(tmp_path, files, **anchors)["verdict"] == "equal"
    for name in anchors:
        assert recount.LOG_ANCHORS[name] in refusal(tmp_path, files, **{name: "00" * 32})


def test_a_vote_without_a_log_has_none_and_cannot_be_held_to_one(tmp_path):
    files = bundles.bundle(VOTE, Rule.SHARED_BUDGET)
    assert "log_root" not in verdict(tmp_path, files)
    assert "log.json" in refusal(tmp_path, files, log_root="00" * 32)


def test_a_log_that_the_card_names_cannot_be_left_out(tmp_path, files):
    without = {name: content for name, content in files.items() if name != "log.json"}
    assert refusal(tmp_path, without) == "log.json: missing"
    assert "names a public log" in refusal(tmp_path, forged(without))


def test_a_log_of_another_key_is_refused_although_it_is_well_signed(tmp_path, files):
    other = log_end(envelopes=BALLOTS, seed=b"m" * 32)
    assert "log_public_key" in refusal(tmp_path, forged(files, log=in_form(other)))
    assert "not signed" in refusal(tmp_path, forged(files, log=in_form(other | {"log_public_key": bundles.LOG_KEY})))


CHANGES = {
    "a ballot less is said to have come": lambda log: log["closed"].update(note=f"closed {BALLOTS + 1}"),
    "the note stands elsewhere": lambda log: log["closed"].update(position=2),
    "the path is cut": lambda log: log["closed"]["path"].pop(),
    "the path goes on": lambda log: log["closed"]["path"].append("00" * 32),
    "another note": lambda log: log["closed"].update(note="audit-log " + "00" * 32),
    "no note": lambda log: log.pop("closed"),
    "no head": lambda log: log.pop("head"),
    "another size": lambda log: log["head"].update(size=log["head"]["size"] + 1),
    "another root": lambda log: log["head"].update(root="00" * 32),
    "another slot": lambda log: log["head"].update(slot="2026-05-04T18:30Z"),
    "no slot": lambda log: log["head"].update(slot=None),
    "a slot in between": lambda log: log["head"].update(slot="2026-05-04T18:3Z"),
    "another signature": lambda log: log["head"].update(signature="00" * 64),
    "another vote": lambda log: log.update(vote="5f" * 16),
    "another form": lambda log: log.update(format="lamplight-log-end/2"),
    "more envelopes than came": lambda log: log.update(envelopes=BALLOTS + 3),
    "envelopes that gave no ballot": lambda log: log.update(envelopes=BALLOTS + 1),
    "unreadable ones not told": lambda log: log.update(unreadable=1),
    "ballots on paper that are not in the set": lambda log: log.update(on_paper=1),
    "half told": lambda log: log.update(on_paper=None),
    "no count root": lambda log: log.update(count_root=None),
    "text for a number": lambda log: log.update(envelopes=str(BALLOTS)),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_of_the_end_is_refused_although_all_hashes_fit(tmp_path, files, what):
    assert "log" in refusal(tmp_path, with_log(files, CHANGES[what]))


def test_without_the_signature_a_forger_with_all_hashes_would_pass(tmp_path, files, monkeypatch):
    """The twin: the checks above notice nothing of another root and note once nobody looks at signature and path."""
    monkeypatch.setattr(recount, "is_signed", lambda *_anything: True)
    monkeypatch.setattr(recount, "is_under", lambda *_anything: True)
    for what in ("a ballot less is said to have come", "another root", "another signature"):
        assert verdict(tmp_path, with_log(files, CHANGES[what]))["verdict"] == "equal"


def test_where_few_voted_in_one_way_the_two_are_not_told_apart(tmp_path, files):
    found = verdict(tmp_path, with_log(files, lambda log: log.update(envelopes=None, on_paper=None)))
    assert found["verdict"] == "equal" and "so not told apart" in recount.in_words(found, {})


def one_bit_else(data: bytes, chance: Random) -> bytes:
    bit = 1 << chance.randrange(8 * len(data))
    return (int.from_bytes(data, "big") ^ bit).to_bytes(len(data), "big")


@pytest.mark.soak
def test_signatures_are_judged_as_by_the_library(figure, seed):
    chance, tries = Random(seed), size(commit=25, night=2000)
    told = []
    for _ in range(tries):
        secret, said = chance.randbytes(32), chance.randbytes(chance.randrange(80))
        public, signature = signatures.public_of(secret), signatures.sign(said, purpose="k/1", seed=secret)
        damaged = [(one_bit_else(signature, chance), public), (signature, one_bit_else(public, chance))]
        for given, key in ((signature, public), *damaged):
            mine = recount.is_signed(b"k/1", said, given, key)
            assert mine is signatures.is_signed(said, given, purpose="k/1", public=key)
            told.append(mine)
    assert told.count(True) == tries
    figure("T39", "log's end: Ed25519", size=f"{3 * tries} signatures", figure="0 judged otherwise than by the library")


def test_a_signature_with_a_number_too_large_is_none():
    """It would be a second signature under the same statement (RFC 8032, 5.1.7)."""
    signature = signatures.sign(b"x", purpose="k/1", seed=b"s" * 32)
    number = int.from_bytes(signature[32:], "little") + recount.ORDER
    again = signature[:32] + number.to_bytes(32, "little")
    assert not recount.is_signed(b"k/1", b"x", again, signatures.public_of(b"s" * 32))


def test_a_line_is_found_under_its_root_and_nowhere_else():
    for lines in range(1, 20):
        leaves = [bytes([n]) * 32 for n in range(lines)]
        root = merkle.root(leaves)
        for index, other in product(range(lines), repeat=2):
            path = merkle.inclusion_path(leaves, index)
            assert recount.is_under(leaves[index], other, lines, path, root) is (index == other)
