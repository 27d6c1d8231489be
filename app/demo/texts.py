"""The words of the demo, kept as data."""

import json
from functools import cache
from pathlib import Path
from typing import Any

WITHDRAWN = "The park office told me that herons nest in two of these willows, and they need the dark."
FOLDER = Path(__file__).parent / "texts"


@cache
def riverside() -> dict[str, Any]:
    """Everything people say and write in Riverside."""
    text = (FOLDER / "riverside.json").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text)
    return told


@cache
def talk() -> list[dict[str, Any]]:
    """What is said about proposals of the cycle that votes now."""
    said: list[dict[str, Any]] = json.loads((FOLDER / "talk.json").read_text(encoding="utf-8"))
    return said


@cache
def wordings() -> list[dict[str, Any]]:
    """What some proposals say in Spanish, text by text."""
    said: list[dict[str, Any]] = json.loads((FOLDER / "wordings.json").read_text(encoding="utf-8"))
    return said


@cache
def asked() -> list[dict[str, Any]]:
    """What residents ask about projects, task forces and places, with what becomes of it."""
    said: list[dict[str, Any]] = json.loads((FOLDER / "questions.json").read_text(encoding="utf-8"))
    return said


@cache
def stated() -> list[dict[str, Any]]:
    """What the overseer of Riverside states, and what is replied."""
    said: list[dict[str, Any]] = json.loads((FOLDER / "oversight.json").read_text(encoding="utf-8"))
    return said


@cache
def promised() -> dict[str, list[dict[str, Any]]]:
    """What the first task force promised for the last quarter, with what became of it, and for the one that runs."""
    said: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "promises.json").read_text(encoding="utf-8"))
    return said


@cache
def agreed(cycle: str) -> dict[str, Any] | None:
    """What an assembly agreed for the cycle of that name, if one did."""
    told: dict[str, Any] = json.loads((FOLDER / "priorities.json").read_text(encoding="utf-8"))
    return told.get(cycle)


@cache
def spanish() -> dict[str, list[str]]:
    """Title and short text in Spanish of what stands on a ballot, by its English title."""
    said: dict[str, list[str]] = json.loads((FOLDER / "spanish.json").read_text(encoding="utf-8"))
    return said


def outlines() -> str:
    """The areas as GeoJSON, drawn by hand so that they share their borders and leave the river free."""
    return (FOLDER / "areas.geojson").read_text(encoding="utf-8")


@cache
def watched() -> dict[str, Any]:
    """What Riverside watches of its safety, as it was agreed, and what the walks along its lamps found."""
    told: dict[str, Any] = json.loads((FOLDER / "indicators.json").read_text(encoding="utf-8"))
    return told
