"""T3: the same voter eight times at once, from many threads of several processes, has one vote and is never refused."""

import json
import subprocess
import sys
from collections import Counter
from random import Random

import pytest
import sqlalchemy as sa

from app.config import ROOT
from app.core.db import db
from tests import make
from tests.faults import checking
from tests.faults.crowd_process import THREADS
from tests.faults.letters import letters
from tests.sizes import size
from tests.voting.ballots import box

pytestmark = [pytest.mark.slow, pytest.mark.soak]

VOTERS = size(commit=200, night=5_000, release=50_000)
NAIVE = 60
PROCESSES, AT_ONCE, KEYS = 4, 8, 6


def at_once(where, folder, task):
    """Let every process cast its shares at the same time as the others; how the honest casts ended."""
    folder.mkdir()
    (folder / "task").write_text(json.dumps(task))
    command = [sys.executable, "-m", "tests.faults.crowd_process", str(folder)]
    subprocess.run(command, cwd=ROOT, env=where.environment(), check=True)
    ended = [json.loads((folder / f"ended-{n}").read_text()) for n in range(PROCESSES)]
    return sum((Counter(each["honest"]) for each in ended), Counter())


def shares_of(stacks):
    """Each voter's eight casts, two in every process: six ballots, of which two are sent twice with the same key."""
    lots = [[each for stack in stacks for each in (stack + stack)[n : AT_ONCE : PROCESSES]] for n in range(PROCESSES)]
    return [[{"voter": e.voter, "ranking": e.ranking, "token": e.token} for e in lot] for lot in lots]


def everybody_at_once(where, folder, seed):
    """Everybody casts, and the first few of them once more in the way of the twin."""
    db.session.execute(sa.text("CREATE TABLE naive_ballot (voter INTEGER)"))
    db.session.commit()
    vote, roll = make.open_vote(voters=VOTERS)
    cycle_id, home = vote.cycle_id, roll[0].resident_of
    stacks = letters(cycle_id, roll, each=KEYS, chance=Random(seed))
    db.session.rollback()
    task = {"cycle": cycle_id, "home": home, "honest": shares_of(stacks), "naive": shares_of(stacks[:NAIVE])}
    return cycle_id, stacks, at_once(where, folder / "crowd", task)


def doubled():
    """How many of the twin's voters have two ballots."""
    twice = "SELECT count(*) FROM (SELECT voter FROM naive_ballot GROUP BY voter HAVING count(*) > 1) AS doubled"
    return db.session.execute(sa.text(twice)).scalar_one()


def test_eight_casts_of_everybody_at_once_leave_one_vote_each_and_refuse_nobody(where, tmp_path, seed, figure):
    """The twin, in the same crowd, looks first whether somebody has voted and inserts then."""
    cycle_id, stacks, endings = everybody_at_once(where, tmp_path, seed)
    found = checking.compare(cycle_id, stacks, {letter.key: letter for stack in stacks for letter in stack})
    refused, twin = endings.total() - endings["ok"], doubled()
    of = f"{VOTERS:,} voters × {AT_ONCE}, {PROCESSES} processes × {THREADS} threads"
    figure("T3", f"double vote, {where.kind}", size=of, figure=f"{found.text}, {refused} refused")
    figure("T3", f"double vote, {where.kind}", twin=f"check, then insert: {twin} of {NAIVE} doubled")
    assert endings == {"ok": VOTERS * AT_ONCE}
    assert found == checking.NOTHING
    box.close(cycle_id)
    assert len(box.rankings(cycle_id)) == VOTERS
    assert twin > 0, "the twin was not noticed"
