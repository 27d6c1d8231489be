"""The page on which a resident switches the mail about their own votes off and on."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.voting.notices import queries, services

bp = Blueprint("notices", __name__, url_prefix="/account/vote-mail")


@bp.get("/")
@signed_in
def show() -> str:
    return render_template("voting/notices/show.html", wanted=queries.wants_notices(acting().id))


@bp.post("/")
@signed_in
def switch() -> ResponseReturnValue:
    wanted = request.form.get("wanted") == "yes"
    services.switch(wanted, by=acting())
    flash(_("You will get a mail when a ballot comes in from you.") if wanted else _("You will get no such mail."))
    return redirect(url_for(".show"))
