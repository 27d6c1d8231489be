"""Pictures come out drawn anew: upright, plain and small, whatever was sent; and hostile files are refused unread."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageFile

from app.core.media import pictures
from app.core.media.pictures import NotAPicture, redrawn
from tests import sent

SIDEWAYS = {1: "red left", 3: "blue left", 6: "red top", 8: "blue top"}


def shown(drawn):
    image = Image.open(BytesIO(drawn.content))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (drawn.width, drawn.height))
    return image


@pytest.mark.parametrize("name", sent.HOSTILE_PICTURES)
def test_what_is_no_picture_is_refused_with_its_reason(name):
    build, fault = sent.HOSTILE_PICTURES[name]
    with pytest.raises(NotAPicture) as refused:
        redrawn(BytesIO(build()))
    assert refused.value.fault is fault


@pytest.mark.parametrize("build", [sent.png_that_says, sent.jpeg_that_says, sent.webp_that_says])
def test_a_bomb_is_refused_before_anything_is_unfolded(build, monkeypatch):
    bomb = BytesIO(build(16_000, 16_000))
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("unfolded"))
    with pytest.raises(NotAPicture, match="too_many_pixels"):
        redrawn(bomb)


def test_a_small_picture_is_unfolded_where_that_is_watched(monkeypatch):
    """The twin: the watch above would see it."""
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("unfolded"))
    with pytest.raises(pytest.fail.Exception, match="unfolded"):
        sent.drawing().copy()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_kept(kind):
    picture = redrawn(BytesIO(sent.photo(kind)))
    assert [sent.kept_of(each.content) for each in (picture.full, picture.small)] == [set(), set()]


def test_a_picture_copied_as_it_came_keeps_where_it_was_taken_and_the_check_sees_it():
    """The twin of the test above."""
    assert sent.kept_of(sent.photo()) == {"exif or xmp", "profile", "comment", "gps", "secret"}


def test_what_hangs_on_behind_a_picture_is_left_behind():
    picture = redrawn(BytesIO(sent.photo() + sent.SCRIPT))
    assert sent.kept_of(picture.full.content) == set()


@pytest.mark.parametrize(("orientation", "seen"), SIDEWAYS.items())
def test_a_picture_stands_upright(orientation, seen):
    image = shown(redrawn(BytesIO(sent.photo(orientation=orientation))).full)
    assert image.size == ((64, 48) if orientation in (1, 3) else (48, 64))
    side = image.getpixel((4, image.height // 2) if "left" in seen else (image.width // 2, 4))
    assert ("red" in seen) == (side[0] > side[2])


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "L", "P", "1", "I;16", "CMYK"])
def test_every_way_of_storing_colors_becomes_the_same_plain_one(mode):
    if mode == "I;16":
        content = sent.saved(Image.fromarray(np.full((48, 64), 40_000, np.uint16)), "PNG")
    else:
        content = sent.saved(sent.drawing(mode=mode), "JPEG" if mode == "CMYK" else "PNG")
    assert shown(redrawn(BytesIO(content)).full).size == (64, 48)


def test_what_was_transparent_is_white():
    clear = sent.saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")
    assert min(shown(redrawn(BytesIO(clear)).full).getpixel((10, 10))) > 250


@pytest.mark.parametrize("profile", [b"not a profile", bytes(3000)])
def test_a_profile_nobody_can_read_does_no_harm(profile):
    content = sent.saved(sent.drawing(), "JPEG", icc_profile=profile)
    assert sent.kept_of(redrawn(BytesIO(content)).full.content) == set()


def test_large_pictures_are_made_smaller_and_small_ones_stay():
    large = redrawn(BytesIO(sent.photo(width=2400, height=600)))
    assert (large.full.width, large.full.height, large.small.width) == (1600, 400, 480)
    tiny = redrawn(BytesIO(sent.photo(width=3, height=2)))
    assert (tiny.full.width, tiny.small.width) == (3, 3)


def test_the_second_picture_in_a_phone_s_file_is_left_out():
    out = BytesIO()
    sent.drawing().save(out, "MPO", save_all=True, append_images=[sent.drawing()])
    assert redrawn(BytesIO(out.getvalue())).full.width == 64


def test_pictures_wait_for_one_another():
    with pictures.ONE_AT_A_TIME:
        assert not pictures.ONE_AT_A_TIME.acquire(blocking=False)


def test_half_a_picture_is_refused_where_the_library_for_pdfs_has_allowed_it(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    build, fault = sent.HOSTILE_PICTURES["half a JPEG"]
    with pytest.raises(NotAPicture) as refused:
        redrawn(BytesIO(build()))
    assert refused.value.fault is fault and ImageFile.LOAD_TRUNCATED_IMAGES
