"""`flask setup` makes the first clerk of a real site, once."""

import re

import pytest

from app import create_app
from app.accounts.cli import PASSWORD, setup_command
from app.accounts.queries import person_with_email
from app.accounts.sign_in import hashed
from app.config import Settings
from app.core.access import Role
from tests import make

GOOD = "seven lamps on the lane"
WHO = ["--name", "Cleo", "--email", "Cleo@Example.org"]


@pytest.fixture
def runner(app):
    """The commands of this app."""
    return app.test_cli_runner()


def test_it_asks_for_what_it_needs(runner, browser):
    answers = f"Cleo\ncleo@example.org\n{GOOD}\n{GOOD}\n"
    said = runner.invoke(setup_command, input=answers)
    assert said.exit_code == 0 and "Cleo is the first clerk" in said.output and GOOD not in said.output
    page = browser.open("/sign-in/password").press("Go on", email="cleo@example.org", password=GOOD)
    assert page.one("h1") == "Connect an authenticator app"


def test_a_script_gives_options_and_the_password_in_the_environment(runner):
    assert runner.invoke(setup_command, WHO, env={PASSWORD: GOOD}).exit_code == 0
    clerk = person_with_email("cleo@example.org")
    assert clerk is not None and clerk.is_staff and [g.role for g in clerk.grants] == [Role.CLERK]


def test_it_refuses_where_there_is_a_clerk(runner):
    make.person(roles=(Role.CLERK,))
    said = runner.invoke(setup_command, WHO, env={PASSWORD: GOOD})
    assert said.exit_code == 1 and "has a clerk already" in said.output


def test_it_refuses_an_easy_password_and_a_wrong_address(runner):
    assert "at least 12" in runner.invoke(setup_command, WHO, env={PASSWORD: "short"}).output
    wrong = runner.invoke(setup_command, ["--name", "Cleo", "--email", "cleo"], env={PASSWORD: GOOD})
    assert wrong.exit_code == 1 and "like name@example.org" in wrong.output


def test_it_refuses_in_the_demo(runner, app, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", True)
    assert runner.invoke(setup_command, WHO, env={PASSWORD: GOOD}).exit_code == 1


def test_only_tests_hash_passwords_quickly(tmp_path):
    kept = {"secret_key": "x", "database_url": "sqlite://", "data_dir": tmp_path}
    with create_app(Settings(**kept)).app_context():
        memory, rounds = re.search(r"m=(\d+),t=(\d+)", hashed(GOOD)).groups()
    assert int(memory) >= 64 * 1024 and int(rounds) >= 3
