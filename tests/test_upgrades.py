"""A site with votes in it is brought up to date: every row is kept, and every reference still leads somewhere."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from app.config import ROOT
from app.core.db import db
from tests.test_migrations import an_app

BEFORE = "0008"
MOMENT, DAY = datetime(2026, 5, 1, 12), date(2020, 1, 1)
PEOPLE = {1: "clerk", 2: "clerk", 3: "observer"}
VOTES = {1: "open", 2: "closed", 3: "certified"}
VOTERS = (4, 5)
Rows = dict[str, list[dict[str, Any]]]


def vote_id(number: int) -> bytes:
    return bytes([number]) * 16


def rows() -> Rows:
    """A neighborhood with three votes as they stood before boards and the later stages came."""
    found: Rows = {
        "neighborhood": [
            {"id": 1, "slug": "r", "name": "R", "summary": "", "time_zone": "UTC", "currency": "USD", "languages": []}
        ],
        "category": [{"id": 1, "neighborhood_id": 1, "name": "Lamps", "icon": "lighting", "position": 1}],
        "person": [person(number) for number in (*PEOPLE, *VOTERS)],
        "role_grant": [
            {"id": number, "person_id": number, "role": role, "starts_on": DAY} for number, role in PEOPLE.items()
        ],
        "visit": [
            {"key_hash": "a" * 64, "person_id": 1, "begun_at": MOMENT, "seen_at": MOMENT, "ends_at": MOMENT}
        ],
    }  # fmt: skip
    for number, stage in VOTES.items():
        for table, row in rows_of_a_vote(number, stage):
            found.setdefault(table, []).append(row)
    return found


def person(number: int) -> dict[str, Any]:
    facts = {"public_name": f"P {number}", "email": f"p{number}@example.org", "locale": "en", "joined_at": MOMENT}
    return facts | {"id": number, "is_staff": number in PEOPLE, "active": True, "fs_uniquifier": f"u{number}"}


def rows_of_a_vote(number: int, stage: str) -> Iterator[tuple[str, dict[str, Any]]]:
    mine = {"vote_id": vote_id(number)}
    money = {"pot_cents": 100, "contingency_cents": 0, "max_ranks": 5}
    rules = {"count_rule": "shared-budget", "leftover_rule": "next_cycle", "publication_level": "full"}
    named = {"slug": f"c{number}", "name": f"C {number}", "summary": "", "year": 2026}
    ended = {"certified": "certified", "closed": "counting"}.get(stage, "voting")
    yield "cycle", {"id": number, "neighborhood_id": 1, "stage": ended, **named, **money, **rules}
    card = json.dumps({"board": [{"id": id_, "name": "x", "role": role} for id_, role in PEOPLE.items()]})
    frozen = {"content": card, "hash": "c" * 64, "lot_commitment": "d" * 64, "frozen_at": MOMENT}
    yield "rule_card", {"id": number, "cycle_id": number, **frozen}
    yield "vote", {
        **{"id": vote_id(number), "cycle_id": number, "stage": stage, "grace_seconds": 300, "threshold": 1},
        **{"opens_at": MOMENT, "closes_at": datetime(2026, 6, 1), "trustees": 1, "rule_card_hash": "c" * 64},
        **{"option_seed": "e" * 64, "roll_hash": "f" * 64, "roll_size": len(VOTERS)},
        **{"closed_set_hash": "9" * 64 if stage == "certified" else None},
    }
    words = {"title": "Lamps", "summary": "Six lamps"}
    more = {"need": "Dark", "place": "Lane", "stage": "on_ballot", "watches_people": False, "cost_cents": 90}
    whose = {"cycle_id": number, "number": 1, "author_id": 4, "category_id": 1}
    yield "proposal", {"id": number, "created_at": MOMENT, "submitted_at": MOMENT, **whose, **words, **more}
    yield "option", {"number": 1, "proposal_id": number, "cost_cents": 90, **words, **mine}
    key = {"number": 1, "holder": "Here", "algorithm": 1, "public_key": b"k" * 32, "fingerprint": "ab"}
    yield "trustee_key", {"checked_at": MOMENT, **key, **mine}
    for voter in VOTERS:
        entry = bytes([number, voter]) * 8
        about = {"person_id": voter, "source": "verified_residence", "channel": "online", "revision": 2}
        yield "roll_entry", {"id": entry, **about, **mine}
        for revision in (1, 2):
            of = bytes([number, voter, revision, 0])
            sealed = {"ciphertext": of * 100, "commitment": of * 8, "nonce": of * 4, "leaf": of * 8}
            yield "envelope", {"roll_entry_id": entry, "revision": revision, "idempotency_key": of * 8, **sealed}
    if stage == "certified":
        yield "counted_ballot", {"id": b"b" * 16, "source": "online", "ranking": b"\0\1", **mine}
        counted = {"number": 1, "rule": "shared-budget", "closed_set_hash": "9" * 64, "lot_seed": "8" * 64}
        told = {"lot_order": [1], "outcome": "{}", "outcome_hash": "7" * 64, "engine": "x", "counted_at": MOMENT}
        signed = {"clerk_id": 1, "observer_id": 3, "certified_at": MOMENT, "withdrawn": []}
        agreed = {"check_stage": "agreed", "check_percent": 100}
        yield "result", {"id": 1, **counted, **told, **signed, **agreed, **mine}


@pytest.fixture
def old_site(tmp_path: Path) -> Iterator[Flask]:
    """A database of the revision before boards, with everything above in it."""
    app = an_app(f"sqlite:///{tmp_path}/old.sqlite3", tmp_path)
    with app.app_context():
        upgrade(revision=BEFORE)
        schema = sa.MetaData()
        schema.reflect(db.engine)
        with db.engine.begin() as connection:
            for table, found in rows().items():
                connection.execute(sa.insert(schema.tables[table]), plain_rows(schema.tables[table], found))
        yield app
        db.engine.dispose()


def plain_rows(table: sa.Table, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with every column named, since many are inserted at once."""
    return [{column.name: row.get(column.name) for column in table.columns} for row in found]


def kept(connection: sa.Connection) -> Mapping[str, int]:
    """How many rows each table of the old site holds."""
    counts = {table: connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() for table in rows()}
    return {table: count for table, count in counts.items() if table != "visit"}


def broken(connection: sa.Connection) -> list[Any]:
    return list(connection.execute(sa.text("PRAGMA foreign_key_check")))


def test_a_site_with_votes_keeps_every_row_and_every_reference(old_site):
    upgrade()
    with db.engine.connect() as connection:
        assert kept(connection) == {table: len(found) for table, found in rows().items() if table != "visit"}
        assert broken(connection) == []
        assert connection.execute(sa.text("PRAGMA foreign_keys")).scalar_one() == 1
        assert connection.execute(sa.text("PRAGMA integrity_check")).scalar_one() == "ok"
        envelopes = connection.execute(sa.text("SELECT ciphertext FROM envelope")).scalars().all()
        assert sorted(envelopes) == sorted(row["ciphertext"] for row in rows()["envelope"])


def test_a_vote_under_way_goes_on_with_the_board_of_its_rule_card(old_site):
    upgrade()
    with db.engine.connect() as connection:
        found = connection.execute(sa.text("SELECT cycle_id, person_id, part FROM board_member")).all()
    parts = [(1, "runs"), (2, "runs"), (3, "observes")]
    assert sorted(map(tuple, found)) == [(cycle, *part) for cycle in (1, 2) for part in parts]


def test_everybody_signs_in_anew_since_nobody_has_confirmed_who_they_are(old_site):
    upgrade()
    with db.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM visit")).scalar_one() == 0


def test_with_the_foreign_keys_awake_the_same_upgrade_fails(old_site, tmp_path):
    """The twin: what keeps the rows is that SQLite's references rest while their tables are built anew."""
    source = (ROOT / "migrations" / "env.py").read_text()
    resting = "        _foreign_keys(connection, enforced=False)\n"
    assert source.count(resting) == 1
    awake = source.replace(resting, "")
    folder = ROOT / "migrations"
    sleepless = tmp_path / "migrations"
    sleepless.mkdir()
    for name in ("alembic.ini", "script.py.mako"):
        if (folder / name).exists():
            (sleepless / name).write_bytes((folder / name).read_bytes())
    (sleepless / "versions").symlink_to(folder / "versions")
    (sleepless / "env.py").write_text(awake)
    with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"):
        upgrade(directory=str(sleepless))
    with db.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one() == BEFORE
