#!/usr/bin/env python3
"""Watch the public log of a Lamplight vote, and check a receipt, with Python 3.9 or newer and `cryptography`.

    python3 witness.py key KEYFILE
        make a key of your own (once) and print its public half, which the vote's board enters for you
    python3 witness.py watch URL --key KEYFILE --state STATEFILE [--policy FILE] [--seen FILE …] [--leaves]
        URL is the log's address, like https://site.example/log/3. Fetch the newest head; check its signature, that it
        only adds to the last one you saw (kept in STATEFILE) and to every head in --seen (another witness's state
        file, a head copied from a printed report); then sign it and send the signature. --leaves reads the whole log.
    python3 witness.py receipt RECEIPT PROOF [--policy FILE] [--log-key HEX]
        check, without any network, a receipt and the proof downloaded from its page
    python3 witness.py policy FILE [HEADFILE]
        check a policy, and whether enough of its witnesses signed the head in HEADFILE (a saved head.json or proof)

A policy says which key is the log's and whose signatures are enough, in the manner of sigsum, a line each:

    log 5e1f…
    witness A 91c0…
    witness B 02ab…
    witness observer 77de…
    group trusted 2 A B observer
    quorum trusted

Exit codes: 0 all is well; 1 the log broke its word or a check failed, and the evidence is printed; 2 the command is
mistyped; 3 nothing can be said: no answer, or a file or answer that cannot be read.

It shares no line with the program that runs the log: it is written from docs/log.md in the source of Lamplight.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HEAD, RECEIPT, COSIGNATURE = "lamplight-tree-head/1", "lamplight-receipt/1", "lamplight-cosignature/1"
PROOF, NOTE = "lamplight-proof/1", b"lamplight-log-note/1"
PATIENCE, MOST_BYTES = 30, 64 * 2**20
AHEAD = 1800  # seconds that a head's slot may lie in the future: clocks differ


class Broken(Exception):
    """The log broke its word, or a check failed; the message is what there is to show."""


class Unclear(Exception):
    """Nothing can be said either way."""


@dataclass(frozen=True)
class Head:
    """A signed head as it is written down."""

    vote: bytes
    size: int
    root: bytes
    slot: str
    signature: bytes

    @property
    def extent(self) -> bytes:
        return self.vote + self.size.to_bytes(8, "big") + self.root

    @property
    def seconds(self) -> int:
        return int(datetime.strptime(self.slot, "%Y-%m-%dT%H:%MZ").replace(tzinfo=timezone.utc).timestamp())

    @property
    def message(self) -> bytes:
        return self.extent + (self.seconds // 600).to_bytes(8, "big")

    @property
    def values(self) -> dict:
        return {
            "format": HEAD,
            "vote": self.vote.hex(),
            "size": self.size,
            "root": self.root.hex(),
            "slot": self.slot,
            "signature": self.signature.hex(),
        }

    def __str__(self) -> str:
        return f"{self.size} lines, root {self.root.hex()}, {self.slot}, signature {self.signature.hex()}"


@dataclass
class Policy:
    """Whose log it is and whose signatures are enough."""

    log: bytes = b""
    witnesses: dict[str, bytes] = field(default_factory=dict)
    groups: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    quorum: str = "none"

    def is_met(self, signed: set[str], name: str | None = None) -> bool:
        """Whether the witnesses named in `signed` are enough."""
        name = self.quorum if name is None else name
        if name == "none":
            return True
        if name in self.witnesses:
            return name in signed
        least, members = self.groups[name]
        return sum(self.is_met(signed, member) for member in members) >= least


# Hashes and signatures: RFC 9162 section 2.1, Ed25519 over a named purpose.


def statement(purpose: str, message: bytes) -> bytes:
    return bytes([len(purpose)]) + purpose.encode() + message


def is_signed(public: bytes, signature: bytes, purpose: str, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, statement(purpose, message))
    except (InvalidSignature, ValueError):
        return False
    return True


def entry_hash(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def pair_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def root_of(entries: list[bytes]) -> bytes:
    """The root, level by level: neighbors are paired, and one without a neighbor goes up as it is."""
    level = [entry_hash(entry) for entry in entries]
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [pair_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)] + odd
    return level[0] if level else sha256().digest()


def root_from_path(entry: bytes, position: int, size: int, path: list[bytes]) -> bytes | None:
    """The root to which a path leads; None where it has another length than this place in this tree asks for."""
    top, steps = entry_hash(entry), list(path)
    while size > 1:
        if position % 2 or position + 1 < size:  # there is a neighbor at this level
            if not steps:
                return None
            step = steps.pop(0)
            top = pair_hash(step, top) if position % 2 else pair_hash(top, step)
        position, size = position // 2, (size + 1) // 2
    return None if steps else top


def roots_from_growth(old: int, new: int, old_root: bytes, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots that a consistency path leads to; None where its length is wrong. Needs 0 < old < new."""
    steps, position, last = list(path), old - 1, new - 1
    while position % 2:
        position, last = position // 2, last // 2
    if position:
        if not steps:
            return None
        first = steps.pop(0)
    else:
        first = old_root
    earlier = later = first
    while last:
        if position % 2 or position < last:
            if not steps:
                return None
            step = steps.pop(0)
            if position % 2:
                earlier, later = pair_hash(step, earlier), pair_hash(step, later)
            else:
                later = pair_hash(later, step)
        position, last = position // 2, last // 2
    return None if steps else (earlier, later)


# Reading what others wrote: nothing is believed that is not spelled as it must be.


def hex_of(value: object, length: int, name: str) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{2 * length}}}", value):
        raise Unclear(f"{name} is not {2 * length} hexadecimal digits")
    return bytes.fromhex(value)


def number_of(value: object, name: str) -> int:
    if isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,17}", value, re.ASCII):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**62:
        raise Unclear(f"{name} is not a whole number")
    return value


def fields_of(text: str, where: str) -> dict:
    """A file as text lines or as JSON, as a dictionary."""
    if text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            raise Unclear(f"{where} is not JSON") from None
        if not isinstance(found, dict):
            raise Unclear(f"{where} is not what it should be")
        return found
    kind, *lines = text.strip().splitlines() or [""]
    return {"format": kind, **dict(line.partition(": ")[::2] for line in lines)}


def head_of(found: object, where: str) -> Head:
    if not isinstance(found, dict) or found.get("format", HEAD) != HEAD:
        raise Unclear(f"{where} holds no signed head")
    slot = found.get("slot")
    if not isinstance(slot, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d0Z", slot, re.ASCII):
        raise Unclear(f"{where}: the slot is not a moment like 2026-05-04T18:20Z")
    head = Head(
        hex_of(found.get("vote"), 16, f"{where}: vote"),
        number_of(found.get("size"), f"{where}: size"),
        hex_of(found.get("root"), 32, f"{where}: root"),
        slot,
        hex_of(found.get("signature"), 64, f"{where}: signature"),
    )
    try:
        return head if head.seconds >= 0 else head_of(None, where)
    except ValueError:
        raise Unclear(f"{where}: there is no such moment as {slot}") from None


def read_file(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, ValueError) as reason:
        raise Unclear(f"{path} cannot be read: {reason}") from None


def head_in(path: str) -> Head:
    """The head in a head's file, a saved head.json, a proof, or another witness's state file."""
    found = fields_of(read_file(path), path)
    return head_of(found if found.get("format") == HEAD else found.get("head"), path)


def policy_in(path: str | None) -> Policy:
    policy = Policy()
    for number, line in enumerate(read_file(path).splitlines() if path else [], start=1):
        words = line.split("#")[0].split()
        if words and not _understood(policy, words):
            raise Unclear(f"{path}, line {number}: this is not understood: {line.strip()}")
    return policy


def _understood(policy: Policy, words: list[str]) -> bool:
    known = {**policy.witnesses, **policy.groups}
    kind, rest = words[0], words[1:]
    is_new = bool(rest) and rest[0] not in known and rest[0] != "none"
    if kind == "log" and len(rest) == 1 and not policy.log:
        policy.log = hex_of(rest[0], 32, "log")
    elif kind == "witness" and len(rest) == 2 and is_new:
        key = hex_of(rest[1], 32, f"witness {rest[0]}")
        if key in policy.witnesses.values():
            return False  # one witness under two names would count twice
        policy.witnesses[rest[0]] = key
    elif kind == "group" and len(rest) > 2 and is_new and set(rest[2:]) <= set(known):
        members = list(dict.fromkeys(rest[2:]))
        least = {"any": 1, "all": len(members)}.get(rest[1]) or (int(rest[1]) if rest[1].isdecimal() else 0)
        policy.groups[rest[0]] = (least, members)
        return 1 <= least <= len(members)
    elif kind == "quorum" and len(rest) == 1 and policy.quorum == "none" and rest[0] in [*known, "none"]:
        policy.quorum = rest[0]
    else:
        return False
    return True


def signers(policy: Policy, head: Head, found: dict) -> set[str]:
    """Which of the policy's witnesses signed this head; names and keys of the file itself are not believed."""
    listed = found.get("cosignatures")
    sent = [each.get("signature") for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    raw = [bytes.fromhex(each) for each in sent if isinstance(each, str) and re.fullmatch(r"[0-9a-f]{128}", each)]
    return {
        name
        for name, key in policy.witnesses.items()
        if any(is_signed(key, signature, COSIGNATURE, head.extent) for signature in raw)
    }


# Over the network.


def fetch(url: str, body: dict | None = None) -> dict:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"} if data else {})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return fields_of(answer.read(MOST_BYTES).decode(), url)
    except urllib.error.HTTPError as refusal:
        text = refusal.read(10_000).decode(errors="replace")
        said = fields_of(text, url).get("error") if text.lstrip().startswith("{") else None
        raise Unclear(f"{url} answers {refusal.code}: {said or refusal.reason}") from None
    except (OSError, ValueError) as reason:
        raise Unclear(f"{url} gives no answer: {reason}") from None


def ensure_grown(url: str, old: Head, new: Head, whose: str) -> None:
    """The log must prove that `new` only adds to `old`. Anything else is a fork; both heads are the evidence."""
    both = f"\n  {whose}: {old}\n  now:  {new}"
    if old.size == new.size:
        if old.root != new.root:
            raise Broken(f"SPLIT VIEW: two signed heads of one size and different content.{both}")
        return
    if old.size > new.size:
        raise Broken(f"ROLLBACK: the log is shorter than it has been.{both}")
    try:
        found = fetch(f"{url}/consistency.json?from={old.size}&size={new.size}")
    except Unclear as reason:
        if " answers 4" not in str(reason):
            raise
        raise Broken(f"FORK: the log does not prove that it only grew ({reason}).{both}") from None
    listed = found.get("path")
    path = [hex_of(step, 32, "path") for step in listed] if isinstance(listed, list) else []
    roots = roots_from_growth(old.size, new.size, old.root, path) if old.size else (old.root, new.root)
    if roots != (old.root, new.root):
        raise Broken(f"FORK: what was in the log before is not the beginning of what is in it now.{both}")


def ensure_leaves(url: str, head: Head) -> str:
    """Read every line: together they must give the root, notes must be what they say, no ballot after the close."""
    lines: list[dict] = []
    while len(lines) < head.size:
        found = fetch(f"{url}/leaves.json?from={len(lines)}").get("leaves")
        if not isinstance(found, list) or not found:
            raise Broken(f"the log signed {head.size} lines and shows {len(lines)}\n  {head}")
        lines += [each for each in found if isinstance(each, dict)] or [{}]
    leaves = [hex_of(each.get("leaf"), 32, "leaf") for each in lines[: head.size]]
    if root_of(leaves) != head.root:
        raise Broken(f"the lines in the log are not those that it signed\n  {head}")
    ballots, closed = 0, False
    for place, (leaf, line) in enumerate(zip(leaves, lines), start=1):
        note = line.get("note")
        if isinstance(note, str):
            if sha256(NOTE + head.vote + note.encode()).digest() != leaf:
                raise Broken(f"line {place} is not the note that it is said to be: {note}")
            if note.startswith("closed ") and note != f"closed {ballots}":
                raise Broken(f"line {place} says “{note}”, but {ballots} ballots stand before it")
            closed = closed or note.startswith("closed ")
        elif closed:
            raise Broken(f"LATE APPEND: line {place} is a ballot after the close")
        else:
            ballots += 1
    return f"{ballots} ballots, {head.size - ballots} notes" + (", closed" if closed else "")


# The commands.


def make_key(path: str) -> int:
    secret = os.urandom(32)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secret.hex() + "\n")
    except OSError as reason:
        raise Unclear(f"{path} cannot be made: {reason}") from None
    print(f"Your public key, for the board of the vote to enter:\n{public_of(secret).hex()}")
    return 0


def public_of(secret: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def watch(url: str, key_file: str | None, state_file: str, policy_file: str | None, seen: list[str], deep: bool) -> int:
    url, policy = url.rstrip("/"), policy_in(policy_file)
    secret = hex_of(read_file(key_file).strip(), 32, key_file) if key_file else None
    state = fields_of(read_file(state_file), state_file) if Path(state_file).exists() else {}
    found = fetch(f"{url}/head.json")
    if found.get("head") is None and not state:
        raise Unclear("the log has no head yet")
    head = head_of(found.get("head"), url)
    log = policy.log or (hex_of(state.get("log_public_key"), 32, "log key") if state else b"")
    if not log:
        log = hex_of(found.get("log_public_key"), 32, "log key")
        print(f"First look. The log signs with {log.hex()}: compare this with the rule card.")
    if not is_signed(log, head.signature, HEAD, head.message):
        raise Broken(f"the head is not signed by the log’s key {log.hex()}\n  {head}")
    if head.seconds > datetime.now(timezone.utc).timestamp() + AHEAD:
        raise Broken(f"the head is signed for a time that has not come\n  {head}")
    others = [(path, head_in(path)) for path in seen]
    last = [("seen", head_of(state.get("head"), state_file))] if state else []
    for whose, old in last + others:
        if old.vote != head.vote:
            raise Broken(f"this is the log of another vote than the head in {whose}\n  {old}\n  {head}")
        if not is_signed(log, old.signature, HEAD, old.message):
            raise Unclear(f"the head in {whose} is not signed by this log, so it says nothing about it")
        ensure_grown(url, old, head, whose)
    told = ensure_leaves(url, head) if deep else f"{head.size} lines"
    keep_state(state_file, log, head)  # before the signature: this witness never signs two stories
    print(f"OK: {told}, {head.slot}, root {head.root.hex()}")
    if policy.witnesses:
        report_quorum(policy, head, found)
    return 0 if secret is None else send(url, head, secret)


def keep_state(path: str, log: bytes, head: Head) -> None:
    content = json.dumps({"log_public_key": log.hex(), "head": head.values}, indent=2) + "\n"
    part = Path(path + ".part")
    with part.open("w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def send(url: str, head: Head, secret: bytes) -> int:
    key = Ed25519PrivateKey.from_private_bytes(secret)
    body = {
        "format": COSIGNATURE,
        "vote": head.vote.hex(),
        "size": head.size,
        "root": head.root.hex(),
        "public_key": public_of(secret).hex(),
        "signature": key.sign(statement(COSIGNATURE, head.extent)).hex(),
    }
    fetch(f"{url}/cosignatures", body)
    print("Your signature was taken.")
    return 0


def report_quorum(policy: Policy, head: Head, found: dict) -> bool:
    signed = signers(policy, head, found)
    met = policy.is_met(signed)
    names = ", ".join(sorted(signed)) or "nobody"
    print(f"Signed by {names}: {'enough' if met else 'not enough yet'} for the policy.")
    return met


def check_receipt(receipt_file: str, proof_file: str, policy_file: str | None, log_key: str | None) -> int:
    policy = policy_in(policy_file)
    receipt = fields_of(read_file(receipt_file), receipt_file)
    proof = fields_of(read_file(proof_file), proof_file)
    if receipt.get("format") != RECEIPT or proof.get("format") != PROOF:
        raise Unclear(f"give a receipt and a proof; these are {receipt.get('format')} and {proof.get('format')}")
    log = hex_of(log_key, 32, "--log-key") if log_key else policy.log
    if not log:
        log = hex_of(proof.get("log_public_key"), 32, "log key")
        print(f"The proof names {log.hex()} as the log’s key: compare this with the rule card.")
    vote, leaf = hex_of(receipt.get("vote"), 16, "vote"), hex_of(receipt.get("leaf"), 32, "leaf")
    if not is_signed(log, hex_of(receipt.get("signature"), 64, "signature"), RECEIPT, vote + leaf):
        raise Broken("the receipt is not signed by the log: it was not given out by this vote, or it was changed")
    print("The receipt is genuine.")
    head = head_of(proof.get("head"), proof_file)
    if not is_signed(log, head.signature, HEAD, head.message):
        raise Broken("the head in the proof is not signed by the log")
    if head.vote != vote or hex_of(proof.get("leaf"), 32, "leaf of the proof") != leaf:
        raise Broken("the proof is of another receipt")
    position = number_of(proof.get("position"), "position")
    listed = proof.get("path")
    path = [hex_of(step, 32, "path") for step in listed] if isinstance(listed, list) else []
    if position >= head.size or root_from_path(leaf, position, head.size, path) != head.root:
        raise Broken("the path does not lead from the receipt to the head: the ballot is not proved to be in the log")
    print(f"OK: the sealed ballot is number {position + 1} of {head.size} in the log, signed {head.slot}.")
    return 0 if not policy.witnesses or report_quorum(policy, head, proof) else 1


def check_policy(policy_file: str, head_file: str | None) -> int:
    policy = policy_in(policy_file)
    print(f"The policy can be read: {len(policy.witnesses)} witnesses, quorum {policy.quorum}.")
    if head_file is None:
        return 0
    head, found = head_in(head_file), fields_of(read_file(head_file), head_file)
    if not policy.log or not is_signed(policy.log, head.signature, HEAD, head.message):
        raise Broken("the head is not signed by the log that the policy names")
    return 0 if report_quorum(policy, head, found) else 1


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    key = commands.add_parser("key")
    key.add_argument("keyfile")
    watching = commands.add_parser("watch")
    watching.add_argument("url")
    watching.add_argument("--key")
    watching.add_argument("--state", required=True)
    watching.add_argument("--seen", nargs="*", default=[])
    watching.add_argument("--leaves", action="store_true")
    receipt = commands.add_parser("receipt")
    receipt.add_argument("receipt")
    receipt.add_argument("proof")
    receipt.add_argument("--log-key")
    for each in (watching, receipt):
        each.add_argument("--policy")
    policy = commands.add_parser("policy")
    policy.add_argument("policy")
    policy.add_argument("head", nargs="?")
    asked = parser.parse_args(words)
    try:
        if asked.command == "key":
            return make_key(asked.keyfile)
        if asked.command == "watch":
            return watch(asked.url, asked.key, asked.state, asked.policy, asked.seen, asked.leaves)
        if asked.command == "receipt":
            return check_receipt(asked.receipt, asked.proof, asked.policy, asked.log_key)
        return check_policy(asked.policy, asked.head)
    except Broken as found:
        print(f"NOT OK: {found}", file=sys.stderr)
        return 1
    except Unclear as reason:
        print(f"Nothing can be said: {reason}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
