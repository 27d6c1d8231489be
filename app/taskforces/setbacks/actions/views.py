"""Pages of a corrective action: begin it, say that it is done, verify it for the other side."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.taskforces.setbacks import words
from app.taskforces.setbacks.actions import queries, services
from app.taskforces.setbacks.actions.forms import ClaimForm, VerifyForm
from app.taskforces.setbacks.actions.rules import ActionStage, Finding
from app.taskforces.setbacks.queries import ActionRow, SetbackRow
from app.taskforces.setbacks.rules import Deed
from app.taskforces.setbacks.services import ensure_open_to

bp = Blueprint("corrective_actions", __name__, url_prefix="/setbacks/actions")


@bp.post("/<int:action_id>/begin")
@signed_in
def begin(action_id: int) -> ResponseReturnValue:
    action = services.begin(action_id, by=acting())
    flash(_("The corrective action has begun."), "success")
    return _to(action.setback_id)


@bp.route("/<int:action_id>/done", methods=["GET", "POST"])
@signed_in
def claim(action_id: int) -> ResponseReturnValue:
    action, setback = _mine(action_id, Deed.CLAIM)
    form = ClaimForm()
    if form.validate_on_submit() and form.accepted(
        lambda: services.claim(action_id, form.claim.data or "", by=acting())
    ):
        flash(_("Everybody reads that it is done. The other side looks next."), "success")
        return _to(setback.id)
    return render_template("taskforces/setbacks/claim.html", form=form, action=action, setback=setback)


@bp.route("/<int:action_id>/verify", methods=["GET", "POST"])
@signed_in
def verify(action_id: int) -> ResponseReturnValue:
    action, setback = _mine(action_id, Deed.VERIFY)
    form = VerifyForm()
    if form.validate_on_submit() and form.accepted(lambda: services.verify(action_id, form.command(), by=acting())):
        flash(_("What you found is public."), "success")
        return _to(setback.id)
    return render_template("taskforces/setbacks/verify.html", form=form, action=action, setback=setback)


@bp.app_template_filter("action_stage")
def stage_words(stage: ActionStage) -> str:
    return str(words.ACTION_STAGES[stage])


@bp.app_template_filter("action_tone")
def stage_tone(stage: ActionStage) -> str:
    return words.ACTION_TONES[stage]


@bp.app_template_filter("finding")
def finding_words(finding: Finding) -> str:
    return str(words.FINDINGS[finding])


def _mine(action_id: int, deed: Deed) -> tuple[ActionRow, SetbackRow]:
    action, setback = queries.action(action_id)
    ensure_open_to(setback, deed, by=acting())
    return action, setback


def _to(setback_id: int) -> ResponseReturnValue:
    return redirect(url_for("setbacks.show", setback_id=setback_id))
