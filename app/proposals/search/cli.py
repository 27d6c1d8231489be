"""The command that writes down anew what proposals are found by, after rows came in by another way than our verbs."""

import click
from flask.cli import with_appcontext

from app.proposals.search.services import keep_words_of


@click.command("index-proposals")
@with_appcontext
def index_command() -> None:
    """Find every public proposal by the words it has now. May be run at any time."""
    click.echo(f"{keep_words_of()} proposals can be found")
