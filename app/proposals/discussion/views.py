"""Pages of a discussion: write a comment, answer one, change one, and one with all its answers."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.errors import NotFound, ensure_standing
from app.core.limits import count_try
from app.core.once import once
from app.proposals import queries as proposals
from app.proposals.discussion import policies, queries, rules, services, words
from app.proposals.discussion.forms import AnswerForm, CommentForm
from app.proposals.discussion.rules import Piece, Stance
from app.proposals.rules import WhyShut

bp = Blueprint("discussion", __name__)


@bp.app_template_filter("stance")
def stance_words(stance: Stance) -> str:
    return str(words.STANCES[stance])


@bp.app_template_filter("why_shut")
def why_shut_words(reason: WhyShut) -> str:
    return str(words.WHY_SHUT[reason])


@bp.app_template_filter("pieces")
def pieces(line: str) -> list[Piece]:
    return rules.pieces(line)


@bp.route("/proposals/<int:proposal_id>/comments/write", methods=["GET", "POST"])
@signed_in
def write(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    may_write = policies.may_write(acting(), proposer_id=proposal.author_id, neighborhood_id=proposal.neighborhood_id)
    form = CommentForm()
    if form.validate_on_submit():
        _count()
        key, command = form.once.data or "", form.command()
        made = form.accepted(lambda: once(key, lambda: services.write(proposal_id, command, by=acting()).id))
        if made is not None:
            flash(_("Your comment is public now. You can change it for 15 minutes."), "success")
            return redirect(url_for(".show", comment_id=made))
    return render_template(
        "proposals/discussion/write.html", proposal=proposal, form=form, shut=proposal.shut, may_write=may_write
    )


@bp.get("/comments/<int:comment_id>")
@public
def show(comment_id: int) -> str:
    found = queries.one(comment_id, current_actor(), page=request.args.get("page", 1, int))
    return render_template("proposals/discussion/show.html", found=found, proposal=found.proposal)


@bp.route("/comments/<int:comment_id>/answer", methods=["GET", "POST"])
@signed_in
def answer(comment_id: int) -> ResponseReturnValue:
    found = queries.one(comment_id, acting())
    form = AnswerForm()
    if form.validate_on_submit():
        _count()
        key, command = form.once.data or "", form.command(comment_id)
        made = form.accepted(lambda: once(key, lambda: services.write(found.proposal.id, command, by=acting()).id))
        if made is not None:
            flash(_("Your answer is public now. You can change it for 15 minutes."), "success")
            return redirect(url_for(".show", comment_id=comment_id))
    return render_template("proposals/discussion/answer.html", found=found, proposal=found.proposal, form=form)


@bp.route("/comments/<int:comment_id>/edit", methods=["GET", "POST"])
@signed_in
def edit(comment_id: int) -> ResponseReturnValue:
    found = queries.one(comment_id, acting())
    comment = found.comment
    if comment.text is None:
        raise NotFound
    ensure_standing(comment.is_own, _("Only its author can change a comment."))
    form = CommentForm() if comment.parent_id is None else AnswerForm()
    if request.method == "GET":
        form.show(comment)
    if form.validate_on_submit():
        _count()
        if form.accepted(lambda: services.edit(comment_id, form.changed(), by=acting())) is not None:
            flash(_("Your words are changed, and everybody sees that they were."), "success")
            return redirect(url_for(".show", comment_id=comment_id))
    return render_template("proposals/discussion/edit.html", found=found, proposal=found.proposal, form=form)


def _count() -> None:
    count_try("comment", str(acting().id), limit=60, window=timedelta(days=1))
