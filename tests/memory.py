"""States that many tests begin from, built once and put back row by row: living a vote through takes a second.

Only where the database is empty, so that a test gets from memory exactly what it would have built; and never older than
five minutes, because votes have hours.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest
import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import RelationshipDirection

from app.core.db import db
from app.core.printing import press
from app.voting.ballots.queries import SLIPS

P = ParamSpec("P")
T = TypeVar("T")
REMEMBERS = "what the tests remember"
OLDEST_SECONDS = 300


class Changes:
    """The changes a test makes of the code: pytest's own, which are told of from the first on."""

    made = False
    """Nothing comes from memory then and nothing goes into it."""

    def __init__(self, changes: pytest.MonkeyPatch) -> None:
        self._changes = changes

    def __getattr__(self, name: str) -> Any:
        Changes.made = Changes.made or name != "undo"
        return getattr(self._changes, name)


@pytest.fixture
def monkeypatch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Changes]:
    """The fixture of that name, which also says whether a test has changed anything yet."""
    yield Changes(monkeypatch)
    Changes.made = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """Stands for a row that a builder returned, to be read again."""

    kind: type[Any]
    key: Any


@dataclass(frozen=True, kw_only=True)
class State:
    """All rows and all files of a site, and what the builder returned."""

    rows: dict[str, list[dict[str, Any]]]
    files: dict[Path, bytes]
    result: Any
    built_at: float


def remembered(build: Callable[P, T]) -> Callable[P, T]:
    """`build`, from memory where it can be; its arguments and its result may hold values, and rows only the result."""

    @wraps(build)
    def remembering(*arguments: P.args, **named: P.kwargs) -> T:
        states = current_app.extensions.get(REMEMBERS)
        pressed = press.printed.__module__  # what the files of a state are made of
        key = repr((build.__module__, build.__qualname__, arguments, sorted(named.items()), pressed))
        if states is None or Changes.made or " object at 0x" in key or used_tables():
            return build(*arguments, **named)
        _clear_files()
        kept = states.get(key)
        if kept is None or time.monotonic() - kept.built_at > OLDEST_SECONDS:
            result = build(*arguments, **named)
            states[key] = _state(result)
            return result
        _put_back(kept)
        db.session.rollback()  # a page opened before has read what there was
        return _filled(kept.result)

    return remembering


@contextmanager
def forgotten() -> Iterator[None]:
    """Build everything anew: for tests that look at the traces which building leaves, because rows put back share one
    transaction."""
    kept = current_app.extensions
    states = kept.pop(REMEMBERS, None)
    try:
        yield
    finally:
        kept[REMEMBERS] = states


def used_tables() -> list[str]:
    """The names of the tables that have rows; one question finds them."""
    with db.engine.connect() as connection:
        return list(connection.execute(_asked()).scalars())


@cache
def _asked() -> sa.TextClause:
    names = (table.name for table in db.metadata.sorted_tables)
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)
    return sa.text(" UNION ALL ".join(asked))


def _state(result: Any) -> State:
    with db.engine.connect() as connection:
        rows = {
            name: [dict(row) for row in connection.execute(db.metadata.tables[name].select()).mappings()]
            for name in used_tables()
        }
    folder = _folder()
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return State(rows=rows, files=files, result=_emptied(result), built_at=time.monotonic())


def _put_back(state: State) -> None:
    current_app.extensions.pop(SLIPS, None)  # the vote is young again
    for path, content in state.files.items():
        (_folder() / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (_folder() / path).write_bytes(content)
        (_folder() / path).chmod(0o600)
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON" if sqlite else _WITHOUT_TRIGGERS)
        for name, rows in state.rows.items():
            connection.execute(db.metadata.tables[name].insert(), rows)
        connection.commit()


_WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica"


def _clear_files() -> None:
    for each in _folder().iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()


def _folder() -> Path:
    folder: Path = current_app.config["DATA_DIR"]
    return folder


def _emptied(result: Any) -> Any:
    if isinstance(result, db.Model):
        return Row(kind=type(result), key=sa.inspect(result).identity)
    if isinstance(result, (list, tuple)):
        return type(result)(_emptied(each) for each in result)
    return result


def _filled(result: Any) -> Any:
    if isinstance(result, Row):
        row = db.session.get_one(result.kind, result.key)
        for relation in sa.inspect(result.kind).relationships:  # as after a builder, which has gone through them
            relation.direction is RelationshipDirection.MANYTOONE and getattr(row, relation.key)
        return row
    if isinstance(result, (list, tuple)):
        return type(result)(_filled(each) for each in result)
    return result
