"""How long the press takes for a page, twenty and a hundred, against the library alone; what pages feel meanwhile.

First the documents themselves: the poster of a project, a report of results, the report of a year with many projects.
"""

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from math import inf
from pathlib import Path
from unittest.mock import patch

import click
import pikepdf
from flask import Flask

from app import create_app
from app.config import Settings
from app.core.db import db
from app.core.printing import pdf, press
from app.core.printing.pdf import Sheet
from app.reports.rules import NATURES, Form, ReportKind
from tests import make
from tests.reports import kinds
from tests.reports.growing import grown

ROWS_ON_A_PAGE = 33
AIMS = {1: 0.5, 20: 4.0, 100: 25.0}
"""Seconds for so many pages."""
DOCUMENTS = (
    (ReportKind.ONE_PAGER, 0, 1, Form.LARGE),
    (ReportKind.RESULTS, 90, 20, Form.READERS),
    (ReportKind.ANNUAL, 310, 100, Form.READERS),
)
"""Kind, rows in its lists, the pages it comes to, and its form; the large one of a project is the poster."""
NAME = "Lamps and benches on Mill Lane"
MOST_TIMES, MOST_MEGABYTES, MOST_SLOWER = 1.3, 600, 2.0
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 480 60" width="100%"><title>A bar</title>'
    '<rect x="0" y="10" width="300" height="30" fill="#23407a"></rect><text x="310" y="30">300</text></svg>'
)


@click.command()
@click.option("--pages", "sizes", type=int, multiple=True, default=tuple(AIMS), help="Pages; again for more.")
@click.option("--turns", default=3, help="How often each is made; the fastest counts.")
def printing(sizes: tuple[int, ...], turns: int) -> None:
    """Print what the press takes, and whether that keeps to the aims."""
    click.echo("\n".join(lines(sizes, turns=turns)))


def lines(sizes: tuple[int, ...], *, turns: int) -> list[str]:
    """What the press takes for the documents, for so many pages, and a page request while three are printed."""
    real = [_line(name, given, AIMS[size], turns) for name, size, given in documents() if size in sizes]
    made = [_line(f"{size} pages", sheet(size), AIMS.get(size, inf), 1 if size >= 100 else turns) for size in sizes]
    return [*real, *made, _meanwhile(max(1, max(sizes) // 2))]


def documents() -> list[tuple[str, int, Sheet]]:
    """The name, the pages to be held to, and the sheet of three reports, made as a clerk would and grown to that."""
    with tempfile.TemporaryDirectory() as folder:
        app = _app(Path(folder))
        return [
            (
                f"{NATURES[kind].code} {kind.value}",
                pages,
                kinds.sheet_of(app, kind, partial(grown, rows=rows, title=NAME), form),
            )
            for kind, rows, pages, form in DOCUMENTS
        ]


def sheet(pages: int) -> Sheet:
    """A report of about so many pages: a heading, a drawing and a table on each."""
    rows = "".join(
        f'<tr><th scope="row">Lamp {row} on Mill Lane</th><td>R-{row}</td><td class="ll-number">{row * 137}</td></tr>'
        for row in range(ROWS_ON_A_PAGE - 12)
    )
    head = "<thead><tr><th scope='col'>Project</th><th scope='col'>Code</th><th scope='col'>Cost</th></tr></thead>"
    part = f"<section class='page'><h2>Part</h2>{CHART}<table><caption>Costs</caption>{head}{rows}</table></section>"
    body = "<h1>Report</h1>" + part.replace(" class='page'", "", 1) + part * (pages - 1)
    return Sheet(
        document=f"<!doctype html><html lang='en'><head><title>Report</title></head><body>{body}</body></html>"
    )


def _line(name: str, given: Sheet, aim: float, turns: int) -> str:
    press.printed(sheet(1))
    pdf.rendered(sheet(1))
    with _peak() as peak:
        by_press, by_press_cpu = _fastest(lambda: press.printed(given), turns, _of_the_press)
    with patch.object(pdf, "fix_columns", lambda page: None):
        alone, alone_cpu = _fastest(lambda: pdf.rendered(given), turns, time.process_time)
    with pikepdf.open(BytesIO(pdf.rendered(given))) as file:
        pages = len(file.pages)
    times = by_press_cpu / alone_cpu
    missed = by_press > aim or times > MOST_TIMES or peak[0] > MOST_MEGABYTES
    taken = f"{by_press:6.2f} s ({by_press_cpu:.2f} of the processor), {times:.2f} times the library alone"
    aims = f"aim {aim:g} s, {MOST_TIMES} times, {MOST_MEGABYTES} MB"
    return f"{name:<13}{pages:>4} pages  {taken} ({alone:.2f} s), {peak[0]:.0f} MB   {aims}{'  *' if missed else ''}"


def _of_the_press() -> float:
    """Seconds of the processor that the forks of the press have had; told once the last one has ended."""
    number = press._running().pid
    while Path(f"/proc/{number}/task/{number}/children").read_text().strip():
        time.sleep(0.01)
    stat = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[13]) + int(stat[14])) / os.sysconf("SC_CLK_TCK")


def _fastest(act: Callable[[], object], turns: int, clock: Callable[[], float]) -> tuple[float, float]:
    """Seconds by the clock and of the processor of the turn that took the processor least."""
    taken = []
    for _turn in range(turns):
        begun, before = time.perf_counter(), clock()
        act()
        taken.append((clock() - before, time.perf_counter() - begun))
    processor, wall = min(taken)
    return wall, processor


@contextmanager
def _peak() -> Iterator[list[float]]:
    """The most memory, in megabytes, that a fork of the press held in the block."""
    held, is_over = [0.0], threading.Event()

    def look() -> None:
        parent = press._running().pid
        while not is_over.wait(0.02):
            for status in Path("/proc").glob("[0-9]*/status"):
                held[0] = max(held[0], _resident(status, parent))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield held
    finally:
        is_over.set()
        watcher.join()


def _resident(status: Path, parent: int) -> float:
    try:
        told = dict(line.split(":", 1) for line in status.read_text().splitlines())
    except OSError:
        return 0.0
    is_ours = int(told["PPid"]) == parent and "VmHWM" in told
    return int(told["VmHWM"].split()[0]) / 1024 if is_ours else 0.0


def _meanwhile(pages: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        app = _app(Path(folder))
        ask = _asking(app)
        ask()
        quiet = statistics.median(_once(ask) for _turn in range(20))
        with ProcessPoolExecutor(3) as printers:
            waiting = [printers.submit(_print, pages) for _printer in range(3)]
            busy = [_once(ask)]
            while not all(each.done() for each in waiting):
                busy.append(_once(ask))
    slower = statistics.median(busy) / quiet
    taken = f"{slower:.2f} times as long ({quiet * 1000:.1f} ms before)"
    slow = "  *" if slower > MOST_SLOWER else ""
    return f"a page of the site while three are printed: {taken}   aim {MOST_SLOWER}{slow}"


def _once(act: Callable[[], object]) -> float:
    return _fastest(act, 1, time.perf_counter)[0]


def _print(pages: int) -> None:
    press.printed(sheet(pages))


def _app(folder: Path) -> Flask:
    """A site on SQLite; its database is the one at hand until the end of this process."""
    url = f"sqlite:///{folder}/site.sqlite3"
    app = create_app(Settings(secret_key="bench", database_url=url, data_dir=folder / "data", testing=True))
    app.app_context().push()
    db.create_all()
    return app


def _asking(app: Flask) -> Callable[[], object]:
    make.neighborhood()
    client = app.test_client()
    return lambda: client.get("/reports/")


if __name__ == "__main__":
    printing()
