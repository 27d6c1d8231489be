"""`flask count verify`: equal results are said to be equal, and anything changed behind them is found."""

import json
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from click.testing import Result as Printed
from flask import Flask

from app.core.db import db, transaction
from app.cycles.queries import facts, rule_card
from app.voting.models import Result
from app.voting.queries import vote_facts
from app.voting.results import exports
from app.voting.results import queries as results
from tests import make
from tests.voting.results import board
from tests.voting.results.test_tampering import another_first_ballot, path_of_the_set


def _verify(app: Flask, result: object) -> Printed:
    return app.test_cli_runner().invoke(args=["count", "verify", str(result)])


def _change(result: Result, **columns: object) -> None:
    with transaction():
        db.session.execute(sa.update(Result).where(Result.id == result.id).values(**columns))


def _bundle(cycle_id: int) -> dict[str, bytes]:
    """What is published of a result, with the manifest that names it."""
    vote, record = vote_facts(cycle_id), results.certified(cycle_id)
    names = ("closed-ballot-set.bin", "lot.json", "outcome.json")
    files = {name: exports.made(name, vote, record) for name in names}
    files["rule-card.json"] = rule_card(cycle_id).text.encode()
    return files | {"manifest.json": _manifest(files)}


def _manifest(files: dict[str, bytes]) -> bytes:
    hashes = {name: sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"}
    named = {"rule_card_sha256": "rule-card.json", "closed_set_sha256": "closed-ballot-set.bin"}
    fields = {field: hashes.get(name) for field, name in (named | {"outcome_sha256": "outcome.json"}).items()}
    return json.dumps({"format": "lamplight-bundle/1", "result": 1, "withdrawn": [], "files": hashes} | fields).encode()


def test_a_certified_result_is_equal_by_id_address_and_number(app):
    cycle_id = board.certified().vote.cycle_id
    for name in (cycle_id, facts(cycle_id).slug, f"{cycle_id}:1"):
        done = _verify(app, name)
        assert (done.exit_code, done.output.splitlines()[-1][:6]) == (0, "Equal:"), done.output
    assert "certified" in done.output and f"Ballots     {len(board.RANKINGS)}" in done.output


def test_each_count_of_a_recounted_vote_is_equal_to_itself(app):
    cycle_id = board.counted().vote.cycle_id
    board.recount(cycle_id, options=(1,), reason="Its price was wrong.")
    assert [_verify(app, f"{cycle_id}:{number}").exit_code for number in (1, 2)] == [0, 0]
    assert "count 2, not certified yet" in _verify(app, cycle_id).output


@pytest.mark.parametrize("name", ["99999999", "nowhere", "1:x"])
def test_what_is_not_there_ends_with_code_2(app, name):
    assert _verify(app, name).exit_code == 2


def test_an_address_that_several_cycles_share_is_not_guessed_at(app):
    for _ in range(2):
        make.cycle(slug="riverside-2026")
    done = _verify(app, "riverside-2026")
    assert done.exit_code == 2 and "say the id" in done.output


def test_an_outcome_changed_by_a_byte_differs(app):
    result = board.certified()
    cycle_id, text = result.vote.cycle_id, result.outcome.replace('"left_cents":', '"left_cents": ', 1)
    _change(result, outcome=text)
    done = _verify(app, cycle_id)
    assert done.exit_code == 1 and "not what its own hash says" in done.output
    _change(result, outcome_hash=sha256(text.encode()).hexdigest())
    done = _verify(app, cycle_id)
    assert done.exit_code == 1 and "first at byte" in done.output and "Equal" not in done.output


def test_a_changed_lot_order_and_a_changed_closed_set_differ(app):
    result = board.certified()
    cycle_id = result.vote.cycle_id
    path = path_of_the_set(app, result.vote)
    order = list(result.lot_order)
    _change(result, lot_order=order[::-1])
    assert "Differs: the lot order" in _verify(app, cycle_id).output
    _change(result, lot_order=order)
    path.write_bytes(another_first_ballot(path.read_bytes()))
    done = _verify(app, cycle_id)
    assert done.exit_code == 1 and "closed ballot set" in done.output


def test_two_engines_that_differ_are_told(app, monkeypatch):
    cycle_id = board.certified().vote.cycle_id
    monkeypatch.setattr("app.voting.results.verification.rules.first_difference", lambda *_: "runoff 1, count 1")
    done = _verify(app, cycle_id)
    assert done.exit_code == 1 and "the second count differs from the first: runoff 1, count 1" in done.output


def test_a_bundle_is_verified_as_folder_and_as_zip(app, tmp_path: Path):
    folder = tmp_path / "bundle"
    folder.mkdir()
    with ZipFile(tmp_path / "bundle.zip", "w") as packed:
        for name, content in _bundle(board.certified().vote.cycle_id).items():
            (folder / name).write_bytes(content)
            packed.writestr(name, content)
    for path in (folder, tmp_path / "bundle.zip"):
        done = _verify(app, path)
        assert done.exit_code == 0 and "Equal:" in done.output, done.output


@pytest.mark.parametrize("name", ["closed-ballot-set.bin", "rule-card.json", "outcome.json", "lot.json"])
def test_a_file_of_a_bundle_that_was_changed_differs_even_under_a_new_manifest(app, tmp_path, name):
    files = _bundle(board.certified().vote.cycle_id)
    changes = {
        "closed-ballot-set.bin": another_first_ballot,
        "rule-card.json": lambda content: content.replace(b'"spendable_cents":6000000', b'"spendable_cents":5000000'),
        "outcome.json": lambda content: content.replace(b'"counting_ballots":10', b'"counting_ballots":11', 1),
        "lot.json": lambda content: content.replace(b'"seed": "', b'"seed": "00')[:-1],
    }
    changed = changes[name](files[name])
    assert changed != files[name]
    for manifest in (files["manifest.json"], _manifest(files | {name: changed})):
        for each, content in (files | {name: changed, "manifest.json": manifest}).items():
            (tmp_path / each).write_bytes(content)
        done = _verify(app, tmp_path)
        assert done.exit_code == 1 and "Differs:" in done.output, done.output


def test_a_bundle_without_ballots_and_something_else_are_refused_in_words(app, tmp_path):
    files = _bundle(board.certified().vote.cycle_id)
    del files["closed-ballot-set.bin"]
    (tmp_path / "manifest.json").write_bytes(_manifest(files))
    assert "without its ballots" in _verify(app, tmp_path).output
    (tmp_path / "text.zip").write_text("nothing")
    done = _verify(app, tmp_path / "text.zip")
    assert done.exit_code == 2 and "no bundle" in done.output


def test_a_file_or_folder_that_only_has_the_name_of_a_result_does_not_hide_it(app, tmp_path, monkeypatch):
    cycle_id = board.certified().vote.cycle_id
    monkeypatch.chdir(tmp_path)
    (tmp_path / str(cycle_id)).write_text("nothing")
    (tmp_path / facts(cycle_id).slug).mkdir()
    for name in (cycle_id, facts(cycle_id).slug):
        done = _verify(app, name)
        assert done.exit_code == 0 and "Equal:" in done.output, done.output


def _damaged(path: Path, at_local: int, at_central: int, value: int) -> None:
    """Set a half word in the header of the only file of a zip, and in its entry in the directory at the end."""
    content = bytearray(path.read_bytes())
    for start in (at_local, content.index(b"PK\x01\x02") + at_central):
        content[start : start + 2] = value.to_bytes(2, "little")
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage", [(6, 8, 1), (8, 10, 97), (8, 10, 8)], ids=["encrypted", "unknown compression", "not what it says"]
)
def test_a_zip_that_cannot_be_unpacked_is_refused_in_words(app, tmp_path, damage):
    with ZipFile(tmp_path / "bundle.zip", "w") as packed:
        packed.writestr("manifest.json", b"\xff" * 20)
    _damaged(tmp_path / "bundle.zip", *damage)
    done = _verify(app, tmp_path / "bundle.zip")
    assert done.exit_code == 2 and "no bundle" in done.output, done.output


def test_of_a_folder_only_the_files_of_a_bundle_are_read(app, tmp_path, monkeypatch):
    files = _bundle(board.certified().vote.cycle_id)
    for name, content in (files | {"film.mkv": b"long"}).items():
        (tmp_path / name).write_bytes(content)
    read, read_bytes = [], Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or read_bytes(path))
    assert _verify(app, tmp_path).exit_code == 0
    assert sorted(path.name for path in read if path.parent == tmp_path) == sorted(files)


def test_the_command_stands_beside_counting_a_file(app):
    from_app = app.cli.get_command(None, "count")
    assert {"file", "convert", "verify"} <= set(from_app.commands)
    assert CliRunner().invoke(from_app, ["--help"]).exit_code == 0
