"""What the demo certified is counted again by the program in its own bundle, as a visitor does it."""

import subprocess
import sys
import urllib.request
import zipfile
from io import BytesIO

import pytest

from tests.e2e import town

pytestmark = pytest.mark.slow

CERTIFIED = """SELECT DISTINCT v.cycle_id FROM vote v JOIN result r ON r.vote_id = v.id
    WHERE r.certified_at IS NOT NULL"""


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read()


def test_every_result_of_the_demo_is_equal_in_a_recount(own_site, tmp_path):
    decided = town.ask(own_site, CERTIFIED)
    for cycle in decided:
        folder = tmp_path / str(cycle)
        zipfile.ZipFile(BytesIO(fetched(f"{own_site.url}/results/{cycle}/files/bundle.zip"))).extractall(folder)
        done = subprocess.run([sys.executable, "-I", "recount.py"], cwd=folder, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert len(decided) >= 2
