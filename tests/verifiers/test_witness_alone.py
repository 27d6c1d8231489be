"""witness.py without a network: receipts, proofs and policies from files; its tree is ours, written a second time."""

import ast
import importlib.util
import json
import random
import sys

import pytest

from app.config import ROOT
from app.voting.log.proofs.rules import Proof
from app.voting.sealing import signatures
from app.voting.tree import merkle
from app.voting.tree.heads import COSIGNED, Head
from app.voting.tree.receipts import Receipt
from tests.sizes import size

PROGRAM = ROOT / "verifiers" / "witness.py"
TREE = ast.parse(PROGRAM.read_text(), feature_version=(3, 9))
LOG, VOTE = bytes(32), bytes(range(16))
WITNESSES = {name: bytes([n]) * 32 for n, name in enumerate(("A", "B", "observer"), start=1)}
WELL, BROKEN, UNCLEAR = 0, 1, 3


@pytest.fixture(scope="module")
def witness():
    spec = importlib.util.spec_from_file_location("witness", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    sys.modules["witness"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["witness"]


def policy(**changes):
    lines = [f"log {signatures.public_of(LOG).hex()}"]
    lines += [f"witness {name} {signatures.public_of(seed).hex()}" for name, seed in WITNESSES.items()]
    return "\n".join([*lines, changes.get("group", "group trusted 2 A B observer"), "quorum trusted"])


@pytest.fixture
def files(tmp_path):
    """A receipt, its proof signed by A and the observer, and the policy "2 of {A, B, observer}"."""
    entries = [bytes([each]) * 32 for each in range(11)]
    receipt = Receipt(vote_id=VOTE, leaf=entries[6], nonce=bytes(16)).signed(LOG)
    head = Head(vote_id=VOTE, size=11, root=merkle.root(entries), slot=2_964_000).signed(LOG)
    path = tuple(merkle.inclusion_path(entries, 6))
    public = signatures.public_of(LOG)
    proof = Proof(leaf=entries[6], position=6, path=path, head=head, log_public_key=public)
    signed = [signatures.sign(head.extent, purpose=COSIGNED, seed=WITNESSES[name]) for name in ("A", "observer")]
    cosigned = [{"name": "anything", "public_key": "00" * 32, "signature": each.hex()} for each in signed]
    contents = {"receipt": receipt.as_text(), "proof": proof.as_json(cosigned), "policy": policy()}
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    return tmp_path


def check(witness, files, *more):
    return witness.main(["receipt", str(files / "receipt"), str(files / "proof"), *map(str, more)])


def change(files, name, act):
    found = json.loads((files / name).read_text())
    act(found)
    (files / name).write_text(json.dumps(found))


def test_a_receipt_is_proved_from_two_files(witness, files, capsys):
    assert check(witness, files) == WELL
    assert "number 7 of 11" in capsys.readouterr().out


def test_enough_witnesses_make_the_quorum_and_too_few_do_not(witness, files, capsys):
    assert check(witness, files, "--policy", files / "policy") == WELL
    assert "Signed by A, observer: enough" in capsys.readouterr().out
    change(files, "proof", lambda proof: proof["cosignatures"].pop())
    assert check(witness, files, "--policy", files / "policy") == BROKEN
    (files / "policy").write_text(policy(group="group trusted any A B"))
    assert witness.main(["policy", str(files / "policy"), str(files / "proof")]) == WELL


DAMAGES = {
    "position": lambda proof: proof.update(position=5),
    "beyond": lambda proof: proof.update(position=11),
    "shorter": lambda proof: proof["path"].pop(),
    "longer": lambda proof: proof["path"].append("00" * 32),
    "turned": lambda proof: proof["path"].reverse(),
    "bit": lambda proof: proof["path"].__setitem__(0, "00" * 32),
    "none": lambda proof: proof.update(path=None),
    "leaf": lambda proof: proof.update(leaf="00" * 32),
    "size": lambda proof: proof["head"].update(size=12),
    "root": lambda proof: proof["head"].update(root="00" * 32),
    "vote": lambda proof: proof["head"].update(vote="00" * 16),
    "slot": lambda proof: proof["head"].update(slot="2026-05-04T18:20Z"),
    "signature": lambda proof: proof["head"].update(signature="00" * 64),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_proof_is_refused(witness, files, damage, capsys):
    change(files, "proof", DAMAGES[damage])
    assert check(witness, files, "--policy", files / "policy") == BROKEN
    assert "NOT OK" in capsys.readouterr().err


@pytest.mark.soak
def test_no_character_of_a_receipt_or_proof_can_be_changed(witness, files):
    """T38: whatever one character becomes, nothing is called well that is not the same statement."""
    chance = random.Random(38)
    for name, cared in (("receipt", ("vote", "leaf", "signature")), ("proof", ("leaf", "position", "path", "head"))):
        whole = (files / name).read_text()
        before = witness.fields_of(whole, name)
        for _ in range(size(commit=300, night=20_000)):
            at = chance.randrange(len(whole))
            (files / name).write_text(whole[:at] + chance.choice("0123456789abcdef \":,{}\n") + whole[at + 1 :])
            if check(witness, files, "--log-key", signatures.public_of(LOG).hex()) == WELL:
                after = witness.fields_of((files / name).read_text(), name)
                assert [after[each] for each in cared] == [before[each] for each in cared]
        (files / name).write_text(whole)


def test_a_receipt_of_another_log_is_refused(witness, files):
    other = Receipt(vote_id=VOTE, leaf=bytes([6]) * 32, nonce=bytes(16)).signed(bytes([9]) * 32)
    (files / "receipt").write_text(other.as_text())
    assert check(witness, files, "--policy", files / "policy") == BROKEN


TWICE = f"witness A {'ab' * 32}\nwitness B {'ab' * 32}"
BAD_POLICIES = ("log 00", "witness A", "group g 1 A", "quorum A", "quorum none\nx", "group none 1 none", "§", TWICE)


@pytest.mark.parametrize("text", [*BAD_POLICIES, policy(group="group trusted 4 A B"), policy(group="group A 1 B")])
def test_a_policy_that_is_not_understood_is_refused(witness, files, text, capsys):
    (files / "policy").write_text(text)
    assert witness.main(["policy", str(files / "policy")]) == UNCLEAR
    assert "Nothing can be said" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "[" * 5_000, "\x00", "lamplight-receipt/1"])
def test_files_that_are_none_say_nothing(witness, files, content):
    for name in ("receipt", "proof"):
        kept = (files / name).read_text()
        (files / name).write_text(content)
        assert check(witness, files) == UNCLEAR
        (files / name).write_text(kept)


def test_a_key_is_made_once_and_for_its_owner(witness, tmp_path):
    assert witness.main(["key", str(tmp_path / "key")]) == WELL
    assert oct((tmp_path / "key").stat().st_mode)[-3:] == "600"
    assert witness.main(["key", str(tmp_path / "key")]) == UNCLEAR


@pytest.mark.soak
def test_its_tree_is_the_logs(witness):
    """Two programs that share no line agree on every root, path and growth, and on what is damaged."""
    for length in range(1, size(commit=40, night=200)):
        entries = [bytes([each]) for each in range(length)]
        top = merkle.root(entries)
        assert witness.root_of(entries) == top
        for index in range(length):
            path = merkle.inclusion_path(entries, index)
            assert witness.root_from_path(entries[index], index, length, path) == top
            assert witness.root_from_path(entries[index], index, length, [*path, top]) is None
        for old in range(1, length):
            path, earlier = merkle.consistency_path(entries, old), merkle.root(entries[:old])
            assert witness.roots_from_growth(old, length, earlier, path) == (earlier, top)
            assert witness.roots_from_growth(old, length, earlier, path[:-1]) != (earlier, top)


def test_it_needs_python_and_cryptography_and_nothing_of_the_app():
    named = [alias.name for node in ast.walk(TREE) if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module for node in ast.walk(TREE) if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in named} <= set(sys.stdlib_module_names) | {"cryptography"}
    functions = [node for node in ast.walk(TREE) if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 45] == []
