"""The page on which officers say an outlook."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import ensure_standing
from app.core.once import once
from app.proposals import queries as proposals
from app.proposals.outlooks import queries, services
from app.proposals.outlooks.forms import OutlookForm

bp = Blueprint("outlooks", __name__)


@bp.route("/proposals/<int:proposal_id>/outlook", methods=["GET", "POST"])
@only(Role.OFFICER)
def say(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    found = queries.expected(proposal, acting())
    ensure_standing(found.may_say, _("Officers of this neighborhood say it, from the finding until voting is over."))
    form = OutlookForm().filled(found.outlook)
    if form.validate_on_submit():
        key, command = form.once.data or "", form.command()
        if form.accepted(lambda: once(key, lambda: services.say(proposal_id, command, by=acting()).id)):
            flash(_("Everybody can read now what to expect."), "success")
            return redirect(url_for("proposals.show", proposal_id=proposal_id))
    return render_template("proposals/outlooks/say.html", form=form, proposal=proposal)
