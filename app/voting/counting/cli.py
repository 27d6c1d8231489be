"""`flask count`: count any ranked .pb file from the command line, so that nobody needs the site to check a result."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Any, Self

import click

from app.voting.counting.count import count
from app.voting.counting.pabulib import read
from app.voting.counting.pb_lines import BadFile
from app.voting.counting.records import OFFERED, Option, Rule
from app.voting.counting.summary import table

PATIENCE = 2.0  # seconds before a bar appears
PROJECT_ORDER = "project-order"
BAR = 30


@click.command("count")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rule", type=click.Choice([rule.value for rule in OFFERED]), required=True, help="The counting rule.")
@click.option("--lot", default=PROJECT_ORDER, show_default=True, help="Lot order: a file with one project id a line.")
@click.option("--json", "as_json", is_flag=True, help="Print the allocation and every event as JSON.")
@click.option("--progress/--no-progress", default=None, help="Show a bar even where there is no terminal, or never.")
def count_command(file: Path, rule: str, lot: str, as_json: bool, progress: bool | None) -> None:
    """Count the ranked ballots of a Pabulib FILE (.pb)."""
    with Bar(shown=progress) as bar:
        try:
            imported = read(file.read_bytes())
            vote = replace(imported.vote, lot_order=_lot_order(lot, imported.vote.options))
        except BadFile as error:
            raise Refused(str(error)) from error
        outcome = count(vote, Rule(rule), bar.show)
    for warning in imported.warnings:
        click.echo(f"Warning: {warning}", err=True)
    click.echo(json.dumps(outcome.as_published()) if as_json else table(vote, outcome), nl=as_json)


class Refused(click.ClickException):
    """A file that cannot be counted: one line to stderr, exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the reason alone, so that a program can read the line number off its start."""
        click.echo(self.format_message(), file=file, err=file is None)


class Bar:
    """A progress bar on stderr for counts that take longer than PATIENCE; only on a terminal unless asked for."""

    def __init__(self, *, shown: bool | None) -> None:
        wanted = sys.stderr.isatty() if shown is None else shown
        self._due = self._drawn = False
        self._timer = Timer(PATIENCE, self._be_due) if wanted else None

    def __enter__(self) -> Self:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._drawn:
            click.echo("", err=True)

    def show(self, done: float) -> None:
        """Draw the share of the work done, 0 to 1, once it is worth drawing."""
        if self._due:
            full = round(done * BAR)
            click.echo(f"\rCounting [{'#' * full}{'.' * (BAR - full)}] {done:4.0%}", err=True, nl=False)
            self._drawn = True

    def _be_due(self) -> None:
        self._due = True


def _lot_order(lot: str, options: Sequence[Option]) -> tuple[int, ...]:
    if lot == PROJECT_ORDER:
        return tuple(option.number for option in options)
    numbers = {option.id: option.number for option in options}
    order: dict[int, int] = {}
    line = 0
    for line, id_ in enumerate(_lines(lot), start=1):
        if not id_:
            continue
        if id_ not in numbers:
            raise BadFile(line, f"the lot order names project {id_!r}, which is not in the vote")
        if numbers[id_] in order:
            raise BadFile(line, f"the lot order names project {id_} twice, first in line {order[numbers[id_]]}")
        order[numbers[id_]] = line
    missing = [option.id for option in options if option.number not in order]
    if missing:
        raise BadFile(line + 1, f"the lot order ends without project {missing[0]} ({len(missing)} missing)")
    return tuple(order)


def _lines(lot: str) -> list[str]:
    try:
        return [line.strip() for line in Path(lot).read_bytes().decode("utf-8-sig").split("\n")]
    except OSError as error:
        raise Refused(f"the lot order cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFile(error.object.count(b"\n", 0, error.start) + 1, "the lot order is not UTF-8 text") from error
