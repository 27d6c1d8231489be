"""A ledger from before the chain becomes one: every entry kept, every sum the same, every hash right."""

from datetime import date, datetime

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from app.core.db import db
from app.taskforces.spending import queries
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.rules import Balance
from tests.sizes import size
from tests.test_migrations import an_app

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(size(commit=True, night=False), reason="forty migrations, for one that never changes again"),
]
MOMENT = datetime(2026, 5, 1, 12)
ENTRIES = [("allocate", 9000), ("commit", 5000), ("expense", 700), ("commit", -100), ("expense", -200)]


def rows():
    where = {"id": 1, "slug": "r", "name": "R", "summary": "", "time_zone": "UTC", "currency": "USD", "languages": []}
    money = {"pot_cents": 10000, "contingency_cents": 1000, "max_ranks": 5, "hides_supports": False}
    rules = {"count_rule": "shared-budget", "leftover_rule": "next_cycle", "publication_level": "full"}
    cycle = {
        "id": 1,
        "neighborhood_id": 1,
        "stage": "delivering",
        "slug": "c",
        "name": "C",
        "summary": "",
        "year": 2026,
    }
    person = {"id": 1, "public_name": "P", "email": "p@example.org", "locale": "en", "joined_at": MOMENT}
    account = {"is_staff": False, "active": True, "fs_uniquifier": "u"}
    idea = {"id": 1, "cycle_id": 1, "number": 1, "author_id": 1, "category_id": 1, "title": "L", "summary": "L"}
    more = {
        "need": "D",
        "place": "M",
        "stage": "funded",
        "watches_people": False,
        "cost_cents": 9000,
        "gains": "",
        "helpers": "",
    }
    project = {"id": 7, "cycle_id": 1, "number": 3, "proposal_id": 1, "title": "L", "scope": "L", "stage": "funded"}
    yield "neighborhood", where
    yield "category", {"id": 1, "neighborhood_id": 1, "name": "Lamps", "icon": "lighting", "position": 1}
    yield "person", person | account
    yield "cycle", cycle | money | rules
    yield "proposal", idea | more | {"created_at": MOMENT, "submitted_at": MOMENT}
    yield "project", project | {"allocated_cents": 9000, "opened_at": MOMENT}
    for kind, cents in ENTRIES:
        entry = {"project_id": 7, "kind": kind, "amount_cents": cents, "entry_on": date(2026, 5, 1)}
        yield "ledger_entry", entry | {"purpose": "Six lamps", "entered_at": MOMENT}


def test_an_old_ledger_becomes_a_chain_that_holds_and_can_be_taken_back(tmp_path):
    app = an_app(f"sqlite:///{tmp_path}/old.sqlite3", tmp_path)
    with app.app_context():
        upgrade(revision="0039")
        schema = sa.MetaData()
        schema.reflect(db.engine)
        with db.engine.begin() as connection:
            for table, row in rows():
                connection.execute(sa.insert(schema.tables[table]), row)
        upgrade()
        assert chain.checked(1).holds and chain.checked(1).entries == len(ENTRIES) + 2
        assert queries.balance_of(7) == Balance(allocated_cents=9000, committed_cents=4900, spent_cents=500)
        db.session.remove()
        downgrade(revision="0039")
        with db.engine.connect() as connection:
            found = connection.execute(sa.text("SELECT kind, amount_cents FROM ledger_entry ORDER BY id")).all()
        assert list(map(tuple, found)) == ENTRIES
        db.engine.dispose()
