"""Files we keep: stored once under their own SHA-256, written so that a crash leaves all of a file or none."""

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path

from flask import current_app


class MissingFile(RuntimeError):
    """A file the database names is not on disk, or is not what its hash says."""


def store(content: bytes) -> str:
    """Keep `content` and return its SHA-256 in hex, under which `load` finds it again."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if path.exists():
        return digest
    write_whole(path, content)
    return digest


def digest_of(stream: BufferedIOBase) -> str:
    """The SHA-256 in hex under which the content of a stream would be kept; it is read once and kept nowhere."""
    return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def draft(name: str, content: bytes) -> Iterator[str]:
    """Keep `content`, as `store` does, for a row that is not committed yet; an error in the block removes it again.

    A fault at the commit, or a kill, leaves it with a note of that name, since nobody here knows whether the row
    stands; `settle` looks at both later.
    """
    digest = hashlib.sha256(content).hexdigest()
    write_whole(_note(name), digest.encode())
    store(content)
    try:
        yield digest
    except BaseException:
        settle(name, kept=None)
        raise


def doubt(name: str, digest: str) -> None:
    """Leave a note of that name that what is stored under `digest` may have to go, before a commit that says so."""
    write_whole(_note(name), digest.encode())


def settle(name: str, *, kept: str | Collection[str] | None) -> None:
    """Remove what was drafted under `name`, unless it is (among) the `kept`, and the note; again nothing changes."""
    note = _note(name)
    if not note.exists():
        return
    digest = note.read_text()
    if digest not in ((kept,) if kept is None or isinstance(kept, str) else kept):
        remove(digest)
    note.unlink()


def drafts(room: str = "") -> list[str]:
    """The names of drafts nobody has settled; those of a `room` begin with it and a slash."""
    names = (path.name for path in _note(room).glob("*") if path.is_file())
    return sorted(f"{room}/{name}" if room else name for name in names)


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path`, in place of what was there; after a power cut it is the old or the new, never a part.

    Only its owner may read it. A disk that is full is left as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part, whole_or_gone(Path(part.name)):
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(path)
    for folder in (path.parent, path.parent.parent):
        _settle(folder)


@contextmanager
def whole_or_gone(path: Path) -> Iterator[None]:
    """Remove the file that the block writes if the block fails, so that nobody takes a part for the whole."""
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def load(digest: str) -> bytes:
    """The content stored under `digest`; raises MissingFile if it is gone or altered."""
    try:
        content = _path(digest).read_bytes()
    except OSError as reason:
        raise MissingFile(digest) from reason
    if hashlib.sha256(content).hexdigest() != digest:
        raise MissingFile(digest)
    return content


def remove(digest: str) -> None:
    """Delete what is stored under `digest`; again changes nothing."""
    _path(digest).unlink(missing_ok=True)


def _note(name: str) -> Path:
    root: Path = current_app.config["DATA_DIR"]
    return root / "files" / "drafts" / name


def _path(digest: str) -> Path:
    root: Path = current_app.config["DATA_DIR"]
    return root / "files" / digest[:2] / digest


def _settle(folder: Path) -> None:
    # A file is only sure to be there after a power cut when its folder has been written out too.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
