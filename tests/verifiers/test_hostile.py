"""Whatever is handed to the recount, it says why it refuses and never falls over."""

import json
import os
import stat
import struct
import warnings
import zipfile
from random import Random

import pytest

from app.voting.counting.records import Rule
from tests.house import ROOT
from tests.verifiers import bundles
from tests.verifiers.bundles import SET, forged, verdict, zipped
from tests.verifiers.test_equal import SMALL, run
from tests.voting.counting.made import vote
from verifiers import recount

NAMES = ("../recount.py", "/etc/passwd", "folder/", "lot.json/", "LOT.JSON", "a\x1b[2Jb", "manifest.json\n", "x" * 5000)


@pytest.fixture(scope="module")
def files():
    return bundles.bundle(SMALL, Rule.SHARED_BUDGET)


def refusal(path, files=None, **anchors):
    found = recount.recount(path, anchors) if files is None else verdict(path, files, **anchors)
    assert found["verdict"] == "refused", found
    assert found["reason"].isascii() and found["reason"].isprintable() and len(found["reason"]) < 500
    return found["reason"]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_zip_with_a_name_that_no_bundle_has_is_refused_and_nothing_written(tmp_path, files, name):
    assert "does not belong in a bundle" in refusal(tmp_path, {**files, name: b"x"})
    assert os.listdir(tmp_path) == ["bundle.zip"]


@pytest.mark.parametrize("name", ["manifest.json", *sorted({*recount.FILES} - {recount.PATHS, recount.LOG})])
def test_a_missing_file_is_named(tmp_path, files, name):
    assert refusal(tmp_path, {other: files[other] for other in files if other != name}) == f"{name}: missing"


def test_a_name_that_stands_twice_is_refused(tmp_path, files):
    path = zipped(tmp_path / "bundle.zip", files)
    with zipfile.ZipFile(path, "a") as bundle, warnings.catch_warnings(action="ignore"):
        bundle.writestr("lot.json", files["lot.json"])
    assert refusal(path) == "the zip holds lot.json more than once"


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"PK\x05\x06" + b"\0" * 16])
def test_what_is_no_zip_is_refused(tmp_path, content):
    (tmp_path / "b.zip").write_bytes(content)
    assert "cannot be read as a zip or a folder" in refusal(tmp_path / "b.zip")


def test_what_is_not_there_is_refused(tmp_path):
    assert "No such file" in refusal(tmp_path / "nowhere.zip")
    assert refusal(tmp_path) == "manifest.json: missing"
    assert refusal(tmp_path, {}) == "manifest.json: missing"


@pytest.mark.parametrize("name", ["lot.json", SET])
def test_what_unpacks_without_end_is_read_to_a_bound(tmp_path, files, monkeypatch, name):
    monkeypatch.setattr(recount, "MOST_BYTES", 2**20)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for each in sorted(files):
            bundle.writestr(each, b"\0" * 2**22 if each == name else files[each][:1000])
    assert refusal(path).startswith(f"{name}: larger than")


def test_a_size_that_a_zip_only_claims_reserves_nothing(tmp_path, files):
    path = zipped(tmp_path / "b.zip", {"manifest.json": b"{}"})
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 20 : entry + 28] = struct.pack("<LL", 2**32 - 2, 2**32 - 2)
    path.write_bytes(content)
    assert "cannot be read" in refusal(path)


def test_a_locked_zip_is_refused(tmp_path, files):
    path = zipped(tmp_path / "b.zip", files)
    content = path.read_bytes()
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.index(mark) + place
        content = content[:at] + b"\x01" + content[at + 1 :]
    path.write_bytes(content)
    assert "encrypted" in refusal(path)


JSON = [
    (b"", "not JSON"),
    (b"{", "not JSON"),
    (b"\xef\xbb\xbf{}", "not JSON"),
    (b"[" * 200_000, "not JSON"),
    (b'{"a":' * 100_000, "not JSON"),
    (b"[]", "not one JSON object"),
    (b"null", "not one JSON object"),
    (b'{"a":1,"a":1}', "not one JSON object"),
    (b'{"a":NaN, "b":1}', "not one JSON object"),
    (b'{"a":1e999}', "not one JSON object"),
    (b'{"a":' + b"9" * 10_000 + b"}", "not "),
]


@pytest.mark.parametrize("kind, name", [("card", "rule-card.json"), ("lot", "lot.json"), ("outcome", "outcome.json")])
@pytest.mark.parametrize("content, reason", JSON, ids=range(len(JSON)))
def test_json_that_is_none_is_refused_though_its_hash_fits(tmp_path, files, kind, name, content, reason):
    told = refusal(tmp_path, forged(files, **{kind: content}))
    assert told.startswith(f"{name}: ") and reason in told


@pytest.mark.parametrize("content, reason", JSON, ids=range(len(JSON)))
def test_a_manifest_that_is_no_json_is_refused(tmp_path, files, content, reason):
    told = refusal(tmp_path, {**files, "manifest.json": content})
    assert told.startswith("manifest.json: ") and reason in told


STRANGE = [None, True, -1, 0, 2**53, 10**30, 1.5, "", "\x1b[31m", "ä" * 300, [], [[]], {}, [None], [{}], {"a": []}]


def places(value, path=()):
    yield path
    for key, part in value.items() if type(value) is dict else enumerate(value[:3]) if type(value) is list else ():
        yield from places(part, (*path, key))


def with_strange_values(content, name, seed):
    draw = Random(f"{name} {seed}")
    *outer, last = draw.choice([place for place in places(content) if place])
    inner = content
    for key in outer:
        inner = inner[key]
    if draw.random() < 0.2 and isinstance(inner, dict):
        del inner[last]
    else:
        inner[last] = draw.choice(STRANGE)


KINDS = {"card": "rule-card.json", "lot": "lot.json", "outcome": "outcome.json", "manifest": "manifest.json"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("drawn", [True, False], ids=["drawn", "given"])
def test_a_value_of_any_kind_at_any_place_gives_a_verdict(tmp_path, kind, drawn):
    files = bundles.bundle(SMALL, Rule.SHARED_BUDGET, drawn=drawn)
    printed, name = json.loads(files["manifest.json"]), KINDS[kind]
    anchors = {each: printed[each] for each in recount.HASHES}
    for seed in range(100):
        content = json.loads(files[name])
        with_strange_values(content, name, seed)
        pretty = {"indent": 2, "separators": (",", ": ")} if kind in ("lot", "manifest") else {"separators": (",", ":")}
        text = (json.dumps(content, sort_keys=True, **pretty) + "\n" * (kind in ("lot", "manifest"))).encode()
        broken = {**files, name: text} if kind == "manifest" else forged(files, **{kind: text})
        found = verdict(tmp_path, broken)
        assert recount.in_words(found, {}).replace("\n", "").isprintable()
        if content != json.loads(files[name]) and kind != "manifest":
            refusal(tmp_path, broken, **anchors)


SETS = {
    "no first line": lambda head, records: records,
    "no records": lambda head, records: head + b"\n",
    "half a record": lambda head, records: head + b"\n" + records[:-1],
    "one more": lambda head, records: head + b"\n" + records + records[-4:],
    "another order": lambda head, records: head + b"\n" + records[4:] + records[:4],
    "an unknown option": lambda head, records: head + b"\n" + records[:-4] + b"\x00\x09\x00\x00",
    "twice the same": lambda head, records: head + b"\n" + records[:-4] + b"\x00\x03\x00\x03",
    "an empty rank first": lambda head, records: head + b"\n" + b"\x00\x00\x00\x01" + records[4:],
    "a space in the first line": lambda head, records: head.replace(b",", b", ", 1) + b"\n" + records,
    "a short salt": lambda head, records: head.replace(b'61","vote"', b'","vote"') + b"\n" + records,
    "one field more": lambda head, records: head.replace(b"{", b'{"a":1,') + b"\n" + records,
}


@pytest.mark.parametrize("change", SETS)
def test_a_closed_set_that_is_none_is_refused_though_its_hash_fits(tmp_path, change):
    files = bundles.bundle(SMALL, Rule.SHARED_BUDGET, drawn=False)
    broken = SETS[change](*files[SET].split(b"\n", 1))
    assert refusal(tmp_path, forged(files, ballots=broken)).startswith(f"{SET}: ")


def test_a_closed_set_of_nobody_still_ends_its_first_line(tmp_path):
    files = bundles.bundle(vote(900, [600], [], max_ranks=1), Rule.POINTS, drawn=False)
    assert verdict(tmp_path, files)["verdict"] == "equal"
    told = refusal(tmp_path, forged(files, ballots=files[SET][:-1]))
    assert told == f"{SET}: the byte after its first line is b'', but must be b'\\n'"


def test_a_zip_with_any_byte_changed_gives_a_verdict(tmp_path, files):
    path = zipped(tmp_path / "b.zip", files)
    whole = path.read_bytes()
    draw = Random(1)
    for _ in range(300):
        broken = bytearray(whole)
        broken[draw.randrange(len(broken))] ^= draw.randrange(1, 256)
        path.write_bytes(broken)
        found = recount.recount(path, {})
        assert found["verdict"] in ("equal", "refused") and recount.in_words(found, {}).isascii()


def test_files_of_a_folder_that_are_no_files_are_missing(tmp_path, files):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "more.txt").write_bytes(b"a folder may hold other files")
    assert recount.recount(tmp_path, {})["verdict"] == "equal"
    (tmp_path / "lot.json").unlink()
    os.mkfifo(tmp_path / "lot.json")
    assert stat.S_ISFIFO((tmp_path / "lot.json").stat().st_mode)
    assert refusal(tmp_path) == "lot.json: missing"


def test_sums_too_long_to_be_printed_are_refused_before(tmp_path, files):
    def endless(outcome):
        outcome["funded"][0]["paid"] = [{"cents": 10**4299 * 9}] * 20

    told = refusal(tmp_path, forged(files, outcome=bundles.changed(files["outcome.json"], endless)))
    assert told.startswith("outcome.json: what was paid for option 1 is 9000")


def test_a_refusal_is_printed_in_one_line_and_no_trace_with_it(tmp_path):
    (tmp_path / "b.zip").write_bytes(b"x")
    done = run(ROOT / "verifiers" / "recount.py", tmp_path / "b.zip")
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (1, "", 1)
    assert done.stdout.startswith("REFUSED: ")
