"""Small disks: a `tmpfs` of our own, which root may mount, that runs out of room or names, or takes nothing more."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.faults.places import missing

MEGABYTE = 1 << 20


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Path]:
    """A disk of that size at the folder; left out where we may not mount."""
    folder.mkdir()
    if os.geteuid() != 0 or _mount("-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(folder)) != 0:
        missing("a small disk can only be mounted by root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def resize(folder: Path, *, bytes_free: int) -> None:
    """Make the disk as large as what is on it and so many bytes more."""
    disk = os.statvfs(folder)
    used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
    assert used + bytes_free > 0, "a tmpfs of size 0 has no limit at all"
    assert _mount("-o", f"remount,size={used + bytes_free}", str(folder)) == 0


def fill(folder: Path) -> None:
    """Leave no room on the disk."""
    with suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
        while filler.write(bytes(MEGABYTE)):
            pass
    assert os.statvfs(folder).f_bfree == 0


def limit_names(folder: Path, *, more: int) -> None:
    """Let the disk hold so many files more than it holds now (inodes)."""
    disk = os.statvfs(folder)
    assert _mount("-o", f"remount,nr_inodes={disk.f_files - disk.f_ffree + more}", str(folder)) == 0


def allow_writing(folder: Path, is_allowed: bool) -> None:
    """Make the disk read-only, or writable again; nothing on it may be open for writing."""
    assert _mount("-o", f"remount,{'rw' if is_allowed else 'ro'}", str(folder)) == 0


def _mount(*arguments: str) -> int:
    return subprocess.run(["mount", *arguments], capture_output=True).returncode
