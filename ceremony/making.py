"""Making a key, showing its fingerprint, printing it and typing it in again."""

import segno
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.voting.opening.words import FAULTS
from app.voting.sealing import key_files, keys, paper_backups
from app.voting.sealing.faults import SealingError
from app.voting.sealing.keys import PrivateKey, PublicKey
from ceremony import folders, strength
from ceremony.folders import Kind
from ceremony.forms import MakeKeyForm, RestoreForm
from ceremony.room import room

bp = Blueprint("making", __name__, url_prefix="/key")


@bp.route("/new", methods=["GET", "POST"])
def make() -> ResponseReturnValue:
    form = MakeKeyForm()
    if form.validate_on_submit():
        key = keys.make()
        stem = _kept(key, key_files.write(key, passphrase=form.passphrase.data))
        flash(_("Your key is made."), "success")
        return redirect(url_for(".show", stem=stem))
    return render_template("ceremony/make.html", form=form, suggestion=strength.suggestion())


@bp.get("/<stem>")
def show(stem: str) -> str:
    public = _public(stem)
    return render_template("ceremony/key.html", stem=stem, public=public, fingerprint=keys.fingerprint(public))


@bp.get("/<stem>/paper")
def paper(stem: str) -> str:
    text = (folders.read(room().folder, f"{stem}{Kind.KEY}", Kind.KEY) or b"").decode("ascii", "replace")
    try:
        lines = paper_backups.lines(text)
    except SealingError:
        abort(404)
    picture = segno.make(text, error="m", micro=False).svg_data_uri(scale=3, border=4, light="white")
    fingerprint = keys.fingerprint(_public(stem))
    return render_template("ceremony/paper.html", stem=stem, lines=lines, picture=picture, fingerprint=fingerprint)


@bp.route("/restore", methods=["GET", "POST"])
def restore() -> ResponseReturnValue:
    form = RestoreForm()
    if form.validate_on_submit():
        stem = _restored(form)
        if stem:
            flash(_("The key is back. Its passphrase opens it."), "success")
            return redirect(url_for(".show", stem=stem))
    return render_template("ceremony/restore.html", form=form)


def _restored(form: RestoreForm) -> str | None:
    try:
        text = paper_backups.read(form.lines.data)
    except paper_backups.BadLine as slip:
        form.lines.errors = [_("Line %(n)d was not typed as it is printed. Please compare it once more.", n=slip.line)]
        return None
    except SealingError as error:
        form.lines.errors = [FAULTS[error.fault]]
        return None
    try:
        return _kept(key_files.read(text, passphrase=form.passphrase.data), text)
    except SealingError as error:
        form.passphrase.errors = [FAULTS[error.fault]]
        return None


def _kept(key: PrivateKey, text: str) -> str:
    """Write both files of a key; they are named after the start of its fingerprint."""
    public = key.public()
    stem = "-".join(keys.fingerprint(public).split("-")[:2])
    folders.write(room().folder, stem, Kind.KEY, text.encode())
    folders.write(room().folder, stem, Kind.PUBLIC, key_files.write_public(public).encode())
    return stem


def _public(stem: str) -> PublicKey:
    data = folders.read(room().folder, f"{stem}{Kind.PUBLIC}", Kind.PUBLIC)
    try:
        return key_files.read_public((data or b"").decode("ascii", "replace"))
    except SealingError:
        abort(404)
