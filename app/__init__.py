"""Lamplight: a neighborhood decides, pays for and finishes its own safety projects, and proves it."""

import gc
import os

_COLLECTS = gc.isenabled()
gc.disable()  # what is imported stays: walking through it again and again takes a quarter of the start

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from app.accounts.sign_in import LIBRARY_ACCESS, actor_of_this_request, init_sign_in
from app.cli import register_commands
from app.config import ROOT, Settings
from app.core.access import guard
from app.core.db import db, init_db
from app.core.jobs import init_jobs
from app.core.mail import init_mail
from app.core.uploads import init_uploads
from app.documents import DOCUMENTS
from app.rooms import BLUEPRINTS, WITHOUT_FORM_TOKEN
from app.web.errors import init_errors
from app.web.filters import init_filters
from app.web.headers import init_headers
from app.web.locale import init_locale
from app.web.navigation import init_navigation
from app.wiring import (
    ACTS,
    BESIDE,
    CLOCKS,
    EVERY_MINUTE,
    EVERY_TEN_MINUTES,
    JOBS,
    MATTERS,
    TAKERS,
    WIRING,
)

gc.freeze()
if _COLLECTS:
    gc.enable()


def create_app(settings: Settings | None = None) -> Flask:
    """The app, assembled from top to bottom: settings, database, people, pages, then the guard that closes the rest."""
    settings = settings or Settings.from_env(os.environ)
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(settings.as_flask_config())
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["event_wiring"], app.extensions["board_acts"] = WIRING, ACTS
    app.extensions["ballot_takers"], app.extensions["documents"] = TAKERS, DOCUMENTS
    app.extensions["matters"], app.extensions["clocks"] = MATTERS, CLOCKS
    app.extensions["beside"] = BESIDE

    init_db(app, settings.data_dir)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    init_jobs(app, JOBS, EVERY_MINUTE, EVERY_TEN_MINUTES)
    init_mail(app)
    init_uploads(app)
    form_tokens = CSRFProtect(app)
    init_locale(app)
    init_sign_in(app)
    init_filters(app)
    init_navigation(app)
    init_headers(app)
    init_errors(app)

    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for view in WITHOUT_FORM_TOKEN:
        form_tokens.exempt(view)
    register_commands(app)
    guard(app, actor_loader=actor_of_this_request, library_access=LIBRARY_ACCESS)
    return app
