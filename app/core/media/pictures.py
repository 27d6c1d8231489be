"""Pictures that people send: looked at by what is in them and drawn anew, so that nothing of the file is kept."""

import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from threading import Lock
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageFile, ImageOps

MOST_BYTES = 12_000_000
MOST_SIDE = 1600
SMALL_SIDE = 480
LONGEST_SIDE = 20_000
MILLIONS_OF_PIXELS = {"jpeg": 50, "jpeg in passes": 16, "png": 12, "webp": 6}
"""What each kind may unfold to: a camera's JPEG is read at a fraction of its size, the others as a whole."""
QUALITY, SMALL_QUALITY = 82, 78
HEAD = 1024
ONE_AT_A_TIME = Lock()
"""Ten pictures that come in together need the memory of one."""


class Fault(StrEnum):
    """Why something is not taken as a picture."""

    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    HEIC = "heic"
    SVG = "svg"
    OTHER_KIND = "other_kind"
    TWO_IN_ONE = "two_in_one"
    TOO_MANY_PIXELS = "too_many_pixels"
    ANIMATED = "animated"
    BROKEN = "broken"


class NotAPicture(ValueError):
    """What was sent cannot be taken; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A JPEG that we have made: its bytes and its size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture as pages show it, and a small one for cards."""

    full: Drawn
    small: Drawn


def redrawn(file: BinaryIO) -> Picture:
    """The picture in `file`, drawn anew as JPEG: upright, in sRGB, without anything that stood beside it.

    Raises NotAPicture. What it claims to be by its name is never asked, and how large it would unfold is read from its
    first bytes before anything is unfolded.
    """
    kind = _kind(file)
    with ONE_AT_A_TIME, _whole_ones_only():
        file.seek(0)
        # Whatever a library for pictures may say about a hostile file: it is not a picture that we can show.
        try:
            return _drawn(file, kind)
        except NotAPicture:
            raise
        except Image.DecompressionBombError as reason:
            raise NotAPicture(Fault.TOO_MANY_PIXELS) from reason
        except Exception as reason:
            raise NotAPicture(Fault.BROKEN) from reason


@contextmanager
def _whole_ones_only() -> Iterator[None]:
    """Refuse what was cut off: the library for PDFs has told this one, for the whole process, to put up with it."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def weight(file: BinaryIO) -> int:
    """How many bytes `file` has; it is left at its beginning."""
    size = file.seek(0, 2)
    file.seek(0)
    return size


def is_archive_too(file: BinaryIO) -> bool:
    """Whether other programs would open `file` as a zip archive, whatever it begins with."""
    file.seek(0)
    return zipfile.is_zipfile(file)


def _kind(file: BinaryIO) -> str:
    """What the first bytes say it is, after every refusal that needs no picture to be read."""
    size = weight(file)
    if size == 0:
        raise NotAPicture(Fault.EMPTY)
    if size > MOST_BYTES:
        raise NotAPicture(Fault.TOO_HEAVY)
    head = file.read(HEAD)
    kind = next((name for name, begins in _BEGINNINGS.items() if begins(head)), None)
    low = head.lower()
    if kind is None:
        raise NotAPicture(_of_another_kind(head, low))
    if any(word in low for word in _MARKUP) or b"%pdf-" in low or is_archive_too(file):
        raise NotAPicture(Fault.TWO_IN_ONE)
    if kind == "webp":
        _check_webp(head)
    return kind


_BEGINNINGS: dict[str, Callable[[bytes], bool]] = {
    "jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
}
_MARKUP = (b"<script", b"<html", b"<svg", b"<!doctype", b"<iframe", b"<?php", b"<body")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")


def _of_another_kind(head: bytes, low: bytes) -> Fault:
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return Fault.HEIC
    return Fault.SVG if b"<svg" in low or b"<!doctype svg" in low else Fault.OTHER_KIND


def _check_webp(head: bytes) -> None:
    # The library takes memory for the whole picture when it opens one, so its header is read here.
    flags, body = 0, head[20:30]
    try:
        if head[12:16] == b"VP8X":
            flags = body[0]
            width, height = 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
        elif head[12:16] == b"VP8L":
            bits = int.from_bytes(body[1:5], "little")
            width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        else:
            width, height = (side & 0x3FFF for side in struct.unpack("<HH", body[6:10]))
    except (IndexError, struct.error) as reason:
        raise NotAPicture(Fault.BROKEN) from reason
    if flags & 2:
        raise NotAPicture(Fault.ANIMATED)
    _check_size(width, height, "webp")


def _check_size(width: int, height: int, kind: str) -> None:
    if width * height > MILLIONS_OF_PIXELS[kind] * 1_000_000 or max(width, height) > LONGEST_SIDE:
        raise NotAPicture(Fault.TOO_MANY_PIXELS)


def _drawn(file: BinaryIO, kind: str) -> Picture:
    with Image.open(file, formats=(kind,)) as image:
        in_passes = kind == "jpeg" and "progression" in image.info
        _check_size(*image.size, "jpeg in passes" if in_passes else kind)
        # A phone puts a second picture (brightness, depth) behind a JPEG; that does not make it move.
        if kind != "jpeg" and getattr(image, "is_animated", False):
            raise NotAPicture(Fault.ANIMATED)
        shrink = max(1.0, max(image.size) / MOST_SIDE)
        image.draft("RGB", (int(image.width / shrink), int(image.height / shrink)))
        image.load()
        drawn = _smooth(image)
        drawn.thumbnail((MOST_SIDE, MOST_SIDE), reducing_gap=2.0)
        full = _in_plain_colors(ImageOps.exif_transpose(drawn))
    small = full.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return Picture(full=_as_jpeg(full, QUALITY), small=_as_jpeg(small, SMALL_QUALITY))


def _smooth(image: Image.Image) -> Image.Image:
    """In colors that can be mixed, so that it can be made smaller without steps."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if image.mode in ("P", "PA", "1"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _in_plain_colors(image: Image.Image) -> Image.Image:
    """In sRGB, on white where it was transparent, as a new picture that carries only pixels."""
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    elif image.mode not in ("RGB", "CMYK", "L"):
        image = image.convert("RGB")
    if profile:
        image = _to_srgb(image, profile)
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        ours: Any = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(BytesIO(profile)), ours, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile nobody can read, or one for another kind of colors: taken as if there were none
    return turned or image


def _as_jpeg(image: Image.Image, quality: int) -> Drawn:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return Drawn(content=out.getvalue(), width=image.width, height=image.height)
