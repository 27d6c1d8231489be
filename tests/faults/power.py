"""A power cut, replayed: the system calls of a casting process, of which only what was synced is certain to stay.

`strace` records every write and every sync with its bytes. At a cut, each file holds what its last sync had reached; of
later writes nothing is there, or (torn) any of their 512-byte sectors by chance. A new file whose folder was never
synced does not exist. No root, no FUSE, no virtual machine; SQLite's own recovery then opens what is left. The index of
the write-ahead log (`-shm`) is memory that SQLite makes anew, so it is left out.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat"
LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
OF_FD = re.compile(r"^\d+<([^>]*)>(?:, )?(.*)$")
BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, kw_only=True)
class Call:
    """One system call that changed a file or made a change durable; `ack` is one written by the process itself."""

    kind: str
    path: str
    offset: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """Files as the programs see them and as a power cut would leave them."""

    folder: str
    durable: dict[str, bytearray]
    seen: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Call]] = field(default_factory=dict)
    entries: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.seen = {path: bytearray(content) for path, content in self.durable.items()}
        self.entries = set(self.durable)

    def apply(self, call: Call) -> None:
        """Let the call happen."""
        if call.kind in ("write", "truncate"):
            _change(self.seen.setdefault(call.path, bytearray()), call)
            self.pending.setdefault(call.path, []).append(call)
        elif call.kind == "create":
            self.seen.setdefault(call.path, bytearray())
        elif call.kind == "unlink":
            self.seen.pop(call.path, None)
            self.pending.pop(call.path, None)
        elif call.kind == "sync" and call.path == self.folder:
            self.entries = set(self.seen)
        elif call.kind == "sync" and call.path in self.seen:
            self.durable[call.path] = bytearray(self.seen[call.path])
            self.pending.pop(call.path, None)

    def cut(self, into: Path, torn: Random | None = None) -> None:
        """Leave in a folder what a power cut at this moment would leave, torn by chance or not."""
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir()
        for path in self.entries:
            content = bytearray(self.durable.get(path, b""))
            for call in self.pending.get(path, []) if torn else []:
                for part in _sectors(call):
                    if torn.random() < 0.5:
                        _change(content, part)
            (into / Path(path).name).write_bytes(content)


def can_trace() -> bool:
    """Whether `strace` is here and may trace."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-f", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def trace(command: list[str], *, cwd: Path, env: dict[str, str], log: Path) -> None:
    """Run a command to its end and record its calls."""
    recorder = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(log)]
    subprocess.run([*recorder, *command], cwd=cwd, env=env, check=True)


def calls(log: Path, *, folder: Path, acknowledgements: Path) -> Iterator[Call]:
    """What the record says about the files in a folder, in order."""
    with log.open() as lines:
        for line in lines:
            assert "<unfinished" not in line or str(folder) not in _plain(line), "two threads wrote at once"
            found = LINE.match(line)
            if found and int(found[3]) >= 0:
                yield from _understood(found[1], found[2], int(found[3]), str(folder), str(acknowledgements))


def _understood(name: str, arguments: str, result: int, folder: str, acknowledgements: str) -> Iterator[Call]:
    if name in ("openat", "unlink", "unlinkat"):
        path = _plain(arguments).partition('"')[2].partition('"')[0]
        if _is_kept(path, folder) and name != "openat":
            yield Call(kind="unlink", path=path)
        elif _is_kept(path, folder) and "O_CREAT" in arguments:
            yield Call(kind="create", path=path)
        return
    fd = OF_FD.match(arguments)
    if fd is None:
        return
    path, rest = _plain(fd[1]), fd[2]
    if path == acknowledgements:
        yield Call(kind="ack", path=path, data=_bytes(rest))
    elif name in ("fsync", "fdatasync") and (path == folder or _is_kept(path, folder)):
        yield Call(kind="sync", path=path)
    elif _is_kept(path, folder) and name == "ftruncate":
        yield Call(kind="truncate", path=path, offset=int(rest))
    elif _is_kept(path, folder):
        assert name == "pwrite64", f"{name} has no place in the file"
        yield Call(kind="write", path=path, offset=int(rest.rpartition(", ")[2]), data=_bytes(rest)[:result])


def _is_kept(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/lamplight.sqlite3") and not path.endswith("-shm")


def _plain(text: str) -> str:
    return re.sub(r"\\x([0-9a-f]{2})", lambda code: chr(int(code[1], 16)), text)


def _bytes(text: str) -> bytes:
    found = BYTES.search(text)
    return bytes.fromhex(found[1].replace("\\x", "")) if found else b""


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
