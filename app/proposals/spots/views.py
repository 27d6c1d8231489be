"""The page on which an author says where a proposal is."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import ensure, ensure_standing
from app.core.limits import count_try
from app.proposals import queries as proposals
from app.proposals.queries import ProposalDetail
from app.proposals.rules import Stage
from app.proposals.spots import queries, services
from app.proposals.spots.forms import PlaceForm

bp = Blueprint("spots", __name__, url_prefix="/proposals/<int:proposal_id>/place")


@bp.route("", methods=["GET", "POST"])
@signed_in
def say(proposal_id: int) -> ResponseReturnValue:
    proposal = _own(proposal_id)
    place = queries.place_of(proposal, None)
    form = PlaceForm()
    form.offer(place.areas, keeps_exact=queries.keeps_exact(proposal_id))
    if request.method == "GET":
        form.show(place=proposal.place, area_id=proposal.area_id, kind=place.kind, point=place.point)
    if _sent_in_earnest(form) and form.validate_on_submit():
        count_try("say where", str(acting().id), limit=60, window=timedelta(days=1))
        if form.accepted(lambda: services.say(proposal_id, form.command(), by=acting())):
            flash(_saved(proposal), "success")
            on = "writing.resume" if proposal.stage is Stage.DRAFT else "proposals.show"
            return redirect(url_for(on, proposal_id=proposal_id))
    return render_template("proposals/spots/say.html", proposal=proposal, place=place, form=form)


def _sent_in_earnest(form: PlaceForm) -> bool:
    """Whether it is to be saved; looking closer only shows another map and keeps what was typed."""
    if "whole" in request.form:
        form.look_at_all()
        return False
    return not ("closer" in request.form and form.look_closer())


def _own(proposal_id: int) -> ProposalDetail:
    proposal = proposals.detail(proposal_id, acting())
    ensure_standing(proposal.is_writer, _("Only those who write a proposal can change it."))
    message = _("The officers have already decided about this proposal, so its place stays as it is.")
    ensure(proposal.can_be_edited, "already_judged", message)
    return proposal


def _saved(proposal: ProposalDetail) -> str:
    again = _("The place is saved. To send the proposal in again, open “Edit” and save it there.")
    return str(again if proposal.stage is Stage.NEEDS_CHANGES else _("The place is saved."))
