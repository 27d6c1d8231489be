"""Pages for those who handle questions: accept, decline, merge, give to somebody, take words out."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.taskforces.questions.answering import queries as reading
from app.taskforces.questions.answering.queries import QuestionPage
from app.taskforces.questions.handling import queries, services
from app.taskforces.questions.handling.forms import DeclineForm, MergeForm, OwnerForm, RedactForm
from app.taskforces.questions.queries import by_number
from app.taskforces.questions.rules import Act
from app.taskforces.questions.services import ensure_may

bp = Blueprint("handling", __name__, url_prefix="/questions")


@bp.route("/Q-<int:number>/accept", methods=["GET", "POST"])
@signed_in
def accept(number: int) -> ResponseReturnValue:
    page, form = _page(number, Act.ACCEPT), OwnerForm()
    form.offer(queries.possible_owners(by_number(number)), first=acting().id, may_wait=True)
    if form.validate_on_submit() and form.accepted(lambda: services.accept(number, form.chosen(), by=acting())):
        flash(_("The question is public."), "success")
        return _back(number)
    return render_template("taskforces/questions/handling/accept.html", form=form, page=page)


@bp.route("/Q-<int:number>/assign", methods=["GET", "POST"])
@signed_in
def assign(number: int) -> ResponseReturnValue:
    page, form = _page(number, Act.ASSIGN), OwnerForm()
    form.offer(queries.possible_owners(by_number(number)), first=acting().id, may_wait=False)
    if form.validate_on_submit() and form.accepted(lambda: services.assign(number, form.chosen() or 0, by=acting())):
        flash(_("It is given to them. The day by which it is due stays."), "success")
        return _back(number)
    return render_template("taskforces/questions/handling/assign.html", form=form, page=page)


@bp.route("/Q-<int:number>/decline", methods=["GET", "POST"])
@signed_in
def decline(number: int) -> ResponseReturnValue:
    page, form = _page(number, Act.DECLINE), DeclineForm()
    if form.validate_on_submit():
        services.decline(number, form.command(), by=acting())
        flash(_("The question stays in the list with your reason."))
        return _back(number)
    return render_template("taskforces/questions/handling/decline.html", form=form, page=page)


@bp.route("/Q-<int:number>/merge", methods=["GET", "POST"])
@signed_in
def merge(number: int) -> ResponseReturnValue:
    page, form = _page(number, Act.MERGE), MergeForm()
    if form.validate_on_submit() and form.accepted(lambda: services.merge(number, form.into.data or 0, by=acting())):
        flash(_("Both are answered together now."), "success")
        return _back(number)
    return render_template("taskforces/questions/handling/merge.html", form=form, page=page)


@bp.route("/Q-<int:number>/redact", methods=["GET", "POST"])
@signed_in
def redact(number: int) -> ResponseReturnValue:
    page, form = _page(number, Act.REDACT), RedactForm()
    if form.validate_on_submit() and form.accepted(lambda: services.redact(number, form.command(), by=acting())):
        flash(_("The words are taken out, and a mark shows it."))
        return _back(number)
    return render_template("taskforces/questions/handling/redact.html", form=form, page=page)


def _page(number: int, act: Act) -> QuestionPage:
    ensure_may(number, act, by=acting())
    return reading.question(number, acting())


def _back(number: int) -> ResponseReturnValue:
    return redirect(url_for("questions.show", number=number))
