"""Pages of papers: put one beside an item, take it away; and the files."""

from datetime import timedelta
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.limits import count_try
from app.core.uploads import takes_file
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.items import queries as items
from app.taskforces.meetings.papers import queries, services
from app.taskforces.meetings.papers.forms import PaperForm
from app.taskforces.meetings.rules import Act
from app.taskforces.meetings.services import ensure_can

bp = Blueprint("papers", __name__, url_prefix="/meetings")
BODY = 40_000_000
"""More than is taken, so that a file too heavy is refused at its field and the words stay."""
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@bp.route("/items/<int:item_id>/papers/new", methods=["GET", "POST"])
@signed_in
@takes_file(BODY)
def add(item_id: int) -> ResponseReturnValue:
    item = items.item(item_id)
    meeting, form = meetings.meeting(item.meeting_id, acting()), PaperForm()
    ensure_can(meeting, Act.PREPARE, acting())
    if form.validate_on_submit():
        count_try("paper", str(acting().id), limit=60, window=timedelta(days=1))
        key = form.once.data or ""
        if form.accepted(lambda: services.add(item_id, form.command(), key=key, by=acting())) is not None:
            flash(_("The PDF is added."), "success")
            return redirect(url_for("meetings.show", meeting_id=meeting.id, _anchor=f"item-{item.id}"))
    return render_template("taskforces/meetings/papers/add.html", form=form, item=item, meeting=meeting)


@bp.post("/papers/<int:paper_id>/take-away")
@signed_in
def take_away(paper_id: int) -> ResponseReturnValue:
    meeting_id = services.take_away(paper_id, by=acting())
    flash(_("The PDF is gone."))
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor="agenda"))


@bp.get("/papers/<int:paper_id>/paper.pdf")
@public
def serve(paper_id: int) -> Response:
    found = queries.served(paper_id, current_actor())
    answer = send_file(
        BytesIO(found.content), mimetype="application/pdf", as_attachment=True, download_name=f"paper-{paper_id}.pdf"
    )
    answer.headers["Cache-Control"] = "public, max-age=3600" if found.is_public else "private, no-store"
    answer.headers["Content-Security-Policy"] = ALONE
    return answer
