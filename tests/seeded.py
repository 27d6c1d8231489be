"""The demo, seeded once for all pytest workers, and the commands of a fresh installation."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def environment(data_dir: Path, port: int = 8000) -> dict[str, str]:
    """What a fresh installation sees: its folder, and nothing of ours."""
    ours = ("DATABASE_URL", "SECRET_KEY", "SITE_URL", "LAMPLIGHT_DEMO")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"DATA_DIR": str(data_dir), "PORT": str(port)}


def flask(data_dir: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A `flask` command on the site in that folder; `more` goes into its environment."""
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *command],
        cwd=ROOT,
        env=environment(data_dir) | more,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo in it, made once for all pytest workers; copy it before changing anything.

    `LAMPLIGHT_SEEDED` may name a folder that is ready, which saves the seeding while a test is being written.
    """
    if ready := os.environ.get("LAMPLIGHT_SEEDED"):
        return Path(ready)
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    with (folder.parent / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "seeded").exists():
            flask(folder, "ready").check_returncode()
            (folder / "seeded").touch()
    return folder
