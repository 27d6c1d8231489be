"""The key check: show the clerk that a key works, without the key leaving the house."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.voting.opening.words import WRONGS
from app.voting.sealing import key_checks, keys
from app.voting.sealing.key_checks import BadKeyCheck, Challenge
from app.voting.sealing.keys import PrivateKey
from app.voting.sealing.reading import Wrong
from ceremony import folders
from ceremony.folders import Kind
from ceremony.forms import CheckForm
from ceremony.opened_keys import opened_key
from ceremony.room import room

bp = Blueprint("checking", __name__, url_prefix="/check")


@bp.route("/", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    form = CheckForm(room().folder)
    if form.validate_on_submit():
        question = _question(form)
        key = opened_key(form) if question else None
        name = _answered(form, question, key) if question and key else None
        if name:
            flash(_("Your key works, and the answer is written."), "success")
            return redirect(url_for(".answered", name=name))
    return render_template("ceremony/check.html", form=form)


@bp.get("/answered/<name>")
def answered(name: str) -> str:
    if folders.read(room().folder, name, Kind.ANSWER) is None:
        abort(404)
    return render_template("ceremony/answered.html", name=name)


def _question(form: CheckForm) -> Challenge | None:
    data = form.file("question")
    try:
        asked = key_checks.challenge_from(data) if data is not None else None
        if asked and asked.drill != room().drill:
            raise BadKeyCheck(Wrong.DRILL if asked.drill else Wrong.NO_DRILL)
        return asked
    except BadKeyCheck as error:
        form.refuse("question_upload", WRONGS[error.wrong])
        return None


def _answered(form: CheckForm, asked: Challenge, key: PrivateKey) -> str | None:
    try:
        given = key_checks.answer(asked, key)
    except BadKeyCheck as error:
        form.refuse("question_upload", WRONGS[error.wrong])
        return None
    stem = "-".join(keys.fingerprint(key.public()).split("-")[:2])
    return folders.write(room().folder, stem, Kind.ANSWER, given.to_bytes())
