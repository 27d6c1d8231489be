"""The press's own side, run as a script apart from the app: it loads the library once and forks for every sheet."""

import gc
import importlib.util
import os
import pickle
import resource
import select
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

HEAD = struct.Struct(">cI")
MEGABYTE = 1024 * 1024
OUT = 1
FIRST = "<html lang='en'><title>1</title><body><h1>1</h1><p><b>1</b> <i>1</i> <code>1</code></p></body></html>"
FAULTS = {-signal.SIGALRM: "time"} | dict.fromkeys(
    (-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGSEGV, -signal.SIGKILL), "memory"
)
"""What the end of a fork means; the libraries of text and fonts abort where memory is refused, and `_ended` kills."""
MARGIN = 16 * MEGABYTE
"""How far above the line at which a fork is ended memory is refused: one that stands at the wall is over the line."""
LOOK = 0.05
"""Seconds from one look at the memory of a fork to the next."""
SELDOM = (50_000, 20, 1000)
"""When a fork looks for garbage: a sheet holds nearly all it makes until its end, and looking took a fifth of it."""
BESIDE = ("columns", "pdf")
"""The modules of this folder it needs, in their order; a plain import would load the whole app."""


def serve() -> None:
    """Take sheets from stdin until it is closed; answer each on stdout with steps, then a file or why there is none."""
    pdf = _pdf()
    pdf.rendered(pdf.Sheet(document=FIRST))  # so that the fonts are found once, and not by each fork
    gc.freeze()  # what the library holds stays shared with the forks
    gc.set_threshold(*SELDOM)
    while head := sys.stdin.buffer.read(4):
        _print(pdf, pickle.loads(sys.stdin.buffer.read(struct.unpack(">I", head)[0])))


def _print(pdf: Any, order: dict[str, Any]) -> None:
    most = _taken() + order["limits"]["megabytes"] * MEGABYTE
    done, working = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(done)
        _work(pdf, order, most, working)
    os.close(working)
    code = _ended(child, done, most)
    os.close(done)
    if code != 0:
        _say(b"x", FAULTS.get(code, "ended").encode())


def _ended(child: int, done: int, most: int) -> int:
    """How a fork ended. One that takes more than `most` bytes is killed: where a number of Python's own has no room
    while an error is on its way, the interpreter tries for ever, and the sheet would end by its time alone."""
    while not select.select([done], [], [], LOOK)[0]:
        if _taken(child) > most:
            os.kill(child, signal.SIGKILL)
            break
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _work(pdf: Any, order: dict[str, Any], most: int, working: int) -> None:
    limits, given = order["limits"], order["sheet"]
    os.nice(limits["nice"])
    signal.alarm(limits["seconds"])
    resource.setrlimit(resource.RLIMIT_AS, (most + MARGIN,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a document has nothing to write
    said, content = b"x", b"failed"
    try:
        pdf.listen(lambda step: _say(b"s", bytes([step])))
        said, content = b"r", pdf.rendered(pdf.Sheet(**{**given, "variant": pdf.Variant(given["variant"])}))
    except pdf.ForeignAddress as reason:
        said, content = b"a", str(reason).encode()
    except MemoryError:
        content = b"memory"
    except Exception as reason:  # whatever it was, the press goes on and says so
        content = f"failed: {type(reason).__name__}: {reason}".encode()[:2000]
    signal.alarm(0)  # what has been made is said whole: no limit ends a fork in the middle of its answer
    os.close(working)
    _say(said, content)
    os._exit(0)


def _taken(process: int | str = "self") -> int:
    """The address space of a process in bytes, 0 where it has none or no system tells."""
    pages = Path(f"/proc/{process}/statm")
    return int(pages.read_text().split()[0]) * resource.getpagesize() if pages.exists() else 0


def _say(said: bytes, content: bytes) -> None:
    left = memoryview(HEAD.pack(said, len(content)) + content)
    while left:
        left = left[os.write(OUT, left) :]


def _pdf() -> Any:
    module: Any = None
    for name in BESIDE:
        known = f"app.core.printing.{name}"
        found = importlib.util.spec_from_file_location(known, Path(__file__).with_name(f"{name}.py"))
        assert found is not None and found.loader is not None  # the file stands beside this one
        module = sys.modules[known] = importlib.util.module_from_spec(found)
        found.loader.exec_module(module)
    return module


if __name__ == "__main__":
    with suppress(BrokenPipeError):  # whoever asked was killed: there is nobody to tell
        serve()
