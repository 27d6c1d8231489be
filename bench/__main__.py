"""`python -m bench`: measure, print the table, and keep the figures as JSON."""

import json
import os
import platform
import tempfile
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import numpy as np

from bench import clocks as nights
from bench.casts import line_of
from bench.ledger import lines as money_lines
from bench.library import lines as library_lines
from bench.overview import lines as overview_lines
from bench.printing import AIMS as PAGES_PRINTED
from bench.printing import lines as printing_lines
from bench.runs import PABUTOOLS, ROOT, Runs, installed, run_module
from bench.table import DUELS, counts, duel, text


@click.command()
@click.option(
    "--size", "sizes", type=int, multiple=True, default=(10_000, 100_000, 1_000_000), help="Ballots; again for more."
)
@click.option("--largest", type=int, default=10_000_000, help="Ballots for memory and growth alone; 0 for none.")
@click.option("--patience", type=float, default=120.0, help="Seconds to wait for another program; 0 runs none.")
@click.option("--keep", type=click.Path(path_type=Path), default=ROOT / "var" / "bench", help="Folder of the JSON.")
@click.option("--casts/--no-casts", default=True, help="Also how many ballots a second the site takes.")
@click.option("--clocks", default=2_000, help="Projects over which the clocks of a night run; 0 for none.")
@click.option("--projects", default=500, help="Projects on the page of all of them; 0 for none.")
@click.option("--pages", "pages", type=int, multiple=True, default=tuple(PAGES_PRINTED), help="Pages printed; 0: none.")
@click.option("--ledger", "entries", default=100_000, help="Entries of the ledger whose pages are opened; 0 for none.")
@click.option("--editions", default=1_000, help="Editions in the library whose pages are opened; 0 for none.")
def bench(
    sizes: tuple[int, ...],
    largest: int,
    patience: float,
    keep: Path,
    casts: bool,
    clocks: int,
    projects: int,
    pages: tuple[int, ...],
    entries: int,
    editions: int,
) -> None:
    """Measure the counts on generated ballots, against other programs where they finish, and the rate of casts."""
    lines = [line_of(kind, seconds=10, turns=3) for kind in ("sqlite", "postgresql")] if casts else []
    lines += nights.lines(clocks) if clocks else []
    click.echo("".join(f"{line}\n" for line in lines))
    delivery = overview_lines(projects, turns=15) if projects else []
    delivery += money_lines(entries, turns=15) if entries else []
    delivery += library_lines(editions, turns=10) if editions else []
    delivery += printing_lines(pages, turns=3) if any(pages) else []
    click.echo("".join(f"{line}\n" for line in delivery))
    click.echo(f"{machine()}\n60 options, up to 10 ranks. Seconds of the processor where nothing else is said.\n")
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(folder=Path(folder), patience=patience)
        rows = counts(runs, sizes, largest or None)
        runs.forget(largest)
        for of in DUELS:
            rows += duel(runs, sizes, of)
    table = text(rows, (*sizes, *([largest] if largest else [])))
    click.echo(table)
    found = agreement()
    keep.mkdir(parents=True, exist_ok=True)
    path = keep / f"{datetime.now():%Y-%m-%d-%H%M%S}.json"
    figures: dict[str, Any] = {"machine": machine(), "table": table, "agreement": found, "casts": lines}
    figures |= {"delivery": delivery, "runs": [asdict(run) for run in runs.done]}
    path.write_text(json.dumps(figures, indent=1) + "\n")
    click.echo(path)


def machine() -> str:
    """What the figures were measured on."""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    return f"Python {platform.python_version()}, NumPy {np.__version__}, {system}"


def agreement() -> dict[str, Any] | None:
    """Hold our winners against pabutools' on the real votes beside the project, if both are there."""
    if not installed(PABUTOOLS):
        return None
    found = run_module("bench.agreement")
    if found["files"]:
        same = found["files"] - len(found["differ"])
        click.echo(f"equal-shares winners = pabutools on {same} of {found['files']} files {' '.join(found['differ'])}")
    return found


if __name__ == "__main__":
    bench()
