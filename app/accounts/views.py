"""Pages of accounts: signing in with a mail, joining, signing out, and one's own account."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from app.accounts import queries, services
from app.accounts.codes import services as codes
from app.accounts.codes.rules import Purpose
from app.accounts.codes.services import AskForCode
from app.accounts.forms import ButtonForm, CodeForm, DetailsForm, JoinForm, ResidenceForm, SignInForm
from app.accounts.services import AskToJoin, Entry
from app.accounts.sign_in import let_in, let_out, mail_folder, remember_the_way
from app.accounts.visits.queries import open_visits
from app.core.access import acting, current_actor, public, signed_in
from app.core.errors import DomainError
from app.places.queries import neighborhoods

bp = Blueprint("accounts", __name__)
ASKED = "asked"


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if current_actor() is not None:
        return redirect(url_for(".show"))
    remember_the_way(request.args.get("next", ""))
    form = SignInForm()
    if form.validate_on_submit():
        locale = str(get_locale())
        ask = AskForCode(email=form.email.data or "", purpose=Purpose.SIGN_IN, locale=locale, place=request.remote_addr)
        session[ASKED] = {"id": codes.ask(ask), "email": ask.email}
        return redirect(url_for(".code"))
    demo = queries.demo_people() if current_app.config["DEMO"] else []
    return render_template("accounts/sign_in.html", form=form, demo=demo)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    asked = session.get(ASKED)
    if asked is None:
        return redirect(url_for(".sign_in"))
    form = CodeForm()
    if form.validate_on_submit():
        entry = form.accepted(lambda: services.enter_with_code(asked["id"], form.digits()))
        if entry is not None:
            return _welcome(entry)
    return render_template("accounts/code.html", form=form, email=asked["email"], folder=mail_folder())


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
def link(token: str) -> ResponseReturnValue:
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            return _welcome(services.enter_with_link(token))
        except DomainError as refusal:
            return render_template("accounts/dead_link.html", message=refusal.message), refusal.status
    return render_template("accounts/link.html", form=form)


@bp.post("/sign-in/demo/<int:person_id>")
@public
def demo(person_id: int) -> ResponseReturnValue:
    if not current_app.config["DEMO"]:
        abort(404)
    return _welcome(services.enter_demo(person_id))


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    let_out()
    flash(_("You have signed out."), "success")
    return redirect(url_for("home.index"))


@bp.route("/join", methods=["GET", "POST"])
@public
def join() -> ResponseReturnValue:
    if current_actor() is not None:
        return redirect(url_for(".show"))
    form = JoinForm(locale=str(get_locale()))
    form.neighborhood_id.offer(neighborhoods())
    if form.validate_on_submit():
        wish = AskToJoin(join=form.command(), place=request.remote_addr)
        session[ASKED] = {"id": services.ask_to_join(wish), "email": wish.join.email}
        return redirect(url_for(".code"))
    return render_template("accounts/join.html", form=form)


@bp.get("/account")
@signed_in
def show() -> ResponseReturnValue:
    me = acting()
    page: dict[str, Any] = {"account": queries.account(me.id), "visits": open_visits(me.id), "actor": me}
    return render_template("accounts/show.html", **page)


@bp.route("/account/details", methods=["GET", "POST"])
@signed_in
def details() -> ResponseReturnValue:
    mine = queries.account(acting().id)
    form = DetailsForm(public_name=mine.public_name, locale=mine.locale)
    if form.validate_on_submit():
        services.change_details(form.command(), by=acting())
        session["language"] = form.locale.data
        flash(_("Your details are changed."), "success")
        return redirect(url_for(".show"))
    return render_template("accounts/details.html", form=form)


@bp.route("/account/residence", methods=["GET", "POST"])
@signed_in
def residence() -> ResponseReturnValue:
    mine = queries.residence_of(acting().id)
    form = ResidenceForm(obj=mine)
    form.neighborhood_id.offer(neighborhoods())
    if form.validate_on_submit():
        services.register_residence(form.residence(), by=acting())
        flash(_("Thank you. A clerk will check where you live."), "success")
        return redirect(url_for(".show"))
    return render_template("accounts/residence.html", form=form, residence=mine)


@bp.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    services.sign_out_everywhere(by=acting())
    let_out()
    flash(_("You are signed out on every device."), "success")
    return redirect(url_for("home.index"))


def _welcome(entry: Entry) -> ResponseReturnValue:
    onward = let_in(entry.person, entry.key)
    flash(_("Welcome, %(name)s.", name=entry.person.public_name), "success")
    return redirect(onward or url_for("home.index"))
