"""The command that makes a new site's first clerk, who then lets everybody else in."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app.accounts.forms import is_address
from app.accounts.rules import PASSWORD_LEAST
from app.accounts.services import MakeFirstClerk, make_first_clerk
from app.accounts.sign_in import hashed
from app.accounts.staff.services import ensure_good_password
from app.core.errors import DomainError, ensure
from app.core.languages import LANGUAGES

PASSWORD = "LAMPLIGHT_CLERK_PASSWORD"


@click.command("setup")
@click.option("--name", prompt="Public name of the first clerk")
@click.option("--email", prompt="E-mail address")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
@click.option(
    "--password",
    envvar=PASSWORD,
    prompt=f"Password (at least {PASSWORD_LEAST} characters)",
    hide_input=True,
    confirmation_prompt=True,
    help=f"Better given in the environment as {PASSWORD}.",
)
@with_appcontext
def setup_command(name: str, email: str, language: str, password: str) -> None:
    """Make the first clerk of a site that is not the demo; refused once there is a clerk."""
    if current_app.config["DEMO"]:
        raise click.ClickException("this is the demo, which has its people; set LAMPLIGHT_DEMO=0 for a real site")
    try:
        ensure(is_address(email), "no_address", "Enter an e-mail address like name@example.org.")
        ensure_good_password(password, about=[*name.split(), email.partition("@")[0]])
        made = make_first_clerk(
            MakeFirstClerk(
                public_name=name.strip(),
                email=email.strip().lower(),
                locale=language,
                password_hash=hashed(password),
            )
        )
    except DomainError as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"{made.public_name} is the first clerk. Sign in at {current_app.config['SITE_URL']}/sign-in/password")
