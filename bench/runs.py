"""Runs pieces, each in a process of its own so that no memory or cache of one helps or hurts another."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).parents[1]
OURS, PABUTOOLS, LOOP = "bench.pieces", "bench.pabu", "bench.loop"
TIMES = 3  # ours is measured so often, and the middle one counts; others once, for they are slow


@dataclass(frozen=True, kw_only=True)
class Run:
    """A measured piece: seconds on the clock, seconds of the processor, megabytes at the peak, and other facts."""

    module: str
    piece: str
    size: int
    wall: float
    processor: float
    megabytes: float
    facts: dict[str, Any]


@dataclass(kw_only=True)
class Runs:
    """All runs of one bench on the generated votes in a folder; `patience` is in seconds of the processor."""

    folder: Path
    patience: float
    done: list[Run] = field(default_factory=list)

    def ours(self, piece: str, size: int) -> Run:
        """The middle of several runs of a piece of ours."""
        runs = sorted((_run(OURS, piece, self._file(size)) for _ in range(TIMES)), key=lambda run: run.processor)
        self.done.append(runs[TIMES // 2])
        return self.done[-1]

    def theirs(self, module: str, piece: str, size: int) -> Run | None:
        """One run of somebody else's piece, or nothing if it is not installed or would take longer than we wait."""
        if not installed(module) or (self.expected(module, piece, size) or 0) >= self.patience:
            return None
        self.done.append(_run(module, piece, self._file(size)))
        return self.done[-1]

    def expected(self, module: str, piece: str, size: int) -> float | None:
        """The seconds it would take if it grew no faster than the ballots, from its largest run so far."""
        before = [run for run in self.done if (run.module, run.piece) == (module, piece)]
        return before[-1].processor * size / before[-1].size if before else None

    def forget(self, size: int) -> None:
        """Delete the generated vote of that size."""
        self._path(size).unlink(missing_ok=True)

    def _path(self, size: int) -> Path:
        return self.folder / f"{size}.set"

    def _file(self, size: int) -> Path:
        if not self._path(size).exists():
            _run(OURS, "make", self._path(size))
        return self._path(size)


def installed(module: str) -> bool:
    """Whether what the module needs is there: `make bench` brings pabutools, the tests do without."""
    return module != PABUTOOLS or find_spec("pabutools") is not None


def run_module(module: str, *arguments: str) -> dict[str, Any]:
    """Run a module in a new process and read the JSON it prints.

    The hash seed is set because pabutools' PB-EAR heeds it.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def _run(module: str, piece: str, file: Path) -> Run:
    click.echo(f"… {module} {piece} {int(file.stem):,}", err=True)
    facts = run_module(module, piece, str(file))
    measured = {name: facts.pop(name) for name in ("wall", "processor", "megabytes")}
    return Run(module=module, piece=piece, size=int(file.stem), facts=facts, **measured)
