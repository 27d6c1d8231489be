"""The commands of docs/operations.md, run as they stand there."""

import os
import subprocess
import textwrap
from pathlib import Path

from app.config import ROOT
from tests.faults.places import Place
from tests.postgres import as_owner, server_binaries

RUNBOOK = ROOT / "docs" / "operations.md"
BINARIES = (server_binaries() or Path("/")) / "initdb"
SEARCHED = f"{BINARIES.resolve().parent}:{os.environ['PATH']}"
"""The programs of the server's own version come first."""


def commands(title: str) -> str:
    """The block of the runbook that begins with this title, as a comment."""
    blocks = RUNBOOK.read_text().split("```")[1::2]
    found = [textwrap.dedent(block.removeprefix("sh")) for block in blocks]
    [wanted] = [block for block in found if block.lstrip().startswith(f"# {title}\n")]
    return wanted


def titles() -> set[str]:
    """Every block there is."""
    blocks = RUNBOOK.read_text().split("```")[1::2]
    return {block.removeprefix("sh").strip().partition("\n")[0].removeprefix("# ") for block in blocks}


def begin(title: str, where: Place, *, is_server: bool = False, **places: Path | str) -> "subprocess.Popen[str]":
    """Start a block, with the places it takes from the environment, as the site's account or that of the server."""
    url = where.url.replace("postgresql+psycopg", "postgresql")
    env = where.environment(PATH=SEARCHED, PGURL=url, **{name: str(place) for name, place in places.items()})
    account = {"cwd": "/", **as_owner()} if is_server else {"cwd": ROOT}
    command = ["sh", "-euc", commands(title)]
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True, **account)


def follow(title: str, where: Place, *, is_server: bool = False, **places: Path | str) -> None:
    """Run a block to its end."""
    running = begin(title, where, is_server=is_server, **places)
    _out, said = running.communicate(timeout=300)
    assert running.returncode == 0, f"{title}: {said}"
