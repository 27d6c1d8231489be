"""Buttons of a proposal's page to follow it, and the page of what one follows."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.limits import count_try
from app.proposals.follows import queries, services
from app.proposals.wordings.views import told_page

bp = Blueprint("follows", __name__, url_prefix="/proposals")


@bp.get("/followed")
@signed_in
def mine() -> str:
    page = told_page(queries.mine(acting().id, page=request.args.get("page", 1, int)))
    return render_template("proposals/follows/mine.html", page=page)


@bp.post("/<int:proposal_id>/follow")
@signed_in
def follow(proposal_id: int) -> ResponseReturnValue:
    _count()
    services.follow(proposal_id, by=acting())
    flash(_("You follow this proposal. You get a mail when something is decided about it."), "success")
    return _back(proposal_id)


@bp.post("/<int:proposal_id>/follow/end")
@signed_in
def end(proposal_id: int) -> ResponseReturnValue:
    _count()
    services.end(proposal_id, by=acting())
    flash(_("You no longer follow this proposal."), "success")
    return _back(proposal_id)


def _count() -> None:
    count_try("follow", str(acting().id), limit=300, window=timedelta(days=1))


def _back(proposal_id: int) -> ResponseReturnValue:
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor="follow"))
