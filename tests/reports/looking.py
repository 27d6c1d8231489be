"""Every kind of report of a site as pictures, page by page, to be looked at: `python -m tests.reports.looking FOLDER`.

It reads the site that the environment names (DATA_DIR) and writes nothing there. `--language ar` prints in the language
of `tests/reports/pseudo.py`, which is read from the right; `--texts` has what residents wrote in it, too.
"""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import sqlalchemy as sa

from app import create_app
from app.core.db import db
from app.core.media import documents
from app.core.printing import pdf
from app.places import queries as places
from app.proposals.models import Proposal
from app.proposals.rules import Stage
from app.reports import pages
from app.reports.duties import queries as duties
from app.reports.previews import pages as previews
from app.reports.queries import EditionDetail
from app.reports.rules import FORMAT, EditionStage, Form, Line, ReportKind
from app.taskforces.projects.models import Project
from tests.reports import pseudo


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in ReportKind]),
    help="Only these; again for more.",
)
@click.option("--language", default="en", help=f"`{pseudo.LANGUAGE}` is read from the right.")
@click.option("--texts/--no-texts", default=False, help="What residents wrote is in that language, too.")
@click.option("--form", type=click.Choice([form.value for form in Form]), default="readers")
@click.option("--dots", default=60, help="Dots an inch of the pictures.")
@click.option("--most", default=1, help="How many of each kind.")
def looking(folder: Path, kinds: tuple[str, ...], language: str, texts: bool, form: str, dots: int, most: int) -> None:
    """Print each kind of report as its next edition would be, and every page of it as a picture into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app()
    with tempfile.TemporaryDirectory() as words, app.test_request_context(base_url=app.config["SITE_URL"]):
        pseudo.catalog(Path(words))
        pseudo.speaks(app, Path(words))
        for kind in map(ReportKind, kinds or list(ReportKind)):
            for number, line in zip(range(most), lines_of(kind), strict=False):
                started = time.monotonic()
                edition = published(previews.following(line))
                edition = in_pseudo(edition) if texts else edition
                content = printed(edition, language, Form(form))
                path = folder / f"{kind}-{number}.pdf"
                path.write_bytes(content)
                subprocess.run(["pdftoppm", "-r", str(dots), "-png", path, path.with_suffix("")], check=True)
                click.echo(f"{edition.row.code}: {len(content) // 1000} kB, {time.monotonic() - started:.1f} s")


def lines_of(kind: ReportKind) -> Iterator[Line]:
    """What there is to report of a kind, the latest first; letters to the proposers of each decision."""
    if kind is ReportKind.LETTER:
        for stage in (Stage.FUNDED, Stage.NOT_FUNDED, Stage.NOT_FEASIBLE):
            found = db.session.scalar(sa.select(sa.func.max(Proposal.id)).where(Proposal.stage == stage))
            yield from [Line(kind=kind, subject_id=found)] if found else []
    for where in places.neighborhoods():
        today = duties.here(where)
        yield from (duty.line for duty in reversed(duties.owed(where, today)) if duty.line.kind is kind)
    if kind is ReportKind.ONE_PAGER:
        yield from (Line(kind=kind, subject_id=each) for each in db.session.scalars(sa.select(Project.id)))


def printed(edition: EditionDetail, language: str, form: Form) -> bytes:
    """The PDF of an edition, made in this process."""
    content = pdf.rendered(pages.sheet(edition, language, form))
    annexes = pages.annexes(edition, form)
    return documents.laid_on(content, annexes) if annexes else content


def published(edition: EditionDetail) -> EditionDetail:
    """An edition as if it were out already: on paper it is no draft."""
    return replace(edition, row=replace(edition.row, stage=EditionStage.PUBLISHED))


def in_pseudo(edition: EditionDetail) -> EditionDetail:
    """An edition whose subject, neighborhood and figures are in the language that nobody speaks."""
    told = pseudo.mirrored(dict(edition.snapshot))
    assert told["format"] == FORMAT
    return replace(edition, row=replace(edition.row, title=pseudo.said(edition.row.title)), snapshot=told)


if __name__ == "__main__":
    looking()
