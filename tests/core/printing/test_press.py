"""The press makes PDFs apart from the site, and no document takes more than it may."""

import os
import signal
import subprocess
import sys
import time

import pytest

from app.core.printing import pdf, press
from app.core.printing.pdf import Sheet, Variant
from app.core.printing.press import Fault, Limits, NotPrinted, printed

PAGE = '<!doctype html><html lang="en"><head><title>Report</title></head><body><h1>Report</h1>{}</body></html>'
SMALL = Sheet(document=PAGE.format("<p>Lamps</p>"))
LONG = Sheet(document=PAGE.format("<table>" + "<tr><td>a</td><td>b</td></tr>" * 4000 + "</table>"))
LARGE = Sheet(document=PAGE.format("<p>x</p>" * 30_000))
TURNING = """
import sys
from types import SimpleNamespace
from app.core.printing import press_child

def rendered(sheet):
    taken = []
    while True:
        try:
            taken.append(bytes(100_000))
        except MemoryError:
            pass

library = SimpleNamespace(listen=id, rendered=rendered, Sheet=dict, Variant=str)
press_child.LOOK = float(sys.argv[1])
limits = {"megabytes": 50, "seconds": int(sys.argv[2]), "nice": 0}
press_child._print(library, {"sheet": {"variant": ""}, "limits": limits})
"""
"""A press whose sheet asks again wherever memory is refused, as the interpreter does at times."""
ROOM = 100
"""Megabytes beyond those of the press: enough for a page, too few for thirty thousand elements."""


@pytest.mark.parametrize("variant", Variant)
def test_the_press_prints_the_bytes_that_this_process_would(variant):
    attached = {"data.json": b"{}"} if variant is Variant.ARCHIVE else {}
    sheet = Sheet(document=SMALL.document, variant=variant, attached=attached)
    assert printed(sheet) == pdf.rendered(sheet)


def test_it_tells_how_far_it_has_come():
    heard: list[float] = []
    printed(SMALL, hear=heard.append)
    assert heard == sorted(heard) and heard[-1] == 1.0 and len(heard) == pdf.STEPS


def test_what_came_with_a_sheet_is_shown_and_nothing_else():
    lamp = pdf.bundled("asset:/img/lamp.svg")[0]
    asking = PAGE.format('<img src="asset:/made/lamp.svg" alt="A lamp">')
    assert printed(Sheet(document=asking, made={"lamp.svg": lamp})).startswith(b"%PDF")
    with pytest.raises(pdf.ForeignAddress):
        printed(Sheet(document=asking, made={"other.svg": lamp}))


def test_a_sheet_that_takes_too_long_ends_and_the_press_goes_on():
    with pytest.raises(NotPrinted) as refused:
        printed(LONG, limits=Limits(seconds=1))
    assert refused.value.fault is Fault.TIME
    assert printed(SMALL).startswith(b"%PDF")


def test_a_sheet_that_takes_too_much_memory_ends_and_the_press_goes_on():
    with pytest.raises(NotPrinted) as refused:
        printed(LARGE, limits=Limits(megabytes=ROOM))
    assert refused.value.fault is Fault.MEMORY
    assert printed(SMALL, limits=Limits(megabytes=ROOM)).startswith(b"%PDF")


@pytest.mark.parametrize(("look", "seconds", "said"), [(0.05, 60, b"memory"), (60, 1, b"time")], ids=["seen", "twin"])
def test_a_sheet_that_never_gives_up_asking_for_memory_is_seen(look, seconds, said):
    order = [sys.executable, "-c", TURNING, str(look), str(seconds)]
    assert subprocess.run(order, capture_output=True, check=True).stdout[press.HEAD.size :] == said


def test_a_press_that_was_killed_is_started_again():
    printed(SMALL)
    running = press._running()
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert printed(SMALL).startswith(b"%PDF")


def test_a_press_that_dies_over_a_sheet_says_so(monkeypatch):
    printed(SMALL)
    running = press._running()
    monkeypatch.setattr(press, "_send", lambda press, order: os.kill(press.pid, signal.SIGKILL))
    with pytest.raises(NotPrinted) as refused:
        printed(SMALL)
    assert refused.value.fault is Fault.ENDED and running.poll() is not None


def test_a_press_that_says_nothing_is_not_waited_for_without_end(monkeypatch):
    monkeypatch.setattr(press, "_send", lambda press, order: None)
    monkeypatch.setattr(press, "PATIENCE", 0)
    begun = time.monotonic()
    with pytest.raises(NotPrinted):
        printed(SMALL, limits=Limits(seconds=1))
    assert time.monotonic() - begun < 30
