"""Small files as text, between a BEGIN and an END line, so that they survive mail, clipboards and other systems."""

import base64
import binascii
import textwrap
from collections.abc import Sequence


class NotArmored(ValueError):
    """The text holds no such file, or was damaged."""


def wrap(label: str, data: bytes) -> str:
    """`data` in base 64 between the lines that name it."""
    body = "\n".join(textwrap.wrap(base64.b64encode(data).decode(), 64))
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"


def unwrap(text: str, labels: Sequence[str]) -> tuple[str, bytes]:
    """Which of `labels` the text has, and its bytes; blanks around lines and other line ends are forgiven.

    Raises NotArmored for anything else, and for base 64 that another text could also have been written in.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    for label in labels:
        if len(lines) > 2 and (lines[0], lines[-1]) == (f"-----BEGIN {label}-----", f"-----END {label}-----"):
            return label, _decoded("".join(lines[1:-1]))
    raise NotArmored("this is another kind of file")


def _decoded(body: str) -> bytes:
    try:
        data = base64.b64decode(body, validate=True)
    except binascii.Error:
        raise NotArmored("the file was damaged") from None
    if base64.b64encode(data).decode() != body:
        raise NotArmored("the file was damaged")
    return data
