"""How long the press takes for a page, twenty and a hundred, against the library alone; what pages feel meanwhile."""

import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import click

from app import create_app
from app.config import Settings
from app.core.db import db
from app.core.printing import pdf, press
from app.core.printing.pdf import Sheet
from tests import make

ROWS_ON_A_PAGE = 33
AIMS = {1: 0.5, 20: 4.0, 100: 25.0}
"""Seconds for so many pages."""
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
    """What the press takes for so many pages each, and what a page request takes while three are printed."""
    return [*(_line(size, turns) for size in sizes), _meanwhile(max(1, max(sizes) // 2))]


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


def _line(pages: int, turns: int) -> str:
    given = sheet(pages)
    press.printed(sheet(1))
    pdf.rendered(sheet(1))
    turns = 1 if pages >= 100 else turns
    with _peak() as peak:
        by_press = _fastest(lambda: press.printed(given), turns)
    alone = _fastest(lambda: pdf.rendered(given), turns)
    times = by_press / alone
    aim = AIMS.get(pages, float("inf"))
    missed = by_press > aim or times > MOST_TIMES or peak[0] > MOST_MEGABYTES
    taken = f"{by_press:6.2f} s, {times:.2f} times the library alone ({alone:.2f} s), {peak[0]:.0f} MB"
    return (
        f"{pages:>4} pages  {taken}   aim {aim:g} s, {MOST_TIMES} times, {MOST_MEGABYTES} MB{'  *' if missed else ''}"
    )


def _fastest(act: Callable[[], object], turns: int) -> float:
    taken = []
    for _turn in range(turns):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return min(taken)


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
        ask = _site(Path(folder))
        ask()
        quiet = statistics.median(_fastest(ask, 1) for _turn in range(20))
        with ProcessPoolExecutor(3) as printers:
            waiting = [printers.submit(_print, pages) for _printer in range(3)]
            busy = [_fastest(ask, 1)]
            while not all(each.done() for each in waiting):
                busy.append(_fastest(ask, 1))
    slower = statistics.median(busy) / quiet
    taken = f"{slower:.2f} times as long ({quiet * 1000:.1f} ms before)"
    slow = "  *" if slower > MOST_SLOWER else ""
    return f"a page of the site while three are printed: {taken}   aim {MOST_SLOWER}{slow}"


def _print(pages: int) -> None:
    press.printed(sheet(pages))


def _site(folder: Path) -> Callable[[], object]:
    url = f"sqlite:///{folder}/site.sqlite3"
    app = create_app(Settings(secret_key="bench", database_url=url, data_dir=folder / "data", testing=True))
    with app.app_context():
        db.create_all()
        make.neighborhood()
    client = app.test_client()
    return lambda: client.get("/reports/")


if __name__ == "__main__":
    printing()
