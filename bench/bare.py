"""What a cast is measured against: a Flask endpoint that inserts one row, with our connections and nothing else."""

import os
import secrets
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from app.core.db import db, init_db, transaction

BALLOTS = sa.Table("bare_ballot", sa.MetaData(), sa.Column("id", sa.LargeBinary, primary_key=True), sa.Column("form", sa.Text))


def create_app() -> Flask:
    """The whole of it."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
    init_db(app, Path(os.environ["DATA_DIR"]))
    with app.app_context(), db.engine.begin() as connection:
        BALLOTS.metadata.create_all(connection, checkfirst=True)

    @app.post("/cast")
    def cast() -> Response:
        with transaction():
            db.session.execute(sa.insert(BALLOTS).values(id=secrets.token_bytes(16), form=request.form["ready"]))
        return redirect("/thanks")

    @app.get("/healthz")
    def health() -> str:
        return "well"

    return app
