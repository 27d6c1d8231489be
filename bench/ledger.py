"""How long the pages of money take in a ledger of 100,000 entries: the site's own time for a page, on SQLite.

The processor's time is told first, which others on the same machine disturb less than the clock.

The entries are hashed as any other, and laid down all at once; the check of the chain at the end says that they fit.
"""

import tempfile
import time
import tracemalloc
from collections import deque
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.config import Settings
from app.core.clock import now, today
from app.core.db import db, transaction
from app.opendata.ledgers.exports import ledgers_csv
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code
from app.taskforces.spending import queries
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.chain.rules import LAST, Written, entry_hash
from app.taskforces.spending.models import Commitment, LedgerEntry, PotAccount, ProjectBalance
from app.taskforces.spending.reconciliation import queries as reconciliation
from app.taskforces.spending.reconciliation.queries import Period
from app.taskforces.spending.rules import EntryKind, commitment_code
from bench.lists import median_ms
from tests import make

AIM_MS = 50.0
SHARE = 10
"""One entry in so many belongs to other projects than the one whose pages are opened."""
PAGES = {
    "balances of a project": "",
    "a project’s page": "/projects/{project}",
    "its money": "/projects/{project}/money",
    "its oldest entries": "/projects/{project}/money?before=60",
    "its commitment": "/projects/{project}/commitments/{commitment}",
    "the cycle’s ledger": "/projects/ledger/{cycle}",
}


@click.command()
@click.option("--size", default=100_000, help="Entries of the ledger.")
@click.option("--turns", default=15, help="How often each page is opened.")
def ledger(size: int, turns: int) -> None:
    """Print what the pages of money take, and whether that keeps to the aim."""
    click.echo("\n".join(lines(size, turns)))


def lines(size: int, turns: int) -> list[str]:
    """The figures as lines, a star where one misses its aim."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ledger.sqlite3"
        app = create_app(Settings(secret_key="bench", database_url=url, data_dir=Path(folder), testing=True))
        with app.app_context():
            db.create_all()
            where = fill(size)
        told = [f"a ledger of {size:,} entries on SQLite; aim: under {AIM_MS:.0f} ms"]
        told += [_line(app, page, address.format(**where), where, turns) for page, address in PAGES.items()]
        with app.app_context():
            begun = time.perf_counter()
            found = chain.checked(where["cycle"])
            fits = "fits" if found.holds else f"does NOT fit: {found}"
            told.append(f"  the whole chain checked: {fits}, {time.perf_counter() - begun:.1f} s")
            told += [_reconciled(where["cycle"], checks) for checks in (LAST, None)]
            told.append(_open_file())
            db.engine.dispose()
    return told


def _open_file() -> str:
    """How long the file of all ledgers takes to write, and how much memory that needs, however long it is."""
    db.session.expunge_all()
    begun = time.process_time()
    size = sum(len(line) for line in ledgers_csv()) / 1e6
    took = time.process_time() - begun
    tracemalloc.start()
    deque(ledgers_csv(), maxlen=0)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return f"  all ledgers as one file: {size:.0f} MB, {took:.1f} s of the processor, {peak:.0f} MB of memory"


def _reconciled(cycle_id: int, checks: int | None) -> str:
    """How long everything takes that the page of a reconciliation says, with the end of the chain or all of it."""
    begun = time.process_time()
    found = reconciliation.figures(cycle_id, Period(), today=today(), checks=checks)
    took, agrees = time.process_time() - begun, "agrees" if found.agrees else "does NOT agree"
    return f"  reconciled, {checks or 'all'} checked: {agrees}, {took:.1f} s of the processor"


def _line(app: Flask, page: str, address: str, where: dict[str, int], turns: int) -> str:
    took, work = [], []
    client = app.test_client()
    for _ in range(turns + 1):
        with app.app_context():
            begun, worked = time.perf_counter(), time.process_time()
            if address:
                answer = client.get(address)
                if answer.status_code != 200:
                    raise click.ClickException(f"{page}: {answer.status}")
            else:
                queries.balance_of(where["project"])
            took.append(time.perf_counter() - begun)
            work.append(time.process_time() - worked)
    clock, processor = median_ms(took[1:]), median_ms(work[1:])
    figures = f"{processor:8.1f} ms of the processor{clock:8.1f} ms by the clock"
    return f"  {page:<26}{figures}{'  *' if processor >= AIM_MS else ''}"


def fill(size: int) -> dict[str, int]:
    """A cycle with so many entries, most of them payments of one project; returns the ids of what is opened."""
    cycle = make.cycle(pot_cents=10**12)
    project = make.project(cycle=cycle, allocated_cents=10**11)
    other = make.project(cycle=cycle, allocated_cents=10**11)
    promises = [make.commitment(each, 10**10) for each in (project, other)]
    where = {"project": project.id, "cycle": cycle.id}
    with transaction():
        account = db.session.get_one(PotAccount, cycle.id)
        rows = _payments(account, [_facts(each) for each in promises], size - account.entries)
        table: Any = LedgerEntry.__table__
        db.session.execute(sa.insert(table), rows)
        account.entries, account.head_hash = size, rows[-1]["hash"]
        for promise in promises:
            paid = sum(row["amount_cents"] for row in rows if row["commitment_id"] == promise.id)
            db.session.get_one(Commitment, promise.id).spent_cents = paid
            db.session.get_one(ProjectBalance, promise.project_id).spent_cents = paid
    small = make.commitment(db.session.get_one(Project, where["project"]), 10**6)
    return where | {"commitment": small.id}


def _facts(promise: Commitment) -> dict[str, Any]:
    project = promise.project
    project_code = code(project.cycle.year, project.number)
    return {
        "ids": {
            "project_id": project.id,
            "commitment_id": promise.id,
            "document_id": promise.document_id,
        },
        "project": project_code,
        "commitment": commitment_code(project_code, promise.number),
        "document": promise.document.digest,
    }


def _payments(account: PotAccount, promises: list[dict[str, Any]], many: int) -> list[dict[str, Any]]:
    rows, before, begun = [], account.head_hash, now()
    for number in range(account.entries + 1, account.entries + 1 + many):
        facts = promises[1 if number % SHARE == 0 else 0]
        said: dict[str, Any] = {
            "amount_cents": 100 + number % 977,
            "purpose": f"Payment {sha256(str(number).encode()).hexdigest()[:12]}",
            "counterparty": "Lux Ltd",
            "reference": f"F-{number}",
            "entered_at": begun + timedelta(microseconds=number),
        }
        entry = Written(
            cycle=account.cycle_id,
            number=number,
            on=begun.date(),
            kind=EntryKind.EXPENSE.value,
            project=facts["project"],
            commitment=facts["commitment"],
            document=facts["document"],
            agreement=None,
            reverses=None,
            previous=before,
            **said,
        )
        row: dict[str, Any] = {
            "cycle_id": account.cycle_id,
            "number": number,
            "kind": EntryKind.EXPENSE,
            "entry_on": begun.date(),
        }
        row |= {**facts["ids"], **said, "previous_hash": before, "hash": entry_hash(entry)}
        rows.append(row)
        before = row["hash"]
    return rows


if __name__ == "__main__":
    ledger()
