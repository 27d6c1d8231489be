"""T38: the tree is RFC 9162's, every honest proof is accepted and every damaged one refused."""

import hashlib
import random
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.tree import merkle
from tests.sizes import size
from tests.voting.tree.reference import consistency, mth, path_to

ENTRIES = [bytes.fromhex(each) for each in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The roots of the first 0 to 8 entries, as in the tests of Certificate Transparency and transparency-dev/merkle."""
A, B, C = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", ROOTS[4], ROOTS[1]
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
G = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
H = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
INCLUSIONS = {(0, 1): [], (0, 8): [F, A, G], (5, 8): [D, E, B], (2, 3): [ROOTS[2]], (1, 5): [C, A, D]}
CONSISTENCIES = {(1, 1): [], (1, 8): [F, A, G], (6, 8): [H, E, B], (2, 5): [A, D]}
PROOFS = size(commit=1_000, night=100_000, release=1_000_000)
MUTANTS = 12
trees = st.lists(st.binary(max_size=40), min_size=1, max_size=70)


@pytest.mark.parametrize("length", range(9))
def test_the_roots_are_the_published_ones(length):
    assert merkle.root(ENTRIES[:length]).hex() == ROOTS[length]


def test_the_proofs_are_the_published_ones():
    for (index, length), path in INCLUSIONS.items():
        assert [step.hex() for step in merkle.inclusion_path(ENTRIES[:length], index)] == path
    for (old, length), path in CONSISTENCIES.items():
        assert [step.hex() for step in merkle.consistency_path(ENTRIES[:length], old)] == path


@given(trees)
def test_the_root_is_the_one_of_the_definition(entries):
    assert merkle.root(entries) == mth(entries) == merkle.root(iter(entries))


@given(trees, st.data())
def test_every_honest_inclusion_is_accepted(entries, data):
    index = data.draw(st.integers(0, len(entries) - 1))
    path = merkle.inclusion_path(entries, index)
    assert path == path_to(entries, index)
    assert merkle.is_included(entries[index], index=index, size=len(entries), path=path, root=mth(entries))


@given(trees, st.data())
def test_every_honest_growth_is_accepted(entries, data):
    old = data.draw(st.integers(0, len(entries)))
    path = merkle.consistency_path(entries, old)
    assert path == consistency(entries, old)
    known = {"old_size": old, "old_root": mth(entries[:old])}
    assert merkle.is_consistent(**known, size=len(entries), root=mth(entries), path=path)


@pytest.mark.parametrize("length", [1, 2, 3, 5, 7, 8, 13])
def test_no_single_flipped_bit_of_a_proof_is_accepted(length):
    entries = [bytes([each]) for each in range(length)]
    for index in range(length):
        proof = _inclusion(entries, index)
        assert merkle.is_included(**proof)
        for damaged in _flipped(proof):
            assert not merkle.is_included(**damaged)
    for old in range(1, length):
        proof = _growth(entries, old)
        assert merkle.is_consistent(**proof)
        for damaged in _flipped(proof):
            assert not merkle.is_consistent(**damaged)


def test_no_other_index_size_or_length_is_accepted_in_small_trees():
    for length in range(1, 18):
        entries = [bytes([each]) for each in range(length)]
        for index in range(length):
            for damaged in _reshaped(_inclusion(entries, index), "index", "size"):
                assert not merkle.is_included(**damaged), (length, index, damaged)
        for old in range(1, length):
            for damaged in _reshaped(_growth(entries, old), "old_size", "size"):
                assert not merkle.is_consistent(**damaged), (length, old, damaged)


@pytest.mark.soak
def test_damaged_proofs_of_random_trees_are_all_refused(figure, seed):
    """T38: at commit size a thousand proofs, each damaged in a dozen ways."""
    chance, count, refused = random.Random(seed), PROOFS, 0
    entries = [chance.randbytes(32) for _ in range(700)]
    for _ in range(count // 2):
        length = chance.randint(2, len(entries))
        inclusion = _inclusion(entries[:length], chance.randrange(length))
        growth = _growth(entries[:length], chance.randrange(1, length))
        assert merkle.is_included(**inclusion) and merkle.is_consistent(**growth)
        refused += sum(not merkle.is_included(**each) for each in _mutants(inclusion, chance, "index"))
        refused += sum(not merkle.is_consistent(**each) for each in _mutants(growth, chance, "old_size"))
    figure("T38", "proofs", size=f"{count:,} proofs", figure=f"all accepted, {refused:,} damaged ones refused")
    assert refused == count * MUTANTS


def test_a_checker_that_ignores_the_size_would_be_noticed(figure):
    """The twin: looking only at the root accepts a proof told for another tree, which this module refuses."""
    entries = [bytes([each]) for each in range(6)]
    (right, left), told = merkle.inclusion_path(entries, 4), {"index": 4, "size": 8}
    top = merkle.node_hash(left, merkle.node_hash(merkle.leaf_hash(entries[4]), right))
    assert top == merkle.root(entries)  # all that the sloppy checker asks, whatever size it is told
    assert not merkle.is_included(entries[4], **told, path=[right, left], root=merkle.root(entries))
    figure("T38", "proofs", twin="a checker that ignores the size accepts a proof told for another tree")


def test_the_root_of_ten_thousand_leaves_takes_no_time_that_a_batch_would_notice(figure):
    entries = [number.to_bytes(32, "big") for number in range(10_000)]
    took = min(timeit.repeat(lambda: merkle.root(entries), number=1, repeat=5))
    figure("T38", "root", size="10,000 leaves", figure=f"{1000 * took:.0f} ms")
    assert took < 1


def test_a_node_never_passes_for_an_entry():
    entries = [bytes([each]) for each in range(4)]
    node = merkle.leaf_hash(entries[0]) + merkle.leaf_hash(entries[1])
    path = [merkle.root(entries[2:])]
    assert not merkle.is_included(node, index=0, size=2, path=path, root=merkle.root(entries))


def test_what_is_not_there_cannot_be_proved():
    for index in (-1, 3):
        with pytest.raises(ValueError):
            merkle.inclusion_path([b"a", b"b", b"c"], index)
    for old in (-1, 4):
        with pytest.raises(ValueError):
            merkle.consistency_path([b"a", b"b", b"c"], old)
    assert not merkle.is_included(b"a", index=0, size=2**80, path=[bytes(32)] * 80, root=bytes(32))


def _inclusion(entries, index):
    path = merkle.inclusion_path(entries, index)
    return {"entry": entries[index], "index": index, "size": len(entries), "path": path, "root": merkle.root(entries)}


def _growth(entries, old):
    known = {"old_size": old, "old_root": merkle.root(entries[:old])}
    path = merkle.consistency_path(entries, old)
    return {**known, "size": len(entries), "root": merkle.root(entries), "path": path}


def _flip(data, bit):
    damaged = bytearray(data)
    damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)


def _flipped(proof):
    for name in ("entry", "root", "old_root"):
        for bit in range(8 * len(proof.get(name, b""))):
            yield {**proof, name: _flip(proof[name], bit)}
    for place, step in enumerate(proof["path"]):
        for bit in range(256):
            yield {**proof, "path": [*proof["path"][:place], _flip(step, bit), *proof["path"][place + 1 :]]}


def _reshaped(proof, *numbers):
    """Wrong numbers that lead to another shape of path, and paths that are shorter, longer or turned round."""
    path = proof["path"]
    yield from ({**proof, "path": each} for each in ([*path, bytes(32)], [bytes(32), *path], [*path, *path[-1:], b""]))
    yield from ({**proof, "path": path[:at] + path[at + 1 :]} for at in range(len(path)))
    if path != path[::-1]:
        yield {**proof, "path": path[::-1]}
    for name in numbers:
        yield from ({**proof, name: proof[name] + change} for change in (-proof[name] - 1, -(2**70), 2**70))


def _mutants(proof, chance, number):
    path, place = proof["path"], chance.randrange(len(proof["path"]))
    step = _flip(path[place], chance.randrange(256))
    yield {**proof, "path": [*path[:place], step, *path[place + 1 :]]}
    yield {**proof, "path": path[:place] + path[place + 1 :]}
    yield {**proof, "path": [*path[:place], chance.randbytes(32), *path[place:]]}
    yield {**proof, "path": [*path[:place], path[place][:-1], *path[place + 1 :]]}
    yield {**proof, "path": [*path, hashlib.sha256(path[-1]).digest()]}
    yield {**proof, "path": [*path, bytes(32)]}
    yield {**proof, "root": _flip(proof["root"], chance.randrange(256))}
    yield {**proof, number: -1}
    yield {**proof, number: proof["size"] + 1}
    yield {**proof, "size": proof["size"] * 2}
    yield {**proof, "size": 0}
    own = "entry" if "entry" in proof else "old_root"
    yield {**proof, own: _flip(proof[own], chance.randrange(8 * len(proof[own])))}
