"""The page of one agreement: exactly what is signed, who has signed, who has not, and the form of whoever may."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.visits.rules import is_fresh
from app.core.access import acting, current_actor, public, signed_in
from app.core.clock import now, today
from app.taskforces.signing import queries, services, words
from app.taskforces.signing.forms import SignForm
from app.taskforces.signing.queries import AgreementRow
from app.taskforces.signing.rules import Ending, MatterKind, Verdict

bp = Blueprint("signing", __name__, url_prefix="/agreements")


@bp.get("/<int:agreement_id>")
@public
def show(agreement_id: int) -> str:
    row = queries.agreement(agreement_id)
    return _page(row, SignForm(seen=row.hash))


@bp.post("/<int:agreement_id>/sign")
@signed_in
def sign(agreement_id: int) -> ResponseReturnValue:
    row, form = queries.agreement(agreement_id), SignForm()
    if form.validate_on_submit():
        before = len(form.errors)
        ending = form.accepted(lambda: services.sign(agreement_id, form.command(), by=acting()))
        if len(form.errors) == before:
            flash(
                str(words.ENDINGS[ending]) if ending else _("You have signed. The other side is asked to."), "success"
            )
            return redirect(url_for(".show", agreement_id=agreement_id))
    return _page(row, form)


@bp.post("/<int:agreement_id>/withdraw")
@signed_in
def withdraw(agreement_id: int) -> ResponseReturnValue:
    services.withdraw(agreement_id, by=acting())
    flash(_("You have withdrawn it."), "success")
    return redirect(url_for(".show", agreement_id=agreement_id))


@bp.app_template_filter("matter")
def matter_words(kind: MatterKind) -> str:
    return str(words.MATTERS[kind])


@bp.app_template_filter("agreement_ending")
def ending_words(ending: Ending) -> str:
    return str(words.ENDINGS[ending])


@bp.app_template_filter("side_said")
def said_words(verdict: Verdict) -> str:
    return str(words.SAID[verdict])


def _page(row: AgreementRow, form: SignForm) -> str:
    actor, on = current_actor(), today(row.time_zone)
    signer = queries.signer_of(row, actor.id, on) if actor else None
    place = next((each for each in row.missing if signer and each.side is signer.side), None)
    return render_template(
        "taskforces/signing/show.html",
        agreement=row,
        told=services.matter(row.kind).told(row.payload, row.currency),
        form=form,
        may_sign=row.ending is None and place is not None and on <= row.due_on,
        may_withdraw=row.ending is None and actor is not None and actor.id == row.proposer_id,
        is_fresh=actor is not None and is_fresh(actor.confirmed_at, now()),
        is_overdue=row.ending is None and on > row.due_on,
    )
