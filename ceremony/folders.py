"""The one folder a key holder sees: what this program writes lies there, and is chosen from there."""

import os
import secrets
from contextlib import suppress
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a file is for, as its name ends."""

    KEY = ".key.txt"
    PUBLIC = ".public.txt"
    QUESTION = ".check.txt"
    ANSWER = ".answer.txt"
    COUNT_SET = ".count-set"
    RESULT = ".result"


class NotWritten(Exception):
    """The folder could not be written: full, gone or not ours."""


def names(folder: Path, kind: Kind) -> list[str]:
    """The files of that kind, by name."""
    return sorted(path.name for path in folder.glob(f"*{kind}") if path.is_file())


def read(folder: Path, name: str, *kinds: Kind) -> bytes | None:
    """The file of that name; None where the folder lists none of these kinds under it."""
    listed = {each for kind in kinds for each in names(folder, kind)}
    return (folder / name).read_bytes() if name in listed else None


def write(folder: Path, stem: str, kind: Kind, data: bytes) -> str:
    """Write a file that only this person may read, whole or not at all, and return its name. Raises NotWritten."""
    name = f"{stem}{kind}"
    part = folder / f".{secrets.token_hex(8)}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / name)
    except OSError as reason:
        with suppress(OSError):
            part.unlink()
        raise NotWritten(reason.strerror or str(reason)) from reason
    return name
