"""Pages for whoever answers: what waits, one answer, and the rating of somebody with an account or at the desk."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.places.queries import neighborhoods
from app.taskforces.questions.answering import queries, services
from app.taskforces.questions.answering.forms import AnswerForm, RateForm
from app.taskforces.questions.lists import queries as lists
from app.taskforces.questions.policies import Part, may_type_in
from app.taskforces.questions.rules import Act
from app.taskforces.questions.services import ensure_may
from app.taskforces.questions.telling import services as telling

bp = Blueprint("answering", __name__, url_prefix="/questions")


@bp.get("/waiting")
@signed_in
def waiting() -> str:
    page = lists.waiting(acting(), page=request.args.get("page", 1, int))
    return render_template(
        "taskforces/questions/answering/waiting.html",
        page=page,
        to_pass_on=lists.to_pass_on(acting()),
        desks=[where for where in neighborhoods() if may_type_in(acting(), where.id)],
    )


@bp.route("/Q-<int:number>/answer", methods=["GET", "POST"])
@signed_in
def answer(number: int) -> ResponseReturnValue:
    held = ensure_may(number, Act.DRAFT, by=acting())
    page, publishes = queries.question(number, acting()), Part.ANSWERER in held
    form = AnswerForm(plain=page.draft.plain, full=page.draft.full) if page.draft else AnswerForm()
    if form.validate_on_submit():
        if not publishes or "leave" in request.form:
            services.draft(number, form.command(), by=acting())
            flash(_("The draft is kept. Nobody sees it but those who answer."))
        else:
            services.answer(number, form.command(), by=acting())
            flash(_("Your answer is public. Whoever asked is told."), "success")
        return redirect(url_for("questions.show", number=number))
    return render_template("taskforces/questions/answering/answer.html", form=form, page=page, publishes=publishes)


@bp.route("/Q-<int:number>/rate", methods=["GET", "POST"])
@signed_in
def rate(number: int) -> ResponseReturnValue:
    held = ensure_may(number, Act.RATE, by=acting())
    form = RateForm()
    if form.validate_on_submit():
        services.rate(number, form.command(), by=acting())
        flash(_("Thank you for saying so."), "success")
        return redirect(url_for("questions.show", number=number))
    page = queries.question(number, acting())
    return render_template(
        "taskforces/questions/answering/rate.html", form=form, page=page, at_desk=Part.ASKER not in held
    )


@bp.post("/Q-<int:number>/passed-on")
@signed_in
def pass_on(number: int) -> ResponseReturnValue:
    telling.pass_on(number, by=acting())
    flash(_("It is noted that they have been told."))
    return redirect(url_for(".waiting"))
