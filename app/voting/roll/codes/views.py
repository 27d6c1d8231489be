"""Pages of codes: the clerk's batches and their one download; typing a code in, for an address or for a vote."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import residence_of
from app.accounts.sign_in import let_out
from app.core.access import Role, acting, only, public, signed_in
from app.voting.roll.codes import queries, services, words
from app.voting.roll.codes.forms import ButtonForm, CodeForm, OrderForm
from app.voting.roll.codes.queries import CODE_VISIT
from app.voting.roll.codes.rules import LIVE, MOST_CARDS, Purpose, place_of
from app.voting.roll.codes.services import Entered, TypedCode
from app.voting.roll.services import keeping

bp = Blueprint("codes", __name__)
BATCHES = "/office/roll/<int:cycle_id>/codes"


@bp.route(BATCHES, methods=["GET", "POST"])
@only(Role.CLERK)
def index(cycle_id: int) -> ResponseReturnValue:
    cycle = keeping(cycle_id, acting())
    form = OrderForm(purpose=Purpose.VOTING.value)
    if form.validate_on_submit():
        made = form.accepted(lambda: services.order(cycle_id, form.command(), by=acting()))
        if made is not None:
            return redirect(url_for(".show", cycle_id=cycle_id, batch_id=made))
    return render_template(
        "voting/roll/codes/index.html",
        cycle=cycle,
        form=form,
        batches=queries.batches(cycle_id),
        missing=[(words.PURPOSES[purpose], queries.without_card(cycle, purpose)) for purpose in Purpose],
        most=MOST_CARDS,
        words=words,
    )


@bp.get(f"{BATCHES}/<int:batch_id>")
@only(Role.CLERK)
def show(cycle_id: int, batch_id: int) -> str:
    cycle = keeping(cycle_id, acting())
    batch = queries.batch(cycle_id, batch_id)
    return render_template(
        "voting/roll/codes/show.html", cycle=cycle, batch=batch, words=words, is_live=batch.stage in LIVE
    )


@bp.route(f"{BATCHES}/<int:batch_id>/download", methods=["GET", "POST"])
@only(Role.CLERK)
def download(cycle_id: int, batch_id: int) -> ResponseReturnValue:
    cycle = keeping(cycle_id, acting())
    form = ButtonForm()
    if form.validate_on_submit():
        answer = Response(services.take_sheet(cycle_id, batch_id, by=acting()), mimetype="application/pdf")
        answer.headers["Content-Disposition"] = f'attachment; filename="cards-{batch_id}.pdf"'
        return answer
    batch = queries.batch(cycle_id, batch_id)
    return render_template("voting/roll/codes/download.html", cycle=cycle, batch=batch, form=form)


@bp.route(f"{BATCHES}/<int:batch_id>/replace", methods=["GET", "POST"])
@only(Role.CLERK)
def replace(cycle_id: int, batch_id: int) -> ResponseReturnValue:
    cycle = keeping(cycle_id, acting())
    form = ButtonForm()
    if form.validate_on_submit():
        following = services.replace(cycle_id, batch_id, by=acting())
        flash(_("The old codes are void. New cards are being made."), "success")
        return redirect(url_for(".show", cycle_id=cycle_id, batch_id=following))
    batch = queries.batch(cycle_id, batch_id)
    return render_template("voting/roll/codes/replace.html", cycle=cycle, batch=batch, form=form)


@bp.route("/account/residence/code", methods=["GET", "POST"])
@signed_in
def residence() -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        typed = form.code.data or ""
        if form.accepted(lambda: services.prove_residence(typed, by=acting())) is not None:
            flash(_("Thank you. Your address is verified."), "success")
            return redirect(url_for("accounts.show"))
    return render_template("voting/roll/codes/residence.html", form=form, home=residence_of(acting().id))


@bp.route("/vote-by-code", methods=["GET", "POST"])
@public
def vote() -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        command = TypedCode(typed=form.code.data or "", place=place_of(request.remote_addr))
        entered = form.accepted(lambda: services.enter(command))
        if entered is not None:
            return begin(entered)
    return render_template("voting/roll/codes/vote.html", form=form, visit=queries.visit_of_this_request())


@bp.post("/vote-by-code/leave")
@public
def leave() -> ResponseReturnValue:
    visit = queries.visit_of_this_request()
    if visit is not None:
        services.leave(visit)
    forget()
    flash(_("You have left the ballot."), "success")
    return redirect(url_for("home.index"))


def begin(entered: Entered) -> ResponseReturnValue:
    """Make this browser the voter's: whoever was signed in is signed out, and nothing of theirs stays."""
    kept = {name: session[name] for name in ("language", "station") if name in session}
    let_out()
    session.update(kept)
    session[CODE_VISIT] = entered.key
    g.pop("code_visit", None)
    return redirect(url_for("ballots.show", cycle_id=entered.cycle_id))


def forget() -> None:
    """Take the visit out of this browser."""
    session.pop(CODE_VISIT, None)
    g.pop("code_visit", None)


@bp.before_app_request
def _stay() -> None:
    visit = queries.visit_of_this_request() if request.endpoint != "static" else None
    if visit is not None and not visit.has_cast:
        services.stay(visit)
    elif visit is None and CODE_VISIT in session and request.endpoint not in ("static", "ballots.cast"):
        forget()


@bp.app_context_processor
def _frame() -> dict[str, object]:
    return {"code_visit": queries.visit_of_this_request()}
