"""The page on which a resident connects an authenticator app."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.authenticator import services
from app.accounts.queries import account
from app.accounts.sign_in import VISIT, remember_the_way, the_way_back, totp
from app.accounts.staff.forms import SecondFactorForm
from app.accounts.staff.views import NEW_SECRET, key_to_show
from app.accounts.visits.rules import is_fresh
from app.core.access import acting, signed_in
from app.core.clock import now

bp = Blueprint("authenticator", __name__, url_prefix="/account/authenticator")


@bp.route("", methods=["GET", "POST"])
@signed_in
def connect() -> ResponseReturnValue:
    me, mine = acting(), account(acting().id)
    if mine.has_app:
        return redirect(url_for("accounts.show"))
    remember_the_way(request.args.get("next", ""))
    secret = session.setdefault(NEW_SECRET, totp().generate_totp_secret())
    form = SecondFactorForm()
    if form.validate_on_submit():
        made = form.accepted(lambda: services.connect(session[VISIT], secret, form.code.data or "", by=me))
        if made is not None:
            session.pop(NEW_SECRET)
            onward = the_way_back() or url_for("accounts.show")
            return render_template("accounts/authenticator/recovery_codes.html", codes=made, onward=onward)
    page = {"form": form, "is_fresh": is_fresh(me.confirmed_at, now()), **key_to_show(mine.email, secret)}
    return render_template("accounts/authenticator/connect.html", **page, here=request.full_path)
