"""Drawings for the demo: a street at night with its lamps, made of nothing but numbers."""

import struct
import zlib
from io import BytesIO
from random import Random

import numpy as np

WIDTH, HEIGHT = 960, 640
SKY, DUSK, STREET, WALL, GLOW, WINDOW = (
    np.array(color, dtype=np.float32)
    for color in ((24, 30, 58), (74, 62, 92), (46, 44, 52), (38, 36, 56), (255, 205, 120), (236, 196, 120))
)


def street(of: str) -> BytesIO:
    """A PNG of a street that is always the same for the same words."""
    random = Random(of)
    high, wide = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    share = (high / HEIGHT)[..., None]
    scene = SKY * (1 - share) + DUSK * share
    scene[high > HEIGHT * 0.8] = STREET
    for left in range(-40, WIDTH, 160):
        _house(scene, random, left)
    for lamp in range(random.choice((2, 3, 4))):
        across = int(WIDTH * (lamp + 0.6) / 4.2)
        scene[HEIGHT // 2 : int(HEIGHT * 0.86), across - 3 : across + 3] = (20, 20, 26)
        near = np.exp(-((wide - across) ** 2 + 1.4 * (high - HEIGHT // 2) ** 2) / 9000)[..., None]
        scene = scene * (1 - near) + GLOW * near
    return BytesIO(_png(np.clip(scene, 0, 255).astype(np.uint8)))


def _house(scene: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", random: Random, left: int) -> None:
    top, width = random.randrange(150, 330), random.randrange(110, 150)
    scene[top : int(HEIGHT * 0.8), max(0, left) : left + width] = WALL
    for row in range(top + 24, int(HEIGHT * 0.7), 60):
        for across in range(max(0, left) + 16, left + width - 24, 42):
            if random.random() < 0.35:
                scene[row : row + 28, across : across + 20] = WINDOW


def _png(pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> bytes:
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 3)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
