"""The app of a real worker process that prints, on the database and the files of a test."""

import os
from pathlib import Path

from flask import Flask

from app import create_app as the_app
from app.config import Settings
from app.core.jobs import make_queue


def create_app() -> Flask:
    """A Lamplight with everything it does, but for the sealed keys of a site."""
    url, folder = os.environ["TEST_DATABASE"], Path(os.environ["TEST_FOLDER"])
    app = the_app(Settings(secret_key="test", database_url=url, data_dir=folder))
    make_queue(app)
    return app
