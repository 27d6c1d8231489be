"""Pages of what hangs on a proposal: see it all, add one, describe it, take it away; and the files."""

from datetime import timedelta
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.limits import count_try
from app.core.uploads import takes_file
from app.proposals import queries as proposals
from app.proposals.attachments import queries, services
from app.proposals.attachments.forms import PdfForm, PdfWordsForm, PictureForm, PictureWordsForm
from app.proposals.attachments.queries import AttachmentFacts, Part, Served
from app.proposals.attachments.rules import MOST, Kind
from app.proposals.queries import ProposalDetail

bp = Blueprint("attachments", __name__, url_prefix="/proposals/<int:proposal_id>/attachments")
BODY = 40_000_000
"""More than is taken, so that a file too heavy is refused at its field and the words stay."""
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@bp.get("")
@signed_in
def manage(proposal_id: int) -> str:
    proposal = _own(proposal_id)
    shown = queries.of_proposal(proposal_id)
    room = {kind.value: sum(each.kind is kind for each in shown) < MOST[kind] for kind in Kind}
    return render_template("proposals/attachments/manage.html", proposal=proposal, attachments=shown, room=room)


@bp.route("/add/<any(picture, pdf):kind>", methods=["GET", "POST"])
@signed_in
@takes_file(BODY)
def add(proposal_id: int, kind: str) -> ResponseReturnValue:
    proposal = _own(proposal_id)
    form = PdfForm() if kind == Kind.PDF.value else PictureForm()
    if form.validate_on_submit():
        count_try("attach", str(acting().id), limit=60, window=timedelta(days=1))
        key = form.once.data or ""
        added = form.accepted(lambda: services.add(proposal_id, form.command(), key=key, by=acting()))
        if added is not None:
            flash(_("The picture is added.") if kind == Kind.PICTURE.value else _("The PDF is added."), "success")
            return redirect(url_for(".manage", proposal_id=proposal_id))
    return render_template("proposals/attachments/add.html", proposal=proposal, form=form, kind=kind)


@bp.route("/<int:attachment_id>/words", methods=["GET", "POST"])
@signed_in
def describe(proposal_id: int, attachment_id: int) -> ResponseReturnValue:
    proposal, shown = _own(proposal_id), _one(proposal_id, attachment_id)
    form = PictureWordsForm(obj=shown) if shown.is_picture else PdfWordsForm(obj=shown)
    if form.validate_on_submit():
        services.describe(attachment_id, form.words.data or "", by=acting())
        flash(_("Your changes are saved."), "success")
        return redirect(url_for(".manage", proposal_id=proposal_id))
    return render_template("proposals/attachments/describe.html", proposal=proposal, shown=shown, form=form)


@bp.route("/<int:attachment_id>/remove", methods=["GET", "POST"])
@signed_in
def remove(proposal_id: int, attachment_id: int) -> ResponseReturnValue:
    proposal, shown = _own(proposal_id), _one(proposal_id, attachment_id)
    if request.method == "GET":
        return render_template("proposals/attachments/remove.html", proposal=proposal, shown=shown)
    services.remove(attachment_id, by=acting())
    flash(_("The picture is gone.") if shown.is_picture else _("The PDF is gone."), "success")
    return redirect(url_for(".manage", proposal_id=proposal_id))


@bp.get("/<int:attachment_id>/<any('picture.jpg', 'small.jpg', 'document.pdf'):part>")
@public
def serve(proposal_id: int, attachment_id: int, part: str) -> Response:
    return sent(queries.served(proposal_id, attachment_id, Part(part), current_actor()))


def sent(found: Served) -> Response:
    """The file behind an answer, never shown as a page of ours."""
    answer = send_file(
        BytesIO(found.content),
        mimetype="application/pdf" if found.is_pdf else "image/jpeg",
        as_attachment=found.is_pdf,
        download_name=found.name,
    )
    # An address never shows anything else, but what is withdrawn must soon be gone from caches too; what only its
    # author may see is left in none.
    answer.headers["Cache-Control"] = "public, max-age=3600, immutable" if found.is_public else "private, no-store"
    answer.headers["Content-Security-Policy"] = ALONE
    return answer


def _own(proposal_id: int) -> ProposalDetail:
    proposal = proposals.detail(proposal_id, acting())
    ensure_standing(proposal.is_writer, _("Only those who write a proposal can change it."))
    message = _("The officers have already decided about this proposal, so its pictures stay as they are.")
    ensure(proposal.can_be_edited, "already_judged", message)
    return proposal


def _one(proposal_id: int, attachment_id: int) -> AttachmentFacts:
    found = next((each for each in queries.of_proposal(proposal_id) if each.id == attachment_id), None)
    if found is None:
        raise NotFound
    return found
