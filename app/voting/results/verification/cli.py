"""`flask count verify`: whoever has the site or a bundle counts a result again and sees whether it is the same."""

import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import click
from flask.cli import with_appcontext

from app.core.errors import DomainError
from app.core.progress import Bar
from app.voting.counting.cli import Refused
from app.voting.results.bundle.rules import FILES, MANIFEST
from app.voting.results.rules import BadRecord
from app.voting.results.verification import queries
from app.voting.results.verification.rules import Kept, differences, from_bundle

MOST_BYTES = 1 << 30
"""A bundle is unpacked in memory; beyond this it is not one."""


@click.command("verify")
@click.argument("result")
@click.option("--progress/--no-progress", default=None, help="Show a bar even where there is no terminal, or never.")
@with_appcontext
def verify_command(result: str, progress: bool | None) -> None:
    """Count RESULT again from its closed ballot set, twice, and compare it byte by byte with what is on record.

    RESULT is a cycle's id or address, with :2 for its second count, or a bundle: the .zip or the folder it was unpacked
    to, with its manifest.json.

    The exit code is 0 where all is equal, 1 where anything differs, 2 where there is nothing to compare.
    """
    try:
        kept = _bundle(Path(result)) if _is_bundle(Path(result)) else queries.kept(result)
        if kept is None:
            raise Refused(f"there is no result {result!r}")
        with Bar(shown=progress) as bar:
            found = differences(kept, bar.show)
    except queries.SeveralCycles as several:
        raise Refused(f"several cycles have the address {several}: say the id") from several
    except (DomainError, BadRecord) as reason:
        click.echo(f"Differs: {reason}")
        raise SystemExit(1) from reason
    click.echo(_told(kept))
    for line in found:
        click.echo(f"Differs: {line}")
    if found:
        raise SystemExit(1)
    click.echo("Equal: both counts give the outcome on record, byte for byte.")


def _told(kept: Kept) -> str:
    return "\n".join(
        [
            f"Result      {kept.name}",
            f"Rule        {kept.rule.value}",
            f"Ballots     {len(kept.vote.ballots):,}",
            f"Closed set  {kept.closed_set_hash}",
        ]
    )


def _is_bundle(path: Path) -> bool:
    """Whether a bundle lies there; another file or folder may happen to be called like a cycle."""
    return (path / MANIFEST).is_file() or (path.suffix.lower() == ".zip" and path.is_file())


def _bundle(path: Path) -> Kept:
    if path.is_dir():
        return from_bundle({name: (path / name).read_bytes() for name in FILES if (path / name).is_file()})
    try:
        files = _unpacked(path)
    except (BadZipFile, RuntimeError, EOFError, zlib.error) as reason:  # RuntimeError: encrypted, or packed otherwise
        raise Refused("this is no bundle: its .zip cannot be unpacked") from reason
    return from_bundle(files)


def _unpacked(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as bundle:
        ours = [each for each in bundle.infolist() if each.filename in FILES]
        if sum(each.file_size for each in ours) > MOST_BYTES:
            raise Refused("this is too large to be a bundle")
        return {each.filename: bundle.read(each) for each in ours}
