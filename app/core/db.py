"""The database: one base class, one set of names, and `transaction()`, the only place that commits."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.core.databases.turns import TURNS, Turns

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; a naive datetime is refused on the way in and never comes out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table's base: named constraints, and moments that know their zone."""

    registry = registry(
        type_annotation_map={datetime: UtcDateTime(), int: sa.BigInteger().with_variant(sa.Integer, "sqlite")}
    )
    metadata = sa.MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": True})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

Row = TypeVar("Row", bound=Base)
_OPEN = "the connection of the open transaction"
_LAST = "to do before the commit, after everything else"
_AFTERWARDS = "to do after the commit"


class WorkOutsideTransaction(RuntimeError):
    """Rows were changed before `transaction()` began: the change would have been lost silently."""


def words(kind: type[StrEnum], name: str) -> sa.Enum:
    """A column type that stores the words of `kind` (its values, never its names) under a CHECK called `name`."""
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda k: [m.value for m in k],
    )


def fixed_bytes(length: int) -> TypeEngine[bytes]:
    """A column type for ids, hashes and keys of `length` bytes."""
    return sa.LargeBinary(length)


@contextmanager
def transaction() -> Iterator[None]:
    """All of the block or none of it; the outermost block commits, inner ones join.

    The read that loaded the page ends here and a new one begins (on SQLite with BEGIN IMMEDIATE, so that a writer
    waits at the door instead of failing half-way). Rows loaded before are therefore read again when next touched; a row
    that others may change is read and locked with `locked()`.
    """
    session = db.session()
    if session.info.get(_OPEN):
        yield
        return
    if session.new or session.dirty or session.deleted:
        raise WorkOutsideTransaction("change rows only inside transaction()")
    session.rollback()
    with _writers_turn():
        connection = session.connection(execution_options={"writes": True})
        session.info.update({_OPEN: connection, _LAST: [], _AFTERWARDS: []})
        try:
            yield
            do_last()
            session.commit()
        except BaseException:
            session.info[_AFTERWARDS].clear()
            session.rollback()
            raise
        finally:
            session.info.pop(_OPEN)
            session.info.pop(_LAST)
    for act in session.info.pop(_AFTERWARDS):
        act()


def before_commit(act: Callable[[], None]) -> None:
    """Do `act` as the last thing of the open transaction: for what holds up everybody else as long as it lasts."""
    db.session().info[_LAST].append(act)


def do_last() -> None:
    """Do now what was left for the end, for whoever has to clean up where it fails; nothing is locked after it."""
    waits = db.session().info[_LAST]
    while waits:
        waits.pop(0)()


def after_commit(act: Callable[[], None]) -> None:
    """Do `act` once the open transaction has committed, and never if it does not.

    A kill between the two loses `act`: nothing that must happen may hang on it.
    """
    db.session().info[_AFTERWARDS].append(act)


def ask(statement: sa.Executable, **given: Any) -> sa.CursorResult[*tuple[Any, ...]]:
    """What the connection itself answers, for a statement that everybody waits for: the session's way round it costs as
    much again. Rows that the session has changed and not yet sent are not seen."""
    session = db.session()
    connection: sa.Connection = session.info.get(_OPEN) or session.connection()
    return connection.execute(statement, given)


def in_transaction() -> bool:
    """Whether a `transaction()` block is open in this session."""
    return bool(db.session().info.get(_OPEN))


def locked(kind: type[Row], key: Any) -> Row | None:
    """The row as it is now, locked until the transaction ends; None where there is none.

    Against whoever locks or changes it, not against a new row that points to it: that one would wait for us, and we
    perhaps for it. In which order rows are locked is in decision 33.
    """
    return db.session.get(kind, key, with_for_update={"key_share": True}, populate_existing=True)


def hold(what: str, key: int) -> None:
    """Hold something that has no row of its own until the transaction ends. On SQLite each writer is alone anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(sha256(f"{what} {key}".encode()).digest()[:8], "big", signed=True)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def append_only(model: type[Base]) -> None:
    """Attach the triggers that make the model's table insert-only, on both databases."""
    guarded(model, partial(append_only_statements, model.__tablename__))


def never_deleted(model: type[Base]) -> None:
    """Attach the triggers that let rows of the model's table change and never go, on both databases."""
    guarded(model, partial(never_deleted_statements, model.__tablename__))


def guarded(model: type[Base], statements_of: Callable[[str], list[str]]) -> None:
    """Attach triggers of one's own to the model's table: `statements_of` gives their SQL for each database."""
    for dialect in ("sqlite", "postgresql"):
        for statement in statements_of(dialect):
            ddl: sa.DDL = sa.DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
            sa.event.listen(model.__table__, "after_create", ddl.execute_if(dialect=dialect))


def append_only_statements(table: str, dialect: str) -> list[str]:
    """The SQL that refuses UPDATE, DELETE and (PostgreSQL) TRUNCATE on `table`."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("update", "delete")
        ]
    return [
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
    ]


def never_deleted_statements(table: str, dialect: str) -> list[str]:
    """The SQL that refuses DELETE and (PostgreSQL) TRUNCATE on `table`."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never deleted'); END"
        ]
    return [
        f"CREATE FUNCTION {table}_no_delete() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION 'rows of {table} are never deleted'; END $$",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_no_delete()",
    ]


def init_db(app: Flask, data_dir: Path) -> None:
    """Bind the session to the app's database and, on SQLite, make each connection durable and its writers patient."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        if engine.url.database not in (None, "", ":memory:"):
            app.extensions[TURNS] = Turns(Path(f"{engine.url.database}-turn"))


def _writers_turn() -> AbstractContextManager[None]:
    turns: Turns | None = current_app.extensions.get(TURNS)
    return nullcontext() if turns is None else turns.mine()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
