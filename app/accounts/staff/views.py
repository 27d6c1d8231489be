"""Pages on which staff sign in: password, second factor, a new password, recovery codes."""

import segno
from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from app.accounts.codes import services as codes
from app.accounts.codes.rules import Purpose
from app.accounts.codes.services import AskForCode
from app.accounts.forms import ButtonForm
from app.accounts.sign_in import let_in, mail_folder, totp
from app.accounts.staff import queries, services
from app.accounts.staff.forms import ForgotForm, NewPasswordForm, PasswordSignInForm, SecondFactorForm
from app.accounts.staff.queries import HalfIn
from app.accounts.staff.rules import HALF_IN_SECONDS
from app.accounts.staff.services import CheckPassword
from app.accounts.visits.rules import is_fresh
from app.core.access import acting, public, signed_in
from app.core.clock import now
from app.core.tokens import read_signed, sign

bp = Blueprint("staff", __name__, url_prefix="/sign-in")
HALF_IN = "half_in"
NEW_SECRET = "new_secret"


@bp.route("/password", methods=["GET", "POST"])
@public
def password() -> ResponseReturnValue:
    form = PasswordSignInForm()
    if form.validate_on_submit():
        tried = CheckPassword(
            email=form.email.data or "", password=form.password.data or "", place=request.remote_addr or ""
        )
        person = form.accepted(lambda: services.check_password(tried))
        if person is not None:
            session[HALF_IN] = sign("half in", [person.id, person.fs_uniquifier])
            session.pop(NEW_SECRET, None)
            return redirect(url_for(".second_factor"))
    return render_template("accounts/staff/password.html", form=form)


@bp.route("/second-factor", methods=["GET", "POST"])
@public
def second_factor() -> ResponseReturnValue:
    half = _half_in()
    if half is None:
        return redirect(url_for(".password"))
    if not half.has_app:
        return redirect(url_for(".connect"))
    form = SecondFactorForm()
    if form.validate_on_submit():
        entry = form.accepted(lambda: services.complete(half.person_id, form.code.data or ""))
        if entry is not None:
            onward = let_in(entry.person, entry.key)
            flash(_("Welcome, %(name)s.", name=entry.person.public_name), "success")
            return redirect(onward or url_for("home.index"))
    return render_template("accounts/staff/second_factor.html", form=form)


@bp.route("/connect-an-app", methods=["GET", "POST"])
@public
def connect() -> ResponseReturnValue:
    half = _half_in()
    if half is None or half.has_app:
        return redirect(url_for(".password"))
    secret = session.setdefault(NEW_SECRET, totp().generate_totp_secret())
    form = SecondFactorForm()
    if form.validate_on_submit():
        done = form.accepted(lambda: services.enroll(half.person_id, secret, form.code.data or ""))
        if done is not None:
            onward = let_in(done.entry.person, done.entry.key) or url_for("home.index")
            return render_template("accounts/staff/recovery_codes.html", codes=done.recovery_codes, onward=onward)
    return render_template("accounts/staff/connect.html", form=form, **key_to_show(half.email, secret))


@bp.route("/forgot", methods=["GET", "POST"])
@public
def forgot() -> ResponseReturnValue:
    form = ForgotForm()
    if form.validate_on_submit():
        wish = AskForCode(
            email=form.email.data or "",
            purpose=Purpose.PASSWORD,
            locale=str(get_locale()),
            place=request.remote_addr,
        )
        codes.ask(wish)
        return redirect(url_for(".forgot_sent"))
    return render_template("accounts/staff/forgot.html", form=form)


@bp.get("/forgot/sent")
@public
def forgot_sent() -> ResponseReturnValue:
    return render_template("accounts/staff/forgot_sent.html", folder=mail_folder())


@bp.route("/new-password/<token>", methods=["GET", "POST"])
@public
def new_password(token: str) -> ResponseReturnValue:
    form = NewPasswordForm()
    if form.validate_on_submit():
        person = form.accepted(lambda: services.set_password(token, form.password.data or ""))
        if person is not None:
            flash(_("Your password is set. Please sign in with it."), "success")
            return redirect(url_for(".password"))
    return render_template("accounts/staff/new_password.html", form=form)


@bp.route("/recovery-codes", methods=["GET", "POST"])
@signed_in
def recovery_codes() -> ResponseReturnValue:
    form, fresh = ButtonForm(), is_fresh(acting().second_factor_at, now())
    if form.validate_on_submit():
        made = services.make_recovery_codes(by=acting())
        return render_template("accounts/staff/recovery_codes.html", codes=made, onward=url_for("accounts.show"))
    return render_template("accounts/staff/new_recovery_codes.html", form=form, is_fresh=fresh)


def key_to_show(email: str, secret: str) -> dict[str, str]:
    """A new secret as a QR code and in letters, as an authenticator app takes it in."""
    picture = segno.make(totp().get_totp_uri(email, secret)).svg_data_uri(scale=5, border=3)
    return {"picture": picture, "key": totp().get_totp_pretty_key(secret)}


def _half_in() -> HalfIn | None:
    signed = read_signed("half in", session.get(HALF_IN, ""), max_age_seconds=HALF_IN_SECONDS)
    return None if signed is None else queries.half_in(*signed[0])
