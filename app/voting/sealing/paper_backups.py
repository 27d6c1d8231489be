"""A locked key file on paper: lines that can be typed in again, each with a check of its own."""

import hashlib
from collections.abc import Iterator

from app.voting.sealing import armor, key_files, readable
from app.voting.sealing.faults import Fault, SealingError

TAG = b"lamplight-paper-backup/1"
LINE_BYTES = 15
LINE_CHARACTERS = LINE_BYTES * 8 // 5
CHECK_CHARACTERS = 4


class BadLine(ValueError):
    """A line (from 1) that was not typed as it was printed."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line} was not typed as it was printed")


def lines(key_file: str) -> tuple[str, ...]:
    """A locked key file as lines of seven groups of four: six of the key, the seventh a check of the line.

    Raises SealingError(NOT_A_KEY) for anything but a locked key file: an open key does not belong on paper.
    """
    data = _unwrapped(key_file)
    sized = len(data).to_bytes(2, "big") + data
    padded = sized + bytes(-len(sized) % LINE_BYTES)
    parts = (padded[at : at + LINE_BYTES] for at in range(0, len(padded), LINE_BYTES))
    return tuple(readable.grouped(_line(part, number)) for number, part in enumerate(parts, start=1))


def read(text: str) -> str:
    """The locked key file from what somebody typed: each line with or without its number and hyphens, in any case.

    A whole key file, as a scanner gives it from the QR code, is taken too. Raises BadLine, naming the first line that
    does not fit its check, and SealingError(NOT_A_KEY) where the lines together are no key.
    """
    if "-----BEGIN" in text:
        return armor.wrap(key_files.LOCKED, _unwrapped(text))
    data = b"".join(_typed(text))
    length = int.from_bytes(data[:2], "big")
    key, rest = data[2 : 2 + length], data[2 + length :]
    if not data or len(key) != length or any(rest) or len(rest) >= LINE_BYTES:
        raise SealingError(Fault.NOT_A_KEY)
    return armor.wrap(key_files.LOCKED, key)


def _typed(text: str) -> Iterator[bytes]:
    written = [line.rpartition(":")[2] for line in text.splitlines() if line.strip()]
    for number, characters in enumerate(map(readable.typed, written), start=1):
        if len(characters) != LINE_CHARACTERS + CHECK_CHARACTERS or set(characters) - set(readable.ALPHABET):
            raise BadLine(number)
        bits = 0
        for character in characters[:LINE_CHARACTERS]:
            bits = bits << 5 | readable.ALPHABET.index(character)
        part = bits.to_bytes(LINE_BYTES, "big")
        if _line(part, number) != characters:
            raise BadLine(number)
        yield part


def _line(part: bytes, number: int) -> str:
    check = hashlib.sha256(TAG + bytes([number]) + part).digest()
    return readable.code(part, characters=LINE_CHARACTERS) + readable.code(check, characters=CHECK_CHARACTERS)


def _unwrapped(text: str) -> bytes:
    try:
        return armor.unwrap(text, [key_files.LOCKED])[1]
    except armor.NotArmored:
        raise SealingError(Fault.NOT_A_KEY) from None
