"""T7: a backup made while people vote is a consistent beginning of the vote, and an old one takes no more ballots."""

import os
import shutil
import subprocess
import threading
from pathlib import Path
from random import Random

import pytest

from app.config import ROOT
from app.core.db import db
from app.voting.log.services import LogBroken
from tests import make
from tests.faults import checking, places
from tests.faults.driving import Ledger, drive
from tests.faults.letters import letters
from tests.postgres import server_binaries
from tests.sizes import size
from tests.voting.log.minutes import pass_ten

pytestmark = [pytest.mark.slow, pytest.mark.soak]

BACKUPS = size(commit=1, night=10, release=50)
VOTERS = size(commit=60, night=400)


SEARCHED = f"{os.environ['PATH']}:{server_binaries()}"


def back_up(where, folder):
    """Run the script as an operator would."""
    script = ["scripts/backup.sh", str(folder)]
    subprocess.run(script, cwd=ROOT, env=where.environment(PATH=SEARCHED), check=True, capture_output=True)
    return folder


def restore(where, backup):
    """The steps of docs/operations.md, with the site stopped."""
    db.session.remove()
    db.engine.dispose()
    if where.cluster is None:
        for old in where.folder.glob("lamplight.sqlite3*"):
            old.unlink()
        shutil.copy(backup / "lamplight.sqlite3", where.folder / "lamplight.sqlite3")
        return
    url = where.url.replace("postgresql+psycopg", "postgresql")
    command = [shutil.which("pg_restore", path=SEARCHED), "--clean", "--if-exists", "--no-owner", "--dbname", url]
    subprocess.run([*command, backup / "lamplight.dump"], check=True, capture_output=True)


class BackingUp:
    """Makes a backup in another thread after so many acknowledgements, and knows which came before it."""

    def __init__(self, where, ledger, folder, moment):
        self.where, self.ledger, self.folder, self.moment = where, ledger, folder, moment
        self.before, self.thread = {}, None

    def hear(self, count):
        if count >= self.moment and self.thread is None:
            self.before = dict(self.ledger.acknowledged)
            self.thread = threading.Thread(target=back_up, args=(self.where, self.folder))
            self.thread.start()


def backed_up_among_casts(where, tmp_path, seed):
    chance = Random(seed)
    vote, roll = make.open_vote(voters=VOTERS)
    cycle_id = vote.cycle_id
    stacks = letters(cycle_id, roll, each=2, chance=chance)
    db.session.rollback()
    ledger = Ledger(tmp_path / "acknowledged")
    backing = BackingUp(where, ledger, tmp_path / "backup", chance.randrange(20, VOTERS))
    ledger.hear = backing.hear
    with places.serving(where) as server:
        drive(server.port, stacks, ledger)
    backing.thread.join()
    assert (tmp_path / "backup").exists(), "the backup failed"
    return cycle_id, stacks, backing.before, ledger


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("turn", range(BACKUPS))
def test_a_backup_made_while_people_vote_is_a_whole_beginning_of_the_vote(kind, turn, tmp_path, seed, figure):
    with places.place(kind, tmp_path) as where:
        cycle_id, stacks, before, ledger = backed_up_among_casts(where, tmp_path, seed)
        restore(where, tmp_path / "backup")
        found = checking.compare(cycle_id, stacks, before)
        of = f"{len(before)} of {len(ledger.acknowledged)} acknowledged before it"
        figure("T7", f"backup while casting, {where.kind}", size=of, figure=f"{found.text}")
        assert found == checking.NOTHING and places.is_whole(where)


def restored_after_a_later_head(where, tmp_path):
    """A vote with two batches, of which the backup that was restored knows only the first."""
    vote, roll = make.open_vote(voters=3)
    vote_id, cycle_id = vote.id, vote.cycle_id
    make.cast_in(cycle_id, roll[0], [1])
    pass_ten(vote_id)
    backup = back_up(where, tmp_path / "old")
    make.cast_in(cycle_id, roll[1], [1])
    pass_ten(vote_id)
    restore(where, backup)
    return cycle_id, roll[2]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_old_backup_takes_no_ballot_below_the_last_head(kind, tmp_path, figure):
    with places.place(kind, tmp_path) as where:
        cycle_id, voter = restored_after_a_later_head(where, tmp_path)
        with pytest.raises(LogBroken):
            make.cast_in(cycle_id, voter, [2])
        figure("T7", f"old backup, {where.kind}", size="1 batch missing", figure="refused")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_check_notices_an_old_backup_that_is_taken_silently(kind, tmp_path, figure):
    """The twin: the heads kept outside the database went with the old host."""
    with places.place(kind, tmp_path) as where:
        cycle_id, voter = restored_after_a_later_head(where, tmp_path)
        shutil.rmtree(Path(where.app.config["DATA_DIR"]) / "heads")
        make.cast_in(cycle_id, voter, [2])
        figure("T7", f"old backup, {where.kind}", twin="without the kept head: accepted silently")
