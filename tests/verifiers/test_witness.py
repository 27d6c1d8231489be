"""T38 in the field: witness.py, as its own process, against a served Lamplight that keeps its word or does not."""

import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from werkzeug.serving import make_server

from app.config import ROOT
from app.core.db import db
from app.voting.board.rules import ActKind
from app.voting.log import queries
from app.voting.log.models import LogLeaf, PendingLeaf, TreeHead
from app.voting.tree import notes
from tests import make
from tests.voting.ballots import box
from tests.voting.log.minutes import pass_ten
from tests.voting.log.test_cut_logs import rolled_back, tampered

WITNESS = ROOT / "verifiers" / "witness.py"
WELL, BROKEN, UNCLEAR = 0, 1, 3
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # what is served is the same on both databases


@dataclass
class Watched:
    """A served vote with two ballots in its log, and witnesses with a folder each."""

    vote: object
    roll: list
    url: str
    folder: Path

    def run(self, *words):
        db.session.rollback()
        return subprocess.run(
            [sys.executable, "-I", str(WITNESS), *map(str, words)], cwd=self.folder, capture_output=True, text=True
        )

    def enter(self, name):
        key = self.run("key", f"{name}.key").stdout.split()[-1]
        make.agreed(ActKind.NAME_WITNESS, self.vote.cycle_id, name=name, public_key=key)
        return key

    def watch(self, name, *more):
        key = ["--key", f"{name}.key"] if (self.folder / f"{name}.key").exists() else []
        return self.run("watch", self.url, "--state", f"{name}.json", *key, *more)

    def grow(self, voter=2):
        make.cast(self.vote, self.roll[voter], [1])
        return pass_ten(self.vote.id)


@pytest.fixture
def watched(app, tmp_path):
    vote, roll = make.open_vote(voters=4)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = Watched(vote, roll, f"http://127.0.0.1:{server.port}/log/{vote.cycle_id}", tmp_path)
    for voter in (0, 1):
        found.grow(voter)
    yield found
    server.shutdown()


def forked(watched):
    """Somebody with the database, the key and every file of the machine tells another story from the first head on."""
    rolled_back(watched.vote)
    first = queries.last_head(watched.vote.id)
    [path.unlink() for path in queries.head_paths(watched.vote.id)]
    tampered(sa.delete(PendingLeaf))
    while (head := queries.last_head(watched.vote.id)).size <= first.size + 1:
        watched.grow(3)
    return head


def test_two_witnesses_watch_an_honest_log_and_sign_it(watched):
    [watched.enter(name) for name in ("library", "observer")]
    for _ in range(2):
        assert [watched.watch(name, "--leaves").returncode for name in ("library", "observer")] == [WELL, WELL]
        watched.grow()
    signed = [each.size for each in queries.witnesses(watched.vote.id)]
    assert len(signed) == 2 and signed[0] == signed[1] > 2


def test_a_rollback_is_seen(watched):
    assert watched.watch("library").returncode == WELL
    rolled_back(watched.vote)
    seen = watched.watch("library")
    assert seen.returncode == BROKEN and "ROLLBACK" in seen.stderr


def test_a_fork_is_seen_by_whoever_saw_the_first_story(watched):
    watched.watch("library")
    forked(watched)
    seen = watched.watch("library")
    assert seen.returncode == BROKEN and ("FORK" in seen.stderr or "SPLIT" in seen.stderr)
    assert queries.last_head(watched.vote.id).root.hex() in seen.stderr  # the evidence names both heads


def test_a_split_view_is_seen_by_the_second_witness_who_compares(watched, figure):
    watched.watch("library")
    forked(watched)
    alone, compared = watched.watch("observer"), watched.watch("other", "--seen", "library.json")
    assert alone.returncode == WELL  # the twin: who saw only one story and asks nobody cannot know of the other
    assert compared.returncode == BROKEN and ("FORK" in compared.stderr or "SPLIT" in compared.stderr)
    figure("T38", "forks", size="rollback, fork, split view, late append", figure="each seen by the second witness")
    figure("T38", "forks", twin="a witness who compares with nobody believes the split view")


def test_a_forked_head_is_never_signed(watched):
    watched.enter("library")
    watched.watch("library")
    [before], state = queries.witnesses(watched.vote.id), (watched.folder / "library.json").read_text()
    forked(watched)
    assert watched.watch("library").returncode == BROKEN
    [after] = queries.witnesses(watched.vote.id)
    assert before.size and after.size is None and (watched.folder / "library.json").read_text() == state


def test_a_ballot_after_the_close_is_seen(watched):
    box.close(watched.vote.cycle_id)
    assert watched.watch("library", "--leaves").stdout.startswith("First look")
    with db.engine.begin() as connection:
        connection.execute(sa.insert(PendingLeaf).values(leaf=bytes(32), vote_id=watched.vote.id))
    pass_ten(watched.vote.id)
    late = watched.watch("library", "--leaves")
    assert late.returncode == BROKEN and "LATE APPEND" in late.stderr


def test_a_note_that_is_not_what_it_says_is_seen(watched):
    at = queries.last_note(watched.vote.id, notes.AUDIT)
    tampered(sa.update(LogLeaf).where(LogLeaf.note == at).values(note="audit-log 00"))
    seen = watched.watch("library", "--leaves")
    assert seen.returncode == BROKEN and "not the note" in seen.stderr


@pytest.mark.parametrize("values", [{"root": bytes(32)}, {"signature": bytes(64)}, {"slot": 9_000_000}])
def test_a_head_that_the_log_did_not_sign_is_seen(watched, values):
    watched.watch("library")
    tampered(sa.update(TreeHead).values(**values))
    assert watched.watch("library").returncode == BROKEN


def test_another_key_than_the_one_on_the_rule_card_is_seen(watched):
    (watched.folder / "policy").write_text(f"log {'ab' * 32}\n")
    seen = watched.watch("library", "--policy", "policy")
    assert seen.returncode == BROKEN and "not signed by the log’s key" in seen.stderr


def test_a_witness_who_is_not_entered_hears_so(watched):
    watched.run("key", "stranger.key")
    seen = watched.watch("stranger")
    assert seen.returncode == UNCLEAR and "not entered as a witness" in seen.stderr
    assert seen.stdout.count("OK") == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/log/1", "{}/nowhere", "{}", "file:///etc/passwd"])
def test_an_answer_that_says_nothing_accuses_nobody(watched, url):
    seen = watched.run("watch", url.format(watched.url), "--state", "new.json")
    assert (seen.returncode, seen.stderr[:19]) in ((UNCLEAR, "Nothing can be said"), (WELL, ""))
    assert "Traceback" not in seen.stderr
