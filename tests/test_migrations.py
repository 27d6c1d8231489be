"""The migrations build exactly the schema the models describe: columns, keys, checks, indexes and triggers."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from app import create_app
from app.config import Settings
from app.core.db import db
from tests.postgres import fresh_database, server_or_skip, throwaway_cluster

SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
POSTGRES = (
    "SELECT 'column', table_name, column_name, data_type || coalesce(character_maximum_length::text, '') || is_nullable"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'function', proname, '', prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    " AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')",
    "SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
)


def an_app(url: str, data_dir: Path) -> Flask:
    return create_app(Settings(secret_key="test", database_url=url, data_dir=data_dir, testing=True))


def catalog() -> set[tuple[str, ...]]:
    with db.engine.connect() as connection:
        queries = (SQLITE,) if connection.dialect.name == "sqlite" else POSTGRES
        rows = [row for query in queries for row in connection.execute(sa.text(query))]
    return {tuple(plain(value) for value in row) for row in rows if "alembic_version" not in str(row)}


def plain(value: object) -> str:
    """Spaces and the order of lines in CREATE TABLE do not matter."""
    text = re.sub(r"\s+", " ", str(value)).replace('"', "")
    if not text.startswith("CREATE TABLE"):
        return text
    head, _, rest = text.partition("(")
    body, _, tail = rest.rpartition(")")
    return head + "|".join(sorted(part.strip() for part in re.split(r", (?![^(]*\))", body))) + tail


@pytest.fixture(params=["sqlite", "postgresql"])
def two_urls(request, tmp_path):
    if request.param == "sqlite":
        yield [f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("models", "migrated")]
        return
    server_or_skip()
    with ExitStack() as stack:
        cluster = stack.enter_context(throwaway_cluster())
        yield [stack.enter_context(fresh_database(cluster)) for _ in range(2)]


def test_migrations_equal_models(two_urls, tmp_path):
    modelled, migrated = (an_app(url, tmp_path) for url in two_urls)
    with modelled.app_context():
        db.create_all()
        wanted = catalog()
        db.engine.dispose()
    with migrated.app_context():
        upgrade()
        found = catalog()
        db.engine.dispose()
    assert {"missing": wanted - found, "extra": found - wanted} == {"missing": set(), "extra": set()}


def test_the_check_notices_a_lost_trigger(tmp_path):
    app = an_app(f"sqlite:///{tmp_path}/twin.sqlite3", tmp_path)
    with app.app_context():
        db.create_all()
        whole = catalog()
        with db.engine.begin() as connection:
            connection.execute(sa.text("DROP TRIGGER audit_entry_no_update"))
        assert catalog() != whole


def test_migrations_can_be_taken_back(two_urls, tmp_path):
    app = an_app(two_urls[0], tmp_path)
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert catalog() == set()
