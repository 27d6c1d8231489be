"""One piece of work, measured in this process alone: its seconds, the peak of its memory, and what it funded."""

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Facts = dict[str, Any]
Work = Callable[[], Facts]
Piece = Callable[[Path], Work]
"""Reads a closed set and returns the work to be timed, which returns facts about its result."""


def main(pieces: Mapping[str, Piece]) -> None:
    """`python -m … PIECE FILE`: do the piece on the file and print what was measured as a line of JSON."""
    name, file = sys.argv[1:]
    print(json.dumps(measured(pieces[name](Path(file)))))


def measured(work: Work) -> Facts:
    """Do the work and return its facts with what it took; the memory is that of the process from its start."""
    wall, processor = time.perf_counter(), time.process_time()
    facts = work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return {"wall": wall, "processor": processor, "megabytes": peak_megabytes(), **facts}


def peak_megabytes() -> float:
    """The most memory this process has had, in millions of bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
