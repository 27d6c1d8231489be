"""How a task force gets its address."""

import re
import unicodedata
from collections.abc import Collection

RESERVED = frozenset({"mine", "new"})
LONGEST = 50


def slug_of(name: str, taken: Collection[str]) -> str:
    """An address in plain letters made from `name`, different from every one in `taken`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    bare = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "task-force"
    used = RESERVED | set(taken)
    if bare not in used:
        return bare
    number = 2
    while f"{bare}-{number}" in used:
        number += 1
    return f"{bare}-{number}"
