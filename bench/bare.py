"""What a cast is measured against: a Flask endpoint that inserts one row, with our connections and nothing else."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from app.core.db import db, init_db, transaction

ID, FORM = sa.Column("id", sa.LargeBinary, primary_key=True), sa.Column("form", sa.Text)
BALLOTS = sa.Table("bare_ballot", sa.MetaData(), ID, FORM)


def create_app() -> Flask:
    """The whole of it."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
    init_db(app, Path(os.environ["DATA_DIR"]))
    with app.app_context(), suppress(sa.exc.DBAPIError):  # the other worker may be making it
        BALLOTS.metadata.create_all(db.engine)

    @app.post("/cast")
    def cast() -> Response:
        with transaction():
            db.session.execute(sa.insert(BALLOTS).values(id=secrets.token_bytes(16), form=request.form["ready"]))
        return redirect("/thanks")

    @app.get("/healthz")
    def health() -> str:
        return "well"

    return app
