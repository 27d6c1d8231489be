"""Draws one picture anew in a process of its own, and says how long that took and how much memory came on top."""

import json
import re
import sys
import time
from pathlib import Path

from PIL import Image

from app.core.media.pictures import redrawn


def megabytes() -> float:
    """The most memory this program has ever held; `getrusage` would count that of the tests that started it too."""
    (held,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(held) / 1024


def main(path: str, whole: bool) -> None:
    """Measure `path`; `whole` is the sabotage: all its pixels at once, and a copy to turn them."""
    before, begun, begun_at_work = megabytes(), time.perf_counter(), time.process_time()
    with open(path, "rb") as file:
        Image.open(file).copy().rotate(90, expand=True) if whole else redrawn(file)
    took = time.perf_counter() - begun
    worked = time.process_time() - begun_at_work
    print(json.dumps({"seconds": took, "worked": worked, "before": before, "more": megabytes() - before}))


if __name__ == "__main__":
    main(sys.argv[1], "whole" in sys.argv)
