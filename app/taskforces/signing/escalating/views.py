"""Pages before the council: a side asks, a clerk records what was decided, everybody reads the decision."""

from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.visits.rules import is_fresh
from app.core.access import Role, acting, only, public, signed_in
from app.core.clock import now
from app.core.errors import NotFound
from app.core.limits import count_try
from app.core.uploads import takes_file
from app.taskforces.signing import queries as signing
from app.taskforces.signing import words
from app.taskforces.signing.escalating import policies, queries, services
from app.taskforces.signing.escalating.forms import AskForm, DecisionForm
from app.taskforces.signing.paper.queries import sits
from app.taskforces.signing.paper.views import BODY, sent
from app.taskforces.signing.rules import COUNCIL_DAYS, Outcome, WhyNot
from app.taskforces.signing.services import told

bp = Blueprint("escalating", __name__, url_prefix="/agreements/<int:agreement_id>/council")


@bp.route("", methods=["GET", "POST"])
@signed_in
def ask(agreement_id: int) -> ResponseReturnValue:
    row = signing.agreement(agreement_id)
    reason = services.why_not_ask(row, row, acting())
    if reason is WhyNot.NO_SEAT:
        raise NotFound
    form = AskForm()
    if reason is None and form.validate_on_submit():
        services.ask(agreement_id, form.reason.data or "", by=acting())
        flash(_("The council is asked. A clerk records what it decides."), "success")
        return redirect(url_for("signing.show", agreement_id=agreement_id))
    page = {"agreement": row, "form": form, "why_not": words.WHY_NOT[reason] if reason else None, "days": COUNCIL_DAYS}
    return render_template("taskforces/signing/escalating/ask.html", **page)


@bp.route("/decision", methods=["GET", "POST"])
@only(Role.CLERK)
@takes_file(BODY)
def record(agreement_id: int) -> ResponseReturnValue:
    row, me = signing.agreement(agreement_id), acting()
    if not policies.may_record(me, row.neighborhood_id, sits=sits(row, me.id)):
        raise NotFound
    form = DecisionForm()
    if form.validate_on_submit():
        count_try("council", str(me.id), limit=60, window=timedelta(hours=1))
        key, command = form.once.data or "", form.command()
        if form.accepted(lambda: services.record(agreement_id, command, key=key, by=me)):
            flash(_("The council's decision is on record."), "success")
            return redirect(url_for("signing.show", agreement_id=agreement_id))
    page = {"agreement": row, "told": told(row), "form": form, "asked": queries.of_agreement(agreement_id)}
    fresh = is_fresh(me.second_factor_at, now())
    return render_template("taskforces/signing/escalating/record.html", **page, is_fresh=fresh)


@bp.get("/document")
@public
def document(agreement_id: int) -> Response:
    found = queries.document(agreement_id)
    name = f"council-agreement-{agreement_id}.{'pdf' if found.is_pdf else 'jpg'}"
    return sent(found.content, name=name, is_pdf=found.is_pdf, is_public=True)


@bp.app_template_filter("council_outcome")
def outcome_words(outcome: Outcome) -> str:
    return str(words.OUTCOMES[outcome])
