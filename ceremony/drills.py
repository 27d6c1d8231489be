"""The drill: an invented vote in a folder that goes again, so that volunteers practice every step before it counts."""

import secrets
from collections.abc import Iterator

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.voting.sealing import ballots, count_sets, envelopes, key_checks, key_files
from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.sealing.keys import PublicKey
from ceremony import folders
from ceremony.folders import Kind
from ceremony.forms import DrillForm
from ceremony.room import Room, room, rooms

bp = Blueprint("drills", __name__, url_prefix="/drill")
OPTIONS, RANKS = 7, 5


@bp.get("/")
def show() -> str:
    here = room()
    lying = {kind: folders.names(here.folder, kind) for kind in Kind} if here.drill else {}
    return render_template("ceremony/drill.html", form=DrillForm(), lying=lying, kinds=Kind)


@bp.post("/begin")
def begin() -> ResponseReturnValue:
    rooms().begin_drill()
    flash(_("The drill has begun. Everything in it is invented."), "success")
    return redirect(url_for(".show"))


@bp.post("/checks")
def checks() -> ResponseReturnValue:
    """What a clerk would do before the vote: ask every key."""
    here = _drilling()
    for stem, public in _public_keys(here):
        asked = key_checks.challenge(public, secrets.token_bytes(16), drill=True)
        folders.write(here.folder, stem, Kind.QUESTION, asked.to_bytes())
    flash(_("The clerk's key checks lie in the drill's folder."), "success")
    return redirect(url_for(".show"))


@bp.post("/count-set")
def count_set() -> ResponseReturnValue:
    """What a clerk would do after the close: export the count set, here of invented ballots."""
    here, form = _drilling(), DrillForm()
    held = [public for _stem, public in _public_keys(here)]
    if not form.validate_on_submit():
        return _shown_again(here, form)
    if len(held) < form.threshold.data:
        form.threshold.errors = [_("Make at least as many keys first.")]
        return _shown_again(here, form)
    made = _invented(form, held)
    folders.write(here.folder, "drill", Kind.COUNT_SET, count_sets.to_bytes(made))
    flash(_("The count set lies in the drill's folder."), "success")
    return redirect(url_for(".show"))


@bp.post("/end")
def end() -> ResponseReturnValue:
    rooms().end_drill()
    flash(_("The drill is over, and its folder is deleted."), "success")
    return redirect(url_for("home.index"))


def _drilling() -> Room:
    here = room()
    return here if here.drill else rooms().begin_drill()


def _shown_again(here: Room, form: DrillForm) -> str:
    lying = {kind: folders.names(here.folder, kind) for kind in Kind}
    return render_template("ceremony/drill.html", form=form, lying=lying, kinds=Kind)


def _public_keys(here: Room) -> Iterator[tuple[str, PublicKey]]:
    for name in folders.names(here.folder, Kind.PUBLIC):
        text = (here.folder / name).read_text("ascii")
        yield name.removesuffix(Kind.PUBLIC), key_files.read_public(text)


def _invented(form: DrillForm, held: list[PublicKey]) -> count_sets.CountSet:
    vote_id, threshold = secrets.token_bytes(16), int(form.threshold.data)
    sealed = [_sealed(vote_id, held, threshold) for _ballot in range(int(form.ballots.data))]
    return count_sets.gather(
        sealed,
        vote_id=vote_id,
        name=(form.name.data or "").strip() or "Drill",
        rule_card_hash=secrets.token_bytes(32),
        options=OPTIONS,
        max_ranks=RANKS,
        threshold=threshold,
        public_keys=held,
        drill=True,
    )


def _sealed(vote_id: bytes, held: list[PublicKey], threshold: int) -> SealedEnvelope:
    ranking = secrets.SystemRandom().sample(range(1, OPTIONS + 1), k=1 + secrets.randbelow(RANKS))
    plain = ballots.canonical(ranking, vote_id=vote_id, options=OPTIONS, max_ranks=RANKS)
    return envelopes.seal(plain, vote_id=vote_id, trustee_keys=held, threshold=threshold)
