"""The page that asks once more who sits there, and goes back to the step it was asked for."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.confirming import services
from app.accounts.confirming.forms import AppCodeForm, AskForm, MailedCodeForm
from app.accounts.queries import way_to_confirm
from app.accounts.sign_in import VISIT, kept_way, mail_folder, remember_the_way, the_way_back
from app.core.access import acting, signed_in

bp = Blueprint("confirming", __name__, url_prefix="/sign-in/confirm")
ASKED = "asked to confirm"


@bp.route("", methods=["GET", "POST"])
@signed_in
def confirm() -> ResponseReturnValue:
    me = acting()
    remember_the_way(request.args.get("next", ""))
    way = way_to_confirm(me.id, demo=current_app.config["DEMO"])
    if way == "mail":
        return redirect(url_for(".by_mail"))
    form = AppCodeForm() if way == "app" else AskForm()
    if form.validate_on_submit():
        if way == "demo":
            services.confirm_in_demo(session[VISIT], by=me)
            return _back()
        code = form["code"].data or ""
        if form.accepted(lambda: services.confirm_with_app(session[VISIT], code, by=me)):
            return _back()
    return render_template("accounts/confirming/confirm.html", form=form, way=way, back=kept_way())


@bp.post("/ask")
@signed_in
def ask() -> ResponseReturnValue:
    if not AskForm().validate():
        abort(400)
    session[ASKED] = services.ask(by=acting(), place=request.remote_addr)
    return redirect(url_for(".by_mail"))


@bp.route("/by-mail", methods=["GET", "POST"])
@signed_in
def by_mail() -> ResponseReturnValue:
    me, asked = acting(), session.get(ASKED)
    if way_to_confirm(me.id, demo=current_app.config["DEMO"]) != "mail":
        return redirect(url_for(".confirm"))
    form = MailedCodeForm() if asked else AskForm()
    if asked and form.validate_on_submit():
        digits = "".join(c for c in form["code"].data or "" if c.isdigit())
        done = form.accepted(lambda: services.confirm_with_mail(session[VISIT], asked, digits, by=me))
        if done:
            session.pop(ASKED)
            return _back()
    return render_template(
        "accounts/confirming/by_mail.html", form=form, asked=asked, folder=mail_folder(), back=kept_way()
    )


def _back() -> ResponseReturnValue:
    flash(_("Thank you. You have ten minutes for the step you came from."), "success")
    return redirect(the_way_back() or url_for("home.index"))
