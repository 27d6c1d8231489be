"""The words of the demo, kept as data."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def riverside() -> dict[str, Any]:
    """Everything people say and write in Riverside."""
    text = (Path(__file__).parent / "texts" / "riverside.json").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text)
    return told
