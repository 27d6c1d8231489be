"""A power cut, replayed from the recorded calls of programs: only what was synced is certain to stay.

At a cut, each file holds what its last sync had reached; of later writes nothing is there, or (torn) any of their
512-byte sectors by chance. A name that was made, changed or removed counts once its folder was synced; until then the
old names are there, or (torn) by chance the new ones. No root, no FUSE, no virtual machine: the database's own recovery
then opens what is left.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.tracing import Call

SECTOR = 512


@dataclass(eq=False)
class File:
    """The content of one file, whatever its names are: what is certain, and what was written since."""

    origin: Path | None = None
    content: bytearray | None = None
    pending: list[Call] = field(default_factory=list)
    settled: int = 0
    """How many of its writes were ever certain; what a sync is sure of is counted on from there."""
    begun: dict[str, int] = field(default_factory=dict)

    def is_as_it_was(self, path: Path) -> bool:
        """Whether it is what lay at that path before the record."""
        return self.content is None and not self.pending and self.origin == path

    def certain(self) -> bytearray:
        """What a power cut leaves for sure."""
        if self.content is None:
            self.content = bytearray(self.origin.read_bytes() if self.origin else b"")
        return self.content

    def sync(self, who: str) -> None:
        """A sync ends: what was pending when it began is certain now."""
        ready = self.begun.pop(who) - self.settled
        for call in self.pending[: max(ready, 0)]:
            _change(self.certain(), call)
            self.settled += 1
        del self.pending[: max(ready, 0)]

    def left(self, torn: Random | None) -> bytearray:
        """What a power cut at this moment leaves."""
        content = bytearray(self.certain())
        for call in self.pending if torn else []:
            for part in _sectors(call):
                if torn.random() < 0.5:
                    _change(content, part)
        return content


@dataclass
class Disk:
    """Files below a folder as a power cut would leave them; `before` is a copy of the folder from before the record."""

    folder: str
    before: Path
    names: dict[str, File] = field(default_factory=dict)
    certain_names: dict[str, File] = field(default_factory=dict)
    begun: dict[tuple[str, str], dict[str, File]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = [path for path in self.before.rglob("*") if path.is_file()]
        self.names = {f"{self.folder}/{path.relative_to(self.before)}": File(origin=path) for path in found}
        self.certain_names = dict(self.names)

    def apply(self, call: Call) -> None:
        """Let the call happen."""
        if call.kind == "create":
            self.names.setdefault(call.path, File())
        elif call.kind == "unlink":
            self.names.pop(call.path, None)
        elif call.kind == "rename":
            self.names[call.to] = self.names.pop(call.path)
        elif call.path in self.names:
            self._apply_to(self.names[call.path], call)
        elif call.kind == "syncing":
            self.begun[call.who, call.path] = _inside(call.path, self.names)
        elif call.kind == "synced":
            outside = {path: file for path, file in self.certain_names.items() if os.path.dirname(path) != call.path}
            self.certain_names = outside | self.begun.pop((call.who, call.path))
        else:
            assert call.kind not in ("write", "truncate"), f"a write to a name that nobody made: {call.path}"

    def _apply_to(self, file: File, call: Call) -> None:
        if call.kind == "syncing":
            file.begun[call.who] = file.settled + len(file.pending)
        elif call.kind == "synced":
            file.sync(call.who)
        elif call.kind in ("write", "truncate"):
            file.pending.append(call)

    def cut(self, into: Path, torn: Random | None = None) -> None:
        """Leave in a folder what a power cut at this moment would leave, torn by chance or not."""
        shutil.rmtree(into, ignore_errors=True)
        subprocess.run(["cp", "-a", str(self.before), str(into)], check=True)
        left = self._names_left(torn)
        for path, file in left.items():
            name = Path(path).relative_to(self.folder)
            if not file.is_as_it_was(self.before / name):
                _write(into / name, file.left(torn))
        for path in into.rglob("*"):
            if path.is_file() and f"{self.folder}/{path.relative_to(into)}" not in left:
                path.unlink()

    def _names_left(self, torn: Random | None) -> dict[str, File]:
        if torn is None:
            return self.certain_names
        left: dict[str, File] = {}
        for folder in sorted({os.path.dirname(path) for path in self.names | self.certain_names}):
            left |= _inside(folder, self.names if torn.random() < 0.5 else self.certain_names)
        return left


def _inside(folder: str, names: dict[str, File]) -> dict[str, File]:
    return {path: file for path, file in names.items() if os.path.dirname(path) == folder}


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    owner = path.parent.stat()
    os.chown(path, owner.st_uid, owner.st_gid)
    path.chmod(0o600)


def _change(content: bytearray, call: Call) -> None:
    if call.kind == "truncate":
        del content[call.offset :]
    if len(content) < call.offset + len(call.data):
        content.extend(bytes(call.offset + len(call.data) - len(content)))
    content[call.offset : call.offset + len(call.data)] = call.data


def _sectors(call: Call) -> Iterator[Call]:
    if call.kind == "truncate":
        yield call
        return
    end, at = call.offset + len(call.data), call.offset
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        yield Call(kind="write", path=call.path, offset=at, data=call.data[at - call.offset : until - call.offset])
        at = until
