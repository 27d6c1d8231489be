"""`flask import-pb`: a real vote from its file to a checked count, and to its certified result where both sign."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from app.accounts.queries import actor_of, person_with_email
from app.accounts.rules import DEMO_DOMAIN
from app.core import jobs
from app.core.access import Actor
from app.core.errors import DomainError
from app.core.progress import Bar
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import CountRule
from app.places.rules import slug_of
from app.voting import queries as votes
from app.voting.counting.cli import PROJECT_ORDER, Refused, a_file, lot_lines
from app.voting.counting.formats.lines import BadFile
from app.voting.counting.formats.loading import lot_order
from app.voting.counting.formats.pabulib import PbFile, read
from app.voting.imports import queries, rules, services
from app.voting.imports.services import ImportVote
from app.voting.results import queries as results
from app.voting.results import services as counts
from app.voting.results.explanations.rules import EXPLAIN
from app.voting.rules import CheckStage, VoteStage

READ, MADE, COUNTED, CHECKED, SIGNED = 0.02, 0.05, 0.1, 0.2, 0.3  # how far each step has come; the report takes most
A_WHILE = 1  # second between two looks at a worker's second count


@dataclass(frozen=True, kw_only=True)
class Board:
    """The two who sign."""

    clerk: Actor
    observer: Actor


@click.command("import-pb")
@click.argument("file", type=a_file)
@click.option("--rule", type=click.Choice([rule.value for rule in CountRule]), default=CountRule.SHARED_BUDGET.value)
@click.option("--neighborhood", metavar="SLUG", help="One that is there; else the file's own place, made if need be.")
@click.option("--clerk", metavar="EMAIL", help="Who imports, counts and is to sign; in the demo its clerk.")
@click.option("--observer", metavar="EMAIL", help="Who is to sign beside the clerk; in the demo its observer.")
@click.option("--both-sign", is_flag=True, help="Both named people are here and sign now.")
@click.option("--name", default="", help="The name of the cycle; else what the file says.")
@click.option("--year", type=click.IntRange(1900, 9999), help="The year of the cycle; else what the file says.")
@click.option("--lot", default=PROJECT_ORDER, show_default=True, help="Lot order: a file with one project id a line.")
@click.option("--progress/--no-progress", default=None, help="Show a bar even where there is no terminal, or never.")
@with_appcontext
def import_pb_command(
    file: Path, clerk: str | None, observer: str | None, both_sign: bool, progress: bool | None, **more: Any
) -> None:
    """Make a counted cycle of the ranked vote in FILE (.pb).

    Clerk and observer then sign its result on the site, or here with --both-sign. The demo signs for its own two.

    Asked again, it goes on where it was stopped; a file that is certified already is refused.
    """
    try:
        board = Board(clerk=_person(clerk, "clerk"), observer=_person(observer, "observer"))
        data = file.read_bytes()
        pb = read(data)
        command = _command(file, data, pb, **more)
        before = queries.newest_job()
        with Bar(shown=progress, label="Importing") as bar:
            bar.show(READ)
            cycle_id = _brought_in(command, board)
            _have_it_counted(cycle_id, board, bar)
            if both_sign or current_app.config["DEMO"]:
                _have_it_signed(cycle_id, board, bar)
            _finish(before, bar)
    except BadFile as error:
        raise Refused(str(error)) from error
    except DomainError as refusal:
        raise click.ClickException(refusal.message) from refusal
    for warning in pb.warnings:
        click.echo(f"Warning: {warning}", err=True)
    click.echo(_said(cycle_id, board))


def _command(
    file: Path, data: bytes, pb: PbFile, *, rule: str, neighborhood: str | None, name: str, year: int | None, lot: str
) -> ImportVote:
    return ImportVote(
        file=pb,
        file_name=file.name,
        file_sha256=sha256(data).hexdigest(),
        rule=CountRule(rule),
        neighborhood=neighborhood,
        name=name.strip(),
        year=year,
        lot_order=None if lot == PROJECT_ORDER else lot_order(lot_lines(lot), pb.vote).lot_order,
    )


def _person(email: str | None, part: str) -> Actor:
    if email is None and not current_app.config["DEMO"]:
        raise click.UsageError(f"Say with --{part} whose work this is.")
    address = (email or f"{part}{DEMO_DOMAIN}").strip().lower()
    person = person_with_email(address)
    if person is None:
        raise click.ClickException(f"Nobody here has the address {address}.")
    return actor_of(person)


def _brought_in(command: ImportVote, board: Board) -> int:
    """The cycle of the file, new or from an import that has not come to its certification."""
    slug = command.neighborhood or slug_of(rules.place_of(command.file.meta))
    where = queries.neighborhood(slug)
    there = queries.of_file(command.file_sha256, where.id) if where else None
    if there is None or there.stage is VoteStage.CERTIFIED:
        return services.import_vote(command, by=board.clerk, observed_by=board.observer)
    if there.rule != command.rule.value:
        raise click.ClickException(f"This file is here, not certified yet, and counted by {there.rule}.")
    if there.lot_order != command.whole_lot_order:
        raise click.ClickException("This file is here, not certified yet, and its rule card has another lot order.")
    click.echo(f"Going on with {there.cycle_name}, which is not certified yet.", err=True)
    return there.cycle_id


def _have_it_counted(cycle_id: int, board: Board, bar: Bar) -> None:
    bar.show(MADE)
    if votes.vote_facts(cycle_id).stage is VoteStage.OPENED:
        counts.count_imported(cycle_id, by=board.clerk)
    bar.show(COUNTED)
    _have_it_checked(cycle_id, bar)
    bar.show(CHECKED)


def _have_it_signed(cycle_id: int, board: Board, bar: Bar) -> None:
    counts.certify(cycle_id, by=board.clerk)
    counts.certify(cycle_id, by=board.observer)
    bar.show(SIGNED)


def _have_it_checked(cycle_id: int, bar: Bar) -> None:
    """Make the second count here and now, or wait for the worker that has begun it, or take over from a killed one."""

    def hear(done: float) -> None:
        bar.show(COUNTED + done * (CHECKED - COUNTED))

    check = queries.check(cycle_id, counts.CHECK)
    while check.stage is CheckStage.WAITING:
        if check.job_id is None:
            raise click.ClickException("The second count waits, but there is no job that makes it.")
        jobs.run(check.job_id, hear)  # does nothing while a worker holds it
        check = queries.check(cycle_id, counts.CHECK)
        if check.stage is CheckStage.WAITING:
            if check.error is not None:
                raise click.ClickException(f"The second count was not finished: {check.error}")
            hear(check.percent / 100)
            sleep(A_WHILE)
    if check.stage is CheckStage.DIFFERS:
        raise click.ClickException("The second count differs from the first. Nobody can sign this result.")


def _finish(before: int, bar: Bar) -> None:
    """Do what was left to a worker, the report among it; but for the explanation, which may take many minutes."""
    left = queries.jobs_since(before, but=EXPLAIN)
    for done, job_id in enumerate(left, start=1):
        jobs.run(job_id)
        bar.show(SIGNED + done / len(left) * (1 - SIGNED))


def _said(cycle_id: int, board: Board) -> str:
    cycle = cycle_facts(cycle_id)
    record = results.visible(cycle, board.clerk)
    assert record is not None  # it was counted above
    facts, site = record.facts, current_app.config["SITE_URL"]
    signed = [
        f"Certified by {record.clerk_name} and {record.observer_name}.",
        f"Result   {site}/results/{cycle_id}",
        f"Reports  {site}/reports/",
    ]
    unsigned = [
        "Counted and checked, not certified.",
        f"{board.clerk.name} and {board.observer.name} both sign at {site}/results/{cycle_id}",
    ]
    return "\n".join(
        [
            f"{cycle.name}: {facts.ballots:,} ballots, {len(facts.endings)} projects, {len(facts.funded)} funded.",
            *(signed if record.certified_at else unsigned),
            "A worker (flask worker) still finds out how narrowly each project won or missed.",
        ]
    )
