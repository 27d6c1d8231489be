"""The bench, set up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from app.web.filters import init_filters
from app.web.locale import language_here
from tests.web.bench import Bench

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bench() -> Iterator[Bench]:
    app = Flask("bench", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config["SECRET_KEY"] = "bench"
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app)
    CSRFProtect(app)
    init_filters(app)
    app.add_template_filter(language_here)
    app.add_url_rule("/list", "list", lambda: "")
    with app.test_request_context("/list"):
        yield Bench(app)
