"""How large a test of faults, races or secrecy is: SIZE=commit (the default), night or release."""

import os
from typing import TypeVar

SIZE = os.environ.get("SIZE") or "commit"
T = TypeVar("T")


def size(*, commit: T, night: T, release: T | None = None) -> T:
    """The value for the size of this run; `release` is that of the night where none is given."""
    sizes = {"commit": commit, "night": night, "release": night if release is None else release}
    assert SIZE in sizes, f"SIZE is {SIZE}, but can only be {', '.join(sizes)}"
    return sizes[SIZE]
