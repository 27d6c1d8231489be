"""The sheet to print and sign by hand, the clerk's page for a signed one, and the scan of it."""

from datetime import timedelta
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.visits.rules import is_fresh
from app.core.access import Role, acting, only, public, signed_in
from app.core.clock import now
from app.core.errors import NotFound
from app.core.limits import count_try
from app.core.uploads import takes_file
from app.taskforces.signing import queries as signing
from app.taskforces.signing.paper import policies, queries, services
from app.taskforces.signing.paper.forms import AttestForm
from app.taskforces.signing.rules import MARK_LENGTH
from app.taskforces.signing.services import told

bp = Blueprint("signing_paper", __name__, url_prefix="/agreements/<int:agreement_id>")
BODY = 40_000_000
"""More than is taken, so that a file too heavy is refused at its field and the words stay."""
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@bp.get("/sheet")
@public
def sheet(agreement_id: int) -> str:
    row = signing.agreement(agreement_id)
    people = queries.candidates(row)
    page = {"agreement": row, "told": told(row), "people": people, "mark": row.hash[:MARK_LENGTH]}
    return render_template("taskforces/signing/paper/sheet.html", **page)


@bp.route("/paper", methods=["GET", "POST"])
@only(Role.CLERK)
@takes_file(BODY)
def attest(agreement_id: int) -> ResponseReturnValue:
    row, me = signing.agreement(agreement_id), acting()
    if not policies.may_attest(me, row.neighborhood_id, sits=queries.sits(row, me.id)):
        raise NotFound
    form = AttestForm(seen=row.hash)
    form.offer(people := queries.candidates(row) if row.ending is None else [])
    if form.validate_on_submit():
        count_try("attest", str(me.id), limit=60, window=timedelta(hours=1))
        key, command = form.once.data or "", form.command()
        if form.accepted(lambda: services.attest(agreement_id, command, key=key, by=me)):
            flash(_("The signature on paper is on record, with both names."), "success")
            return redirect(url_for("signing.show", agreement_id=agreement_id))
    page = {"agreement": row, "told": told(row), "form": form, "people": people}
    fresh = is_fresh(me.second_factor_at, now())
    return render_template("taskforces/signing/paper/attest.html", **page, is_fresh=fresh)


@bp.get("/sheets/<int:sign_off_id>")
@signed_in
def scan(agreement_id: int, sign_off_id: int) -> Response:
    found = queries.sheet(agreement_id, sign_off_id, acting())
    return sent(found.content, name=found.name, is_pdf=found.is_pdf, is_public=False)


def sent(content: bytes, *, name: str, is_pdf: bool, is_public: bool) -> Response:
    """The file behind an answer, never shown as a page of ours."""
    kind = "application/pdf" if is_pdf else "image/jpeg"
    answer = send_file(BytesIO(content), mimetype=kind, as_attachment=is_pdf, download_name=name)
    answer.headers["Cache-Control"] = "public, max-age=3600, immutable" if is_public else "private, no-store"
    answer.headers["Content-Security-Policy"] = ALONE
    return answer
