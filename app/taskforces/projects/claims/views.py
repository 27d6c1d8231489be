"""Pages of a claim: say that a milestone is done, show it, and look at what the other side says."""

from datetime import timedelta
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, public, signed_in
from app.core.clock import today
from app.core.errors import DomainError, ensure_standing
from app.core.limits import count_try
from app.core.uploads import takes_file
from app.taskforces.projects import queries
from app.taskforces.projects.claims import queries as claims
from app.taskforces.projects.claims import services, words
from app.taskforces.projects.claims.forms import ClaimForm, EvidenceForm, LookForm
from app.taskforces.projects.claims.queries import ClaimRow
from app.taskforces.projects.claims.rules import EvidenceKind, Finding
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.promises.rules import MilestoneStage
from app.taskforces.projects.promises.words import AS_IT_IS
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import Act
from app.taskforces.projects.services import ensure_allowed
from app.taskforces.seats.rules import Side

bp = Blueprint("claims", __name__, url_prefix="/projects/<int:project_id>")
BODY = 40_000_000
"""More than is taken, so that a file too heavy is refused at its field and the words stay."""
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"
NAMES = {"picture.jpg": EvidenceKind.PICTURE, "document.pdf": EvidenceKind.DOCUMENT}


@bp.route("/milestones/<int:milestone_id>/done", methods=["GET", "POST"])
@signed_in
def claim(project_id: int, milestone_id: int) -> ResponseReturnValue:
    project, milestone, _side = _met(project_id, milestone_id, Act.CLAIM)
    form = ClaimForm(actual_on=today(project.time_zone))
    if form.validate_on_submit() and form.accepted(
        lambda: services.claim(project_id, milestone_id, form.command(), by=acting()), keeps=True
    ):
        flash(_("Claimed. The other side is asked to look. Add a picture or a document if you have one."))
        return redirect(url_for(".show", project_id=project_id, milestone_id=milestone_id))
    return render_template("taskforces/projects/claims/claim.html", form=form, project=project, milestone=milestone)


@bp.route("/milestones/<int:milestone_id>/evidence", methods=["GET", "POST"])
@signed_in
@takes_file(BODY)
def show(project_id: int, milestone_id: int) -> ResponseReturnValue:
    project, milestone, side = _met(project_id, milestone_id, Act.CLAIM)
    row, form = _open(project_id, milestone), EvidenceForm()
    ensure_standing(row.side is side, _("Evidence is added by the side that claims."))
    if form.validate_on_submit():
        count_try("evidence", str(acting().id), limit=60, window=timedelta(days=1))
        key = form.once.data or ""
        if form.accepted(lambda: services.show(project_id, milestone_id, form.command(), key=key, by=acting())):
            flash(_("It is added."))
            return redirect(url_for(".show", project_id=project_id, milestone_id=milestone_id))
    shown = {"project": project, "milestone": milestone, "claim": row}
    return render_template("taskforces/projects/claims/evidence.html", form=form, **shown)


@bp.route("/milestones/<int:milestone_id>/look", methods=["GET", "POST"])
@signed_in
def look(project_id: int, milestone_id: int) -> ResponseReturnValue:
    project, milestone, side = _met(project_id, milestone_id, Act.ANSWER_CLAIM)
    row, form = _open(project_id, milestone), LookForm()
    if row.side is side:
        raise DomainError("rule_20", str(words.OTHER_SIDE))
    if form.validate_on_submit():
        verb = services.verify if form.finding.data == Finding.VERIFIED else services.send_back
        before = len(form.errors)
        form.accepted(lambda: verb(project_id, milestone_id, form.answer.data or "", by=acting()))
        if len(form.errors) == before:
            flash(_("Thank you for looking. Everybody can read what you found."))
            return redirect(url_for("projects.show", project_id=project_id, _anchor="milestones"))
    shown = {"project": project, "milestone": milestone, "claim": row}
    return render_template("taskforces/projects/claims/look.html", form=form, **shown)


@bp.get("/evidence/<int:evidence_id>/<any('picture.jpg', 'document.pdf'):name>")
@public
def serve(project_id: int, evidence_id: int, name: str) -> Response:
    kind = NAMES[name]
    answer = send_file(
        BytesIO(claims.served(project_id, evidence_id, kind)),
        mimetype="application/pdf" if kind is EvidenceKind.DOCUMENT else "image/jpeg",
        as_attachment=kind is EvidenceKind.DOCUMENT,
        download_name=name,
    )
    answer.headers["Cache-Control"] = "public, max-age=3600, immutable"
    answer.headers["Content-Security-Policy"] = ALONE
    return answer


@bp.app_template_filter("claim_finding")
def finding_words(finding: Finding) -> str:
    return str(words.FINDINGS[finding])


def _met(project_id: int, milestone_id: int, act: Act) -> tuple[ProjectCard, MilestoneRow, Side]:
    project = queries.project(project_id)
    on = today(project.time_zone)
    side = services.side_of(project.task_force_id, project_id, acting(), on=on)
    ensure_standing(side is not None, str(words.NOT_YOURS))
    assert side is not None
    ensure_allowed(project.stage, act)
    return project, promises.milestone(project_id, milestone_id, on), side


def _open(project_id: int, milestone: MilestoneRow) -> ClaimRow:
    if milestone.stage is not MilestoneStage.CLAIMED:
        raise DomainError(f"is_{milestone.stage.value}", str(AS_IT_IS[milestone.stage]))
    return claims.claims(project_id)[milestone.id][0]
