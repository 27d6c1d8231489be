"""T3: the same voter eight times at once, from many threads of several processes, has one vote and is never refused."""

import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
import sqlalchemy as sa

from app.config import ROOT
from app.core.db import db
from tests import make
from tests.faults import checking, places, rivals
from tests.faults.crowd_process import THREADS
from tests.faults.letters import letters
from tests.sizes import size
from tests.voting.ballots import box

pytestmark = [pytest.mark.slow, pytest.mark.soak]

VOTERS = size(commit=200, night=5_000, release=50_000)
PROCESSES, AT_ONCE, KEYS = 4, 8, 6


def at_once(where, folder, task):
    """Let every process cast its share at the same time; how the casts ended."""
    folder.mkdir()
    (folder / "task").write_text(json.dumps(task))
    command = [sys.executable, "-m", "tests.faults.crowd_process", str(folder)]
    subprocess.run(command, cwd=ROOT, env=where.environment(), check=True)
    ended = [Counter(json.loads((folder / f"ended-{n}").read_text())) for n in range(len(task["shares"]))]
    return sum(ended, Counter())


def shares_of(stacks):
    """Each voter's eight casts, two in every process: six ballots, of which two are sent twice with the same key."""
    lots = [[each for stack in stacks for each in (stack + stack)[n : AT_ONCE : PROCESSES]] for n in range(PROCESSES)]
    return [[{"voter": e.voter, "ranking": e.ranking, "token": e.token} for e in lot] for lot in lots]


def everybody_at_once(where, folder, seed, *, voters, naive=False):
    vote, roll = make.open_vote(voters=voters)
    cycle_id, home = vote.cycle_id, roll[0].resident_of
    stacks = letters(cycle_id, roll, each=KEYS, chance=Random(seed))
    db.session.rollback()
    task = {"cycle": cycle_id, "home": home, "naive": naive, "shares": shares_of(stacks)}
    return cycle_id, stacks, at_once(where, folder / "crowd", task)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_eight_casts_of_everybody_at_once_leave_one_vote_each_and_refuse_nobody(kind, tmp_path, seed, figure):
    with places.place(kind, tmp_path) as where:
        cycle_id, stacks, endings = everybody_at_once(where, tmp_path, seed, voters=VOTERS)
        found = checking.compare(cycle_id, stacks, {letter.key: letter for stack in stacks for letter in stack})
        refused = endings.total() - endings["ok"]
        of = f"{VOTERS:,} voters × {AT_ONCE}, {PROCESSES} processes × {THREADS} threads"
        figure("T3", f"double vote, {where.kind}", size=of, figure=f"{found.double} double, {refused} refused")
        assert endings == {"ok": VOTERS * AT_ONCE}
        assert found == checking.NOTHING
        box.close(cycle_id)
        assert len(box.rankings(cycle_id)) == VOTERS


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_check_notices_a_cast_that_looks_first_and_inserts_then(kind, tmp_path, seed, figure):
    with places.place(kind, tmp_path) as where:
        db.session.execute(sa.text("CREATE TABLE naive_ballot (voter INTEGER)"))
        db.session.commit()
        everybody_at_once(where, tmp_path, seed, voters=60, naive=True)
        twice = "SELECT count(*) FROM (SELECT voter FROM naive_ballot GROUP BY voter HAVING count(*) > 1) AS doubled"
        doubled = db.session.execute(sa.text(twice)).scalar_one()
        figure("T3", f"double vote, {where.kind}", twin=f"check, then insert: {doubled} of 60 doubled")
        assert doubled > 0


@pytest.mark.parametrize("rival", rivals.RIVALS)
def test_whoever_comes_first_a_voter_has_one_vote(app, rival, seed, figure):
    """Online against paper, and a cast against being struck from the roll: both at once for every voter."""
    vote, roll = make.open_vote(voters=size(commit=20, night=1_000))
    cycle_id, chance = vote.cycle_id, Random(seed)
    db.session.rollback()
    jobs = [(who, act) for who in roll for act in chance.sample(["cast", rival], 2)]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda job: rivals.try_to(app, cycle_id, *job), jobs))
    online, elsewhere, envelopes = rivals.votes(cycle_id)
    counted = f"{elsewhere} by {rival}, {online} online of {len(roll)}"
    figure("T3", f"cast against {rival}, {db.engine.dialect.name}", size=f"{len(roll)} voters", figure=counted)
    assert online == envelopes and elsewhere == len(roll)
