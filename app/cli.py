"""The commands of the house, each registered from its package, and the one that makes a site ready."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app.accounts.cli import setup_command
from app.core.cli import worker_command
from app.core.jobs import make_queue
from app.demo.cli import demo_commands
from app.demo.seed import seed_once
from app.proposals.search.cli import index_command
from app.voting.counting.cli import count_command
from app.voting.finishing.services import destroy_left_keys
from app.voting.imports.cli import import_pb_command
from app.voting.opening.services import remove_left_sets
from app.voting.results.verification.cli import verify_command

count_command.add_command(verify_command)


def register_commands(app: Flask) -> None:
    """Add every package's commands to `flask`."""
    site = (ready_command, setup_command, worker_command, index_command)
    for command in (*site, count_command, import_pb_command, demo_commands):
        app.cli.add_command(command)


@click.command("ready")
@with_appcontext
def ready_command() -> None:
    """Bring the database up to date, finish what a kill cut short, and fill the demo once. May be run at any time."""
    upgrade()
    make_queue(current_app._get_current_object())  # type: ignore[attr-defined]  # the app behind the proxy
    destroy_left_keys()
    remove_left_sets()
    if current_app.config["DEMO"]:
        seed_once()
