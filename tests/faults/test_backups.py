"""T7: a backup made while people vote is a consistent beginning of the vote, and an old one takes no more ballots."""

import shutil
import threading
from pathlib import Path
from random import Random

import pytest

from app.core.db import db
from app.voting.log.services import LogBroken
from tests import make
from tests.faults import checking, places, runbook
from tests.faults.driving import Ledger, drive
from tests.faults.letters import letters
from tests.sizes import size
from tests.voting.log.minutes import pass_ten

pytestmark = [pytest.mark.slow, pytest.mark.soak]

BACKUPS = size(commit=1, night=10, release=50)
KINDS = size(commit=["postgresql"], night=["sqlite", "postgresql"])
"""At the size of a commit SQLite is backed up among casts by `test_lost_machines`."""
VOTERS = size(commit=40, night=400)


def back_up(where, folder):
    """Follow the runbook as an operator would; the copy."""
    folder.mkdir()
    runbook.follow("Back up", where, OFFSITE=folder)
    [copy] = folder.iterdir()
    return copy


def restore(where, backup):
    """Follow the runbook, with the site stopped."""
    db.session.remove()
    db.engine.dispose()
    runbook.follow(f"Restore a copy on {where.kind}", where, BACKUP=backup)
    runbook.follow("Restore the files", where, BACKUP=backup)


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
    [copy] = (tmp_path / "backup").iterdir()
    return copy, cycle_id, stacks, backing.before, ledger


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("turn", range(BACKUPS))
def test_a_backup_made_while_people_vote_is_a_whole_beginning_of_the_vote(kind, turn, tmp_path, seed, figure):
    with places.place(kind, tmp_path) as where:
        copy, cycle_id, stacks, before, ledger = backed_up_among_casts(where, tmp_path, seed)
        restore(where, copy)
        found = checking.compare(cycle_id, stacks, before)
        of = f"{len(before)} of {len(ledger.acknowledged)} acknowledged before it"
        figure("T7", f"backup while casting, {where.kind}", size=of, figure=f"{found.text}")
        assert found == checking.NOTHING and places.is_whole(where)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def old(request, tmp_path_factory):
    """A vote with two batches, of which the backup that was restored knows only the first: place, cycle and a voter."""
    folder = tmp_path_factory.mktemp("old")
    with places.place(request.param, folder) as where:
        vote, roll = make.open_vote(voters=3)
        vote_id, cycle_id = vote.id, vote.cycle_id
        make.cast_in(cycle_id, roll[0], [1])
        pass_ten(vote_id)
        backup = back_up(where, folder / "old")
        make.cast_in(cycle_id, roll[1], [1])
        pass_ten(vote_id)
        restore(where, backup)
        yield where, cycle_id, roll[2]


def test_an_old_backup_takes_no_ballot_below_the_last_head(old, figure):
    where, cycle_id, voter = old
    with pytest.raises(LogBroken):
        make.cast_in(cycle_id, voter, [2])
    figure("T7", f"old backup, {where.kind}", size="1 batch missing", figure="refused")


def test_the_check_notices_an_old_backup_that_is_taken_silently(old, figure):
    """The twin: the heads kept outside the database went with the old host."""
    where, cycle_id, voter = old
    shutil.rmtree(Path(where.app.config["DATA_DIR"]) / "heads")
    make.cast_in(cycle_id, voter, [2])
    figure("T7", f"old backup, {where.kind}", twin="without the kept head: accepted silently")
