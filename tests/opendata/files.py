"""How the tests fetch open files, as anybody does."""

import csv
import io
import json
from typing import Any

from flask import Flask


def text(app: Flask, address: str) -> str:
    """A file as it comes."""
    answer = app.test_client().get(address)
    assert answer.status_code == 200, (address, answer.status)
    return answer.get_data(as_text=True)


def data(app: Flask, address: str) -> Any:
    """A file of JSON."""
    return json.loads(text(app, address))


def rows(app: Flask, address: str) -> list[dict[str, str]]:
    """A file of CSV, row by row."""
    return list(csv.DictReader(io.StringIO(text(app, address))))
