"""Bundles for tests of the recount: of any vote, counted by the engine, and forged ones whose hashes all agree."""

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

from app.cycles.rules import PublicationLevel, canonical
from app.voting.counting.closed_set import ClosedSet, to_bytes
from app.voting.counting.count import count
from app.voting.counting.lots import commitment, lot_order
from app.voting.counting.records import Rule, Vote
from app.voting.results.bundle.exports import Label, packed
from app.voting.results.exports import DATASETS
from app.voting.results.publication.rules import below_full
from app.voting.sealing import signatures
from app.voting.tree import merkle, notes
from app.voting.tree.heads import Head
from tests.house import ROOT
from tests.voting.counting import made
from verifiers import recount

SEED, SALT, VOTE_ID = b"s" * 32, b"a" * 32, "5e" * 16
LOG_SEED = b"l" * 32
LOG_KEY = signatures.public_of(LOG_SEED).hex()
PROGRAM = (ROOT / "verifiers" / "recount.py").read_bytes()
SET = "closed-ballot-set.bin"


def files_of(zipped: bytes) -> dict[str, bytes]:
    """The members of a zip."""
    with zipfile.ZipFile(BytesIO(zipped)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def card_of(vote: Vote, rule: Rule, level: str, *, drawn: bool, logged: bool = False) -> str:
    """A rule card with what a count needs; a drawn lot stands there as its promise, another as its order."""
    options = [{"number": o.number, "code": o.id, "title": o.title, "cost_cents": o.cost_cents} for o in vote.options]
    lot = {"lot_commitment": commitment(SEED).hex()}
    if not drawn:
        lot = {"lot_commitment": None, "lot_order": list(vote.lot_order)}
    return canonical(
        {
            "format": "lamplight-rule-card/1",
            "vote": VOTE_ID,
            "rule": rule.value,
            "max_ranks": vote.max_ranks,
            "spendable_cents": vote.pot_cents,
            "publication_level": level,
            "options": options,
            **lot,
            **({"log_public_key": LOG_KEY} if logged else {}),
        }
    )


def closed_set(vote: Vote, card: str) -> bytes:
    """The vote's ballots as the file that is published."""
    return to_bytes(
        ClosedSet(
            vote_id=VOTE_ID,
            rule_card_hash=sha256(card.encode()).digest(),
            options=len(vote.options),
            max_ranks=vote.max_ranks,
            ballots=vote.ballots,
            salt=SALT,
        )
    )


def log_end(*, envelopes: int, on_paper: int = 0, replaced: int = 2, seed: bytes = LOG_SEED) -> dict[str, Any]:
    """What log.json says of a log with so many envelopes that count, some replaced ones, and a note at each end."""
    vote_id, came = bytes.fromhex(VOTE_ID), envelopes + replaced
    words = [notes.audit_head("00" * 32), notes.closed(came)]
    first, last = (notes.leaf(text, vote_id=vote_id) for text in words)
    lines = [first, *(sha256(bytes([n % 256, n // 256])).digest() for n in range(came)), last]
    head = Head(vote_id=vote_id, size=len(lines), root=merkle.root(lines), slot=2_963_001).signed(seed)
    path = merkle.inclusion_path(lines, len(lines) - 1)
    return {
        "format": "lamplight-log-end/1",
        "vote": VOTE_ID,
        "log_public_key": signatures.public_of(seed).hex(),
        "head": {name: value for name, value in head.values.items() if name != "vote"},
        "closed": {"note": words[1], "position": len(lines) - 1, "path": [step.hex() for step in path]},
        "count_root": "c0" * 32,
        "envelopes": envelopes,
        "unreadable": 0,
        "on_paper": on_paper,
    }


def bundle(
    vote: Vote, rule: Rule, *, level: str = "full", drawn: bool = True, logged: bool = False
) -> dict[str, bytes]:
    """The files of a bundle of this vote as the engine counts it, with a drawn lot or the vote's own order."""
    card = card_of(vote, rule, level, drawn=drawn, logged=logged)
    ballots = closed_set(vote, card)
    set_hash = sha256(ballots).hexdigest()
    if drawn:
        order = lot_order(bytes.fromhex(set_hash), SEED, [option.number for option in vote.options])
        vote = replace(vote, lot_order=order)
    record = SimpleNamespace(
        lot_seed=SEED.hex() if drawn else None,
        closed_set_hash=set_hash,
        facts=SimpleNamespace(lot_order=vote.lot_order),
    )
    withdrawn = tuple(sorted(vote.withdrawn))
    files = {
        "rule-card.json": card.encode(),
        SET: ballots,
        "lot.json": DATASETS["lot.json"].make(None, record),
        "outcome.json": canonical(count(vote, rule).as_json()).encode(),
        "recount.py": PROGRAM,
    }
    if logged:
        files["log.json"] = in_form(log_end(envelopes=len(vote.ballots)))
    if level != "full":
        del files[SET]
        files |= below_full(PublicationLevel(level), vote, files["outcome.json"].decode())
    label = Label(
        vote=VOTE_ID,
        result=2 if withdrawn else 1,
        publication_level=level,
        withdrawn=withdrawn,
        closed_set_sha256=set_hash,
    )
    return files_of(packed(label, files))


def in_form(content: Mapping[str, Any]) -> bytes:
    """The one form in which lot, log and manifest are written."""
    return (json.dumps(content, indent=2, sort_keys=True) + "\n").encode()


def city_vote(seed: int, *, ballots: int = 40, options: int = 12, ranks: int = 5) -> Vote:
    """A vote larger than the random ones of the engine's tests, with costs of the same kind."""
    draw = Random(seed)
    rankings = [draw.sample(range(1, options + 1), draw.randint(0, ranks)) for _ in range(ballots)]
    return Vote(
        pot_cents=draw.choice((900, 2000, 3333)),
        options=made.options([draw.choice((0, 100, 200, 300, 333, 700, 4000)) for _ in range(options)]),
        max_ranks=ranks,
        ballots=made.ballot_matrix(rankings, ranks),
        lot_order=tuple(draw.sample(range(1, options + 1), options)),
    )


def without_some(vote: Vote, seed: int) -> Vote:
    """The same vote, every third time with options withdrawn."""
    draw = Random(f"withdrawn {seed}")
    how_many = draw.randint(0, len(vote.options)) if seed % 3 == 0 else 0
    return replace(vote, withdrawn=frozenset(draw.sample(range(1, len(vote.options) + 1), how_many)))


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """These files as a zip at the path."""
    with zipfile.ZipFile(path, "w") as written:
        for name in sorted(files):
            written.writestr(name, files[name])
    return path


def verdict(path: Path, files: Mapping[str, bytes], **anchors: str) -> dict[str, Any]:
    """What the recount says about these files."""
    return recount.recount(zipped(path / "bundle.zip", files), anchors)


def changed(text: bytes, change: Callable[[dict[str, Any]], object], *, indent: int | None = None) -> bytes:
    """A JSON file after a change of its content, in its canonical form again."""
    content = json.loads(text)
    change(content)
    pretty = json.dumps(content, indent=indent, sort_keys=True) + "\n"
    return (pretty if indent else canonical(content)).encode()


def forged(files: Mapping[str, bytes], **contents: bytes | None) -> dict[str, bytes]:
    """The bundle with other contents and every hash in it written anew, as somebody would who can write all of it.

    Contents are named card, ballots, paths, lot, outcome, log and manifest.
    """
    names = {kind: f"{kind}.json" for kind in ("paths", "lot", "outcome", "log")}
    names |= {"card": "rule-card.json", "ballots": SET}
    whole = {**files, **{names.get(name, "manifest.json"): content for name, content in contents.items()}}
    hashes = {name: sha256(content).hexdigest() for name, content in whole.items() if name != "manifest.json"}

    def rehash(manifest: dict[str, Any]) -> None:
        manifest["files"] = hashes
        manifest["rule_card_sha256"], manifest["outcome_sha256"] = hashes["rule-card.json"], hashes["outcome.json"]
        manifest["closed_set_sha256"] = hashes.get(SET, manifest["closed_set_sha256"])

    whole["manifest.json"] = changed(whole["manifest.json"], rehash, indent=2)
    return whole
