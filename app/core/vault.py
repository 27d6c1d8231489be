"""Secrets that must never be in the database: a file each under DATA_DIR/keys, for its owner only, written once."""

import os
from pathlib import Path

from flask import current_app

from app.core.files import whole_or_gone


class MissingSecret(RuntimeError):
    """A secret that was kept here is gone; without it what it locks stays locked."""


def keep(folder: str, name: str, secret: bytes) -> None:
    """Write `secret` so that it survives a power cut; FileExistsError where one is already kept under that name.

    A disk that is full keeps no part of it, which would stand in the way of the whole.
    """
    path = _path(folder, name)
    for parent in (path.parent.parent, path.parent):
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with whole_or_gone(path), os.fdopen(opened, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    for parent in (path.parent, path.parent.parent):
        _settle(parent)


def read(folder: str, name: str) -> bytes:
    """The secret kept under that name; raises MissingSecret."""
    try:
        return _path(folder, name).read_bytes()
    except OSError as reason:
        raise MissingSecret(f"{folder}/{name}") from reason


def is_kept(folder: str, name: str) -> bool:
    """Whether a secret is kept under that name."""
    return _path(folder, name).exists()


def destroy(folder: str, name: str) -> None:
    """Overwrite and remove the secret kept under that name; nothing where there is none."""
    path = _path(folder, name)
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    _settle(path.parent)


def _path(folder: str, name: str) -> Path:
    root: Path = current_app.config["DATA_DIR"]
    return root / "keys" / folder / name


def _settle(folder: Path) -> None:
    # A file is only sure to be there after a power cut when its folder has been written out too.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
