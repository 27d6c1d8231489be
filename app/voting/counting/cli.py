"""`flask count`: count any file of ranked ballots, so that nobody needs the site to check or to compare a result."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import click

from app.core.progress import Bar
from app.voting.counting.comparison import compared
from app.voting.counting.count import count
from app.voting.counting.formats import loading
from app.voting.counting.formats.lines import BadFile, cents_of
from app.voting.counting.formats.loading import Loaded, Money, NoMoney
from app.voting.counting.formats.pabulib import NotRanked
from app.voting.counting.formats.pb_scores import read_scored
from app.voting.counting.misses import nearest_miss
from app.voting.counting.records import OFFERED, BadVote, Rule, Vote
from app.voting.counting.telling.explained import explain, told
from app.voting.counting.telling.summary import table
from app.voting.counting.telling.tables import as_the_file_says, one_runoff, runoff_as_json, side_by_side

PROJECT_ORDER = "project-order"
FILE = "file"

a_file = click.Path(exists=True, dir_okay=False, path_type=Path)


class FileFirst(click.Group):
    """A group whose first word may also be a file or an option: then it is the command FILE that is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put FILE before everything that does not begin with one of the other commands."""
        return super().parse_args(ctx, args if args and args[0] in self.commands else [FILE, *args])


class Refused(click.ClickException):
    """A file that cannot be counted: one line to stderr, exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the reason alone, so that a program can read the line number off its start."""
        click.echo(self.format_message(), file=file, err=file is None)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What to do with a file, as the options say it."""

    rule: Rule | None
    lot: str
    pot: str | None
    costs: Path | None
    as_json: bool
    compare: bool
    explain: str | None


@click.group("count", cls=FileFirst)
def count_command() -> None:
    """Count ranked ballots: `flask count FILE`, or one of the commands below."""


@count_command.command(
    FILE, epilog="`flask count verify RESULT` counts a result again; `flask count convert` changes formats."
)
@click.argument("file", type=a_file)
@click.option("--rule", type=click.Choice([rule.value for rule in OFFERED]), help="The counting rule.")
@click.option("--lot", default=PROJECT_ORDER, show_default=True, help="Lot order: a file with one project id a line.")
@click.option("--pot", help="The pot, for a file without one (.blt, .csv).")
@click.option("--costs", type=a_file, help="The costs, for a file without them: lines of id,cost.")
@click.option("--compare", is_flag=True, help="All rules side by side.")
@click.option("--explain", metavar="OPTION", help="Why the project with this id ended as it did, and how narrowly.")
@click.option("--as-is", is_flag=True, help="Approvals or points: show what the file's own votes say.")
@click.option("--json", "as_json", is_flag=True, help="Print the allocation and every event as JSON.")
@click.option("--progress/--no-progress", default=None, help="Show a bar even where there is no terminal, or never.")
def file_command(file: Path, rule: str | None, as_is: bool, progress: bool | None, **more: Any) -> None:
    """Count a FILE of ranked ballots: Pabulib (.pb), BLT (.blt) or grouped CSV (.csv).

    A file without pot and costs is counted as one instant runoff, round by round.
    """
    asked = Asked(rule=None if rule is None else Rule(rule), **more)
    try:
        if as_is:
            _show_as_is(file)
            return
        with Bar(shown=progress) as bar:
            loaded = loading.load(file.suffix, file.read_bytes())
            answer = _answer(loaded, asked, bar)
    except NotRanked as error:
        raise Refused(f"{error}; --as-is shows what its own votes say") from error
    except (BadFile, BadVote) as error:
        raise Refused(str(error)) from error
    except NoMoney as error:
        raise Refused(_needs_money(file)) from error
    for warning in loaded.warnings:
        click.echo(f"Warning: {warning}", err=True)
    click.echo(answer, nl=asked.as_json)


@count_command.command()
@click.argument("file", type=a_file)
@click.argument("to", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--pot", help="The pot, to write a .pb file of ballots without one.")
@click.option("--costs", type=a_file, help="The costs, likewise: lines of id,cost.")
def convert(file: Path, to: Path, pot: str | None, costs: Path | None) -> None:
    """Write the ballots of FILE to the file TO, in the format its name ends with: .pb, .blt or .csv."""
    try:
        loaded = loading.load(file.suffix, file.read_bytes())
        content = loading.converted(loaded, to.suffix, _money(loaded, pot, costs))
    except NoMoney as error:
        raise Refused(_needs_money(file)) from error
    except ValueError as error:
        raise Refused(str(error)) from error
    to.write_bytes(content)


def _answer(loaded: Loaded, asked: Asked, bar: Bar) -> str:
    money = _money(loaded, asked.pot, asked.costs)
    has_money = loaded.ranked is None or money is not None
    vote = _in_lot_order(asked.lot, loaded.with_money(money) if money else loaded.vote)
    if not has_money and (asked.compare or asked.explain is not None or asked.rule not in (None, Rule.RANKED_CHOICE)):
        raise NoMoney
    if asked.compare and asked.explain is not None:
        raise click.UsageError("--compare and --explain are two questions: ask one.")
    if asked.compare:
        return _compared(vote, asked, bar)
    if not has_money and loaded.ranked is not None:
        outcome = count(vote, Rule.RANKED_CHOICE, bar.show)
        shown = json.dumps(runoff_as_json(loaded.ranked, vote, outcome))
        return shown if asked.as_json else one_runoff(loaded.ranked, vote, outcome)
    if asked.rule is None:
        raise click.UsageError("Missing option '--rule'.")
    if asked.explain is not None:
        return _explained(vote, asked.rule, asked.explain, asked.as_json, bar)
    outcome = count(vote, asked.rule, bar.show)
    return json.dumps(outcome.as_published()) if asked.as_json else table(vote, outcome)


def _compared(vote: Vote, asked: Asked, bar: Bar) -> str:
    rules = compared(vote, asked.rule or OFFERED[0], bar.show)
    if not asked.as_json:
        return side_by_side(vote, rules)
    ids = {option.number: option.id for option in vote.options}
    return json.dumps([rule.as_json() | {"funded": [ids[number] for number in rule.funded]} for rule in rules])


def _explained(vote: Vote, rule: Rule, id_: str, as_json: bool, bar: Bar) -> str:
    number = next((option.number for option in vote.options if option.id == id_), None)
    if number is None:
        raise Refused(f"there is no project {id_!r} in the vote")
    found = explain(vote, count(vote, rule), nearest_miss(vote, rule, number, progress=bar.show))
    return json.dumps(found.as_json()) if as_json else told(found)


def _show_as_is(file: Path) -> None:
    scored = read_scored(file.read_bytes())
    for warning in scored.warnings:
        click.echo(f"Warning: {warning}", err=True)
    click.echo(as_the_file_says(scored), nl=False)


def _money(loaded: Loaded, pot: str | None, costs: Path | None) -> Money | None:
    if pot is None and costs is None:
        return None
    if loaded.ranked is None:
        raise click.UsageError("This file has its own pot and costs.")
    if pot is None or costs is None:
        raise click.UsageError("--pot and --costs belong together.")
    return Money(pot_cents=_cents(pot), costs=loading.costs_of(costs.read_bytes(), loaded.ranked.ids))


def _cents(pot: str) -> int:
    try:
        return cents_of(pot, 1, "the pot")
    except BadFile as error:
        raise click.UsageError(error.reason) from error


def _needs_money(file: Path) -> str:
    return f"{file.name} has no costs and no pot: give --pot and --costs, or have one runoff counted without --rule"


def _in_lot_order(lot: str, vote: Vote) -> Vote:
    return vote if lot == PROJECT_ORDER else loading.lot_order(lot_lines(lot), vote)


def lot_lines(lot: str) -> list[str]:
    """The lines of a lot order; Refused or BadFile where they cannot be read."""
    try:
        return [line.strip() for line in Path(lot).read_bytes().decode("utf-8-sig").split("\n")]
    except OSError as error:
        raise Refused(f"the lot order cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFile(error.object.count(b"\n", 0, error.start) + 1, "the lot order is not UTF-8 text") from error
