"""What the demo certified is counted again by the program in its own bundle, as a visitor does it."""

import re
import subprocess
import sys
import urllib.request
import zipfile
from io import BytesIO

import pytest

pytestmark = pytest.mark.slow


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read()


def test_every_result_of_the_demo_is_equal_in_a_recount(site, tmp_path):
    decided = sorted(set(re.findall(r"/results/(\d+)", fetched(f"{site.url}/results/").decode())))
    for cycle in decided:
        folder = tmp_path / cycle
        zipfile.ZipFile(BytesIO(fetched(f"{site.url}/results/{cycle}/files/bundle.zip"))).extractall(folder)
        done = subprocess.run([sys.executable, "-I", "recount.py"], cwd=folder, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert len(decided) >= 2
