"""Opening a count set: the file, the keys one after the other, the work, and what came of it."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.voting.opening.words import FAULTS, WRONGS
from app.voting.sealing import count_sets, keys
from app.voting.sealing.count_sets import BadCountSet, CountSet
from app.voting.sealing.reading import Wrong
from ceremony.forms import AddKeyForm, CountSetForm
from ceremony.opened_keys import opened_key
from ceremony.room import room

bp = Blueprint("opening", __name__, url_prefix="/open")
SECONDS = "2"


@bp.route("/", methods=["GET", "POST"])
def load() -> ResponseReturnValue:
    form = CountSetForm(room().folder)
    if form.validate_on_submit():
        count_set = _count_set(form)
        if count_set:
            room().clear()
            room().count_set = count_set
            return redirect(url_for(".people"))
    return render_template("ceremony/load.html", form=form)


@bp.route("/keys", methods=["GET", "POST"])
def people() -> ResponseReturnValue:
    here = room()
    if here.work and not here.work.is_over:
        return redirect(url_for(".progress"))
    if here.count_set is None:
        return redirect(url_for(".load"))
    form = AddKeyForm(here.folder)
    if form.validate_on_submit() and _is_added(form, here.count_set):
        return redirect(url_for(".people"))
    facts = here.count_set.facts
    holders = [(n, keys.fingerprint(key), n in here.keys) for n, key in enumerate(facts.public_keys, start=1)]
    missing = max(0, facts.threshold - len(here.keys))
    return render_template("ceremony/people.html", form=form, facts=facts, holders=holders, missing=missing)


@bp.post("/begin")
def begin() -> ResponseReturnValue:
    here = room()
    if here.count_set is None:
        return redirect(url_for(".load"))
    if len(here.keys) < here.count_set.facts.threshold:
        flash(_("Not enough keys are here yet. Nothing was opened."), "error")
        return redirect(url_for(".people"))
    if here.work is None or here.work.is_over:
        here.begin()
    return redirect(url_for(".progress"))


@bp.get("/progress")
def progress() -> ResponseReturnValue:
    work = room().work
    if work is None:
        return redirect(url_for(".load"))
    if work.is_over:
        return redirect(url_for(".result"))
    answer: Response = make_response(render_template("ceremony/progress.html", work=work))
    answer.headers["Refresh"] = SECONDS  # so that the bar moves without JavaScript
    return answer


@bp.get("/result")
def result() -> ResponseReturnValue:
    work = room().work
    if work is None or not work.is_over:
        return redirect(url_for(".load"))
    if work.done is None:
        return render_template("ceremony/failed.html", reason=work.failed)
    return render_template("ceremony/result.html", done=work.done, faults=FAULTS)


@bp.post("/forget")
def forget() -> ResponseReturnValue:
    room().clear()
    flash(_("The keys and the count set are forgotten."), "success")
    return redirect(url_for("home.index"))


def _count_set(form: CountSetForm) -> CountSet | None:
    data = form.file("set")
    try:
        count_set = count_sets.from_bytes(data) if data is not None else None
        if count_set and count_set.facts.drill != room().drill:
            raise BadCountSet(Wrong.DRILL if count_set.facts.drill else Wrong.NO_DRILL)
        return count_set
    except BadCountSet as error:
        form.refuse("set_upload", WRONGS[error.wrong])
        return None


def _is_added(form: AddKeyForm, count_set: CountSet) -> bool:
    key = opened_key(form)
    if key is None:
        return False
    held = count_set.facts.public_keys
    number = held.index(key.public()) + 1 if key.public() in held else None
    if number is None or not keys.fits(key, held[number - 1]):
        form.refuse("key_upload", _("This key is none of this vote's keys."))
        return False
    if number in room().keys:
        form.refuse("key_upload", _("This key is here already. Another key holder is next."))
        return False
    room().keys[number] = key
    flash(_("Key %(n)d is here.", n=number), "success")
    return True
