"""What a large picture costs: the time and the memory of drawing it anew, measured in a process of its own."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from app.core.media.pictures import MILLIONS_OF_PIXELS, MOST_BYTES
from tests.sent import saved
from tests.sizes import size

ROOT = Path(__file__).parents[3]
KINDS = size(commit=["camera"], night=["camera", "huge camera", "long camera", "in passes", "PNG", "palette", "WebP"])


def noise(millions, deep=60):
    image, tile = Image.new("L", (2000, int(millions * 500) - 2)), Image.effect_noise((2000, 500), deep)
    for top in range(0, image.height, 500):
        image.paste(tile, (0, top))
    return image


@cache
def large(kind):
    """As heavy, or as many pixels, as is taken of this kind."""
    limits = MILLIONS_OF_PIXELS
    if kind == "camera":
        content = saved(noise(12).convert("RGB"), "JPEG", quality=93)
        return content + bytes(MOST_BYTES - len(content))
    if kind == "long camera":
        return saved(noise(39, 8).convert("RGB"), "JPEG", quality=50)
    if kind == "huge camera":
        return saved(noise(39, 8).resize((7000, 7000)).convert("RGB"), "JPEG", quality=60)
    if kind == "in passes":
        return saved(noise(limits["jpeg in passes"], 20).convert("RGB"), "JPEG", progressive=True, subsampling=0)
    if kind == "WebP":
        return saved(noise(limits["webp"], 1).convert("RGBA"), "WEBP", lossless=True, method=0)
    flat = noise(limits["png"], 1)
    return saved(flat.convert("P") if kind == "palette" else flat.convert("RGBA"), "PNG", compress_level=1)


def measured(kind, folder, *how):
    path = folder / "picture"
    path.write_bytes(large(kind))
    assert path.stat().st_size <= MOST_BYTES
    measuring = [sys.executable, "-m", "tests.core.media.weighing_process", str(path), *how]
    done = subprocess.run(measuring, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout) | {"weight": f"{path.stat().st_size / 1e6:.0f} MB"}


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_as_large_as_may_be_takes_under_two_seconds_and_150_megabytes(kind, tmp_path, figure):
    told = measured(kind, tmp_path)
    figure("upload", kind, size=told["weight"], figure=f"{told['seconds']:.2f} s, {told['more']:.0f} MB of memory")
    # Time at work: other tests beside this one may make it wait.
    assert told["worked"] < 2 and told["more"] < 150


def test_a_picture_read_as_a_whole_takes_more_and_the_measure_sees_it(tmp_path, figure):
    """The twin of the test above."""
    told = measured("camera", tmp_path, "whole")
    figure("upload", "camera", twin=f"{told['more']:.0f} MB when read whole")
    assert told["more"] > 80
