"""How heads, receipts and proofs are written to files: named values, as lines of text or as JSON, and nothing else."""

import json
from collections.abc import Mapping, Sequence

Value = str | int
LONGEST_FILE = 100_000


class BadStatement(Exception):
    """A file that is not what it should be; the message says what is wrong with it, for whoever reads the file."""


def as_text(kind: str, values: Mapping[str, Value]) -> str:
    """The kind in the first line, then a line for each value: `name: value`."""
    return "".join(f"{line}\n" for line in (kind, *(f"{name}: {value}" for name, value in values.items())))


def as_json(kind: str, values: Mapping[str, Value]) -> str:
    """The same as JSON, readable, in the order given."""
    return json.dumps({"format": kind, **values}, indent=2) + "\n"


def read(text: str, kind: str, names: Sequence[str]) -> dict[str, str]:
    """The values of a statement of that kind in either form, as text. Raises BadStatement for anything else.

    Every name must be there once, and no other: what is not understood is not passed over.
    """
    if len(text) > LONGEST_FILE:
        raise BadStatement("the file is too long")
    values = _from_json(text) if text.lstrip().startswith("{") else _from_text(text)
    found = values.pop("format", None)
    if found != kind:
        raise BadStatement(f"this is not a {kind}")
    if sorted(values) != sorted(names):
        raise BadStatement(f"a {kind} has exactly these values: {', '.join(names)}")
    return values


def hex_bytes(text: str, length: int, name: str) -> bytes:
    """The bytes written in lower-case hex. Raises BadStatement for another spelling or length."""
    try:
        value = bytes.fromhex(text)
    except ValueError:
        value = b""
    if len(value) != length or value.hex() != text:
        raise BadStatement(f"{name} must be {2 * length} lower-case hex digits")
    return value


def whole_number(text: str, name: str) -> int:
    """A whole number from 0 to 2^62. Raises BadStatement for any other spelling."""
    if not (text.isascii() and text.isdigit() and len(text) < 20 and text == str(int(text)) and int(text) <= 2**62):
        raise BadStatement(f"{name} must be a whole number")
    return int(text)


def _from_text(text: str) -> dict[str, str]:
    first, *lines = [line.rstrip("\r") for line in text.strip().split("\n")]
    values = {"format": first}
    for line in lines:
        name, colon, value = line.partition(": ")
        if not colon or name in values:
            raise BadStatement(f"this line is not understood: {line[:60]}")
        values[name] = value
    return values


def _from_json(text: str) -> dict[str, str]:
    try:
        pairs = json.loads(text, object_pairs_hook=list)
    except (ValueError, RecursionError):
        raise BadStatement("the file is not JSON") from None
    values: dict[str, str] = {}
    for name, value in pairs:
        if name in values or isinstance(value, bool) or not isinstance(value, str | int):
            raise BadStatement(f"this value is not understood: {name[:60]}")
        values[name] = str(value)
    return values
