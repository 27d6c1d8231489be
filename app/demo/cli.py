"""`flask demo`: bring the demo up to today, or see how old it is."""

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from app.core.clock import now
from app.core.db import db
from app.cycles.models import Phase
from app.cycles.rules import PhaseKind
from app.demo import seed

demo_commands = click.Group("demo", help="The invented neighborhood of Riverside.")


@demo_commands.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def reseed(yes: bool) -> None:
    """Throw away all that was done in the demo and live it anew up to today."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("This site is not in demo mode.")
    if not yes:
        click.confirm("Everything done in this demo will be gone. Go on?", abort=True)
    seed.empty()
    seed.seed()
    click.echo("Riverside is up to date: voting is open.")


@demo_commands.command()
@with_appcontext
def status() -> None:
    """Say until when the demo's vote is open."""
    query = sa.select(sa.func.max(Phase.ends_at)).where(Phase.kind == PhaseKind.VOTING)
    ends_at = db.session.scalar(query)
    if ends_at is None:
        click.echo("The demo is empty; `flask ready` fills it.")
    elif ends_at < now():
        click.echo(
            f"The demo has gone stale: its vote closed on {ends_at:%Y-%m-%d}. `flask demo reseed` brings it up to date."
        )
    else:
        click.echo(f"The demo's vote is open until {ends_at:%Y-%m-%d}.")
