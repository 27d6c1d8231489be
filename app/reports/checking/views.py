"""The page that says whether a paper or a file is ours."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.access import public
from app.core.limits import count_try
from app.core.uploads import takes_file
from app.reports import words
from app.reports.checking import queries
from app.reports.checking import words as checking_words
from app.reports.checking.forms import FileForm
from app.reports.checking.rules import CHECKS_AN_HOUR, MOST_BYTES
from app.reports.forms import HashForm
from app.reports.rules import is_code

bp = Blueprint("checking", __name__, url_prefix="/reports/check")
HOUR = timedelta(hours=1)


@bp.route("", methods=["GET", "POST"])
@public
@takes_file(MOST_BYTES, from_anybody=True)
def check() -> ResponseReturnValue:
    """The file is read once for its hash and kept nowhere."""
    file_form = FileForm()
    if request.method == "POST":
        count_try("report-file", request.remote_addr or "", limit=CHECKS_AN_HOUR, window=HOUR)
        if file_form.validate_on_submit():
            return redirect(url_for(".check", hash=file_form.digest(), _anchor="answer"))
    if is_code(request.args.get("hash", "")):
        return redirect(url_for("reports.by_code", code=request.args["hash"].strip()))
    form = HashForm(request.args)
    asked = "hash" in request.args and form.validate()
    return render_template(
        "reports/checking/check.html",
        hash_form=form,
        file_form=file_form,
        asked=asked,
        found=queries.found(form.hash.data) if asked else [],
        most_bytes=MOST_BYTES,
        words=words,
        checking_words=checking_words,
    )
