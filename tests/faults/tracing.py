"""What a process and all it starts do to the files of a folder, as `strace` records it: writes, syncs, names.

The record is in the order in which the calls came back, so whatever was said to be done after a call stands after it. A
sync has two moments, since only what was written before it began is certain to be on the disk when it ends.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

NAMED = "openat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat,symlink,symlinkat"
CALLS = f"{NAMED},write,pwrite64,writev,pwritev,pwritev2,ftruncate,fallocate,copy_file_range,fsync,fdatasync,mmap"
LINE = re.compile(r"^(\d+) +(.*)$")
WHOLE = re.compile(r"^(\w+)\((.*)\) += (-?\d+)")
CUT_OFF, RESUMED = " <unfinished ...>", re.compile(r"^<\.\.\. \w+ resumed>")
OF_FD = re.compile(r"^(\d+)<([^>]*)>(?:\([^)]*\))?(?:, )?(.*)$")
NAMES = re.compile(r'(?:AT_FDCWD<([^>]*)>, )?"((?:\\x[0-9a-f]{2})*)"')
BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
WRITING = {"write", "pwrite64", "pwritev"}


@dataclass(frozen=True, kw_only=True)
class Call:
    """One moment of a system call on a file; `ack` is a line the process itself writes, `who` tells syncs apart."""

    kind: str
    path: str
    who: str = ""
    offset: int = 0
    data: bytes = b""
    to: str = ""


def can_trace() -> bool:
    """Whether `strace` is here and may trace."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-f", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def trace(command: list[str], *, cwd: Path, env: dict[str, str], log: Path) -> None:
    """Run a command to its end and record its calls and those of all it starts."""
    recorder = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-o", str(log)]
    subprocess.run([*recorder, *command], cwd=cwd, env=env, check=True)


def calls(log: Path, *, folder: Path, acknowledgements: Path, kept: Callable[[str], bool]) -> Iterator[Call]:
    """What the record says about the kept files below a folder, in order."""
    reader = _Reader(folder=str(folder), acknowledgements=str(acknowledgements), kept=kept)
    with log.open() as lines:
        for line in lines:
            found = LINE.match(line)
            if found:
                yield from reader.read(found[1], found[2])


@dataclass
class _Reader:
    folder: str
    acknowledgements: str
    kept: Callable[[str], bool]
    begun: dict[str, str] = field(default_factory=dict)
    at: dict[tuple[str, str], int] = field(default_factory=dict)

    def read(self, who: str, text: str) -> Iterator[Call]:
        """A line of one process: a call, its beginning, or its end."""
        if text.endswith(CUT_OFF):
            self.begun[who] = text.removesuffix(CUT_OFF)
            if text.startswith(("fsync", "fdatasync")):
                yield from self._syncing(who, text.partition("(")[2].removesuffix(CUT_OFF))
            return
        resumed = RESUMED.match(text)
        if resumed:
            text = self.begun.pop(who, "") + text[resumed.end() :]
        found = WHOLE.match(text)
        if found is None or int(found[3]) < 0:
            return
        name, arguments, result = found[1], found[2], int(found[3])
        if name in ("fsync", "fdatasync") and not resumed:
            yield from self._syncing(who, arguments)
        understand = self._named if name in NAMED.split(",") else self._on_a_handle
        yield from understand(who, name, arguments, result)

    def _is_ours(self, path: str) -> bool:
        return path.startswith(f"{self.folder}/") and self.kept(path)

    def _syncing(self, who: str, arguments: str) -> Iterator[Call]:
        path = _handle(arguments)[1]
        if path == self.folder or self._is_ours(path):
            yield Call(kind="syncing", path=path, who=who)

    def _named(self, who: str, name: str, arguments: str, result: int) -> Iterator[Call]:
        # Calls without a base, such as a server's `rename`, go from where it works, which is the folder itself.
        found = ((_plain(base) or self.folder, _plain(path)) for base, path in NAMES.findall(arguments))
        paths = [os.path.normpath(os.path.join(base, path)) for base, path in found]
        if not paths or not any(map(self._is_ours, paths)):
            return
        if name == "openat":
            assert not re.search(r"O_D?SYNC|O_APPEND", arguments), f"not understood: {arguments}"
            self.at[who, str(result)] = 0
            if "O_CREAT" in arguments:
                yield Call(kind="create", path=paths[0])
            if "O_TRUNC" in arguments:
                yield Call(kind="truncate", path=paths[0])
        elif name.startswith("unlink"):
            yield Call(kind="unlink", path=paths[0])
        else:
            assert name.startswith("rename"), f"not understood: {name}({arguments})"
            yield Call(kind="rename", path=paths[0], to=paths[-1])

    def _on_a_handle(self, who: str, name: str, arguments: str, result: int) -> Iterator[Call]:
        if name == "mmap":
            in_memory = re.findall(r"<([^>]*)>", arguments) if "MAP_SHARED" in arguments else []
            assert not any(self._is_ours(_plain(path)) for path in in_memory), f"leaves no record: {arguments}"
            return
        number, path, rest = _handle(arguments)
        if path == self.acknowledgements:
            yield Call(kind="ack", path=path, data=_bytes(rest))
        elif name in ("fsync", "fdatasync") and (path == self.folder or self._is_ours(path)):
            yield Call(kind="synced", path=path, who=who)
        elif self._is_ours(path) and name == "ftruncate":
            yield Call(kind="truncate", path=path, offset=int(rest))
        elif self._is_ours(path):
            assert name in WRITING, f"not understood: {name} of {path}"
            offset = self.at[who, number] if name == "write" else int(rest.rpartition(", ")[2])
            self.at[who, number] = offset + result if name == "write" else self.at.get((who, number), 0)
            yield Call(kind="write", path=path, offset=offset, data=_bytes(rest)[:result])


def _handle(arguments: str) -> tuple[str, str, str]:
    """The number of an open file, its path, and the other arguments; a path that has no name any more is empty."""
    found = OF_FD.match(arguments)
    return (found[1], _plain(found[2]), found[3]) if found and "(deleted)" not in arguments[:9999] else ("", "", "")


def _plain(text: str) -> str:
    return re.sub(r"\\x([0-9a-f]{2})", lambda code: chr(int(code[1], 16)), text)


def _bytes(text: str) -> bytes:
    return b"".join(bytes.fromhex(found.replace("\\x", "")) for found in BYTES.findall(text))
