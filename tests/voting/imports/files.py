"""Small made-up .pb files, and the people who import them."""

from collections.abc import Sequence
from pathlib import Path

from click.testing import Result
from flask import current_app

from app.accounts.models import Person
from app.core.access import Role
from tests import make

PB = """META
key;value
description;Votes of Elsewhere
country;Nowhere
unit;Elsewhere
instance;2019
budget;1000
vote_type;ordinal
rule;greedy
date_begin;28.09.2019
date_end;07.10.2019
max_length;3
currency;USD
PROJECTS
project_id;cost;category;name
17;600;lighting;Lamps in the park
4;500;Safer streets, youth;A crossing
9;400;;A bench
23;2000;;A tower
VOTES
voter_id;vote
"""
RANKINGS = ["17,4", "17,9", "17,9,4", "4,9", "9", "9,4", "4", "17", "17,4,9", "23,4", "", "4,17"]


def pb(rankings: Sequence[str] = RANKINGS, **changed: str) -> str:
    """The file with these ballots and other values in META."""
    text = PB
    for key, value in changed.items():
        text = "".join(f"{key};{value}\n" if line.startswith(f"{key};") else line for line in text.splitlines(True))
    return text + "".join(f"{number};{ranking}\n" for number, ranking in enumerate(rankings, start=1))


def board() -> tuple[Person, Person]:
    """A clerk and an observer of the whole site."""
    return make.person(roles=(Role.CLERK,)), make.person(roles=(Role.OBSERVER,))


def imported(path: Path, people: tuple[Person, Person], *more: str, signed: bool = True) -> Result:
    """What `flask import-pb` prints about the file; `signed` where both people are there and sign."""
    clerk, observer = (person.email for person in people)
    arguments = ["import-pb", str(path), "--clerk", clerk, "--observer", observer, *more]
    arguments += ["--both-sign"] if signed else []
    return current_app.test_cli_runner().invoke(args=arguments)
