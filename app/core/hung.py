"""Files that hang on a row: each kept under a hash of its own, settled with the commit, and cleared after a kill."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial

import structlog

from app.core import files
from app.core.db import Base, after_commit, locked, transaction
from app.core.errors import NotFound
from app.core.tokens import random_id

log = structlog.get_logger()
MARK = 16
"""How many random bytes stand before the content of a kept file, so that no two share one and each can go alone."""


@contextmanager
def drafted(room: str, owner_id: int, content: bytes) -> Iterator[str]:
    """Keep `content` for a row that is made in the block, and give the hash it is kept under.

    An error in the block removes it. The name of its draft tells the room and the row it belongs to, for `clear_left`.
    """
    mark = random_id()
    name = f"{room}/{owner_id}-{mark.hex()}"
    with files.draft(name, mark + content) as digest:
        yield digest
    after_commit(partial(files.settle, name, kept=digest))


def drop(room: str, owner_id: int, *digests: str | None) -> None:
    """Let files go with the commit; after a kill `clear_left` looks whether the row has gone."""
    for digest in filter(None, digests):
        name = f"{room}/{owner_id}-{digest}-away"
        files.doubt(name, digest)
        after_commit(partial(files.settle, name, kept=None))


def clear_left(room: str, owner: type[Base], kept: Callable[[int], Collection[str]]) -> None:
    """Remove files whose row never came or is gone; whoever is adding one holds its owner."""
    for name in files.drafts(room):
        with transaction():
            owner_id = int(name.removeprefix(f"{room}/").partition("-")[0])
            locked(owner, owner_id)
            files.settle(name, kept=kept(owner_id))


def content(digest: str) -> bytes:
    """What is kept under this hash; NotFound where an older backup was put back, whose pages still have its words."""
    try:
        return files.load(digest)[MARK:]
    except files.MissingFile as reason:
        log.error("a file is gone", digest=digest)
        raise NotFound from reason
