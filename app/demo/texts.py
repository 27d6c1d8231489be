"""The words of the demo, kept as data."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"


@cache
def riverside() -> dict[str, Any]:
    """Everything people say and write in Riverside."""
    text = (FOLDER / "riverside.json").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text)
    return told


def outlines() -> str:
    """The areas as GeoJSON, drawn by hand so that they share their borders and leave the river free."""
    return (FOLDER / "areas.geojson").read_text(encoding="utf-8")
