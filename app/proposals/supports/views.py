"""Buttons of a proposal's page: support it, and take that back."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.limits import count_try
from app.proposals.rules import WhyShut
from app.proposals.supports import services, words

bp = Blueprint("supports", __name__, url_prefix="/proposals")


@bp.app_template_filter("why_no_support")
def why_no_support_words(reason: WhyShut) -> str:
    return str(words.WHY_SHUT[reason])


@bp.post("/<int:proposal_id>/support")
@signed_in
def support(proposal_id: int) -> ResponseReturnValue:
    _count()
    services.support(proposal_id, by=acting())
    flash(_("You support this proposal. You can take that back until the ballot is fixed."), "success")
    return _back(proposal_id)


@bp.post("/<int:proposal_id>/support/take-back")
@signed_in
def take_back(proposal_id: int) -> ResponseReturnValue:
    _count()
    services.take_back(proposal_id, by=acting())
    flash(_("You no longer support this proposal."), "success")
    return _back(proposal_id)


@bp.post("/<int:proposal_id>/support/instead")
@signed_in
def support_instead(proposal_id: int) -> ResponseReturnValue:
    _count()
    into_id = services.support_instead(proposal_id, by=acting())
    flash(_("You support the joint proposal now, in place of the one that is part of it."), "success")
    return _back(into_id)


def _count() -> None:
    count_try("support", str(acting().id), limit=300, window=timedelta(days=1))


def _back(proposal_id: int) -> ResponseReturnValue:
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor="supports"))
