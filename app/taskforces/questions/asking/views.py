"""Pages for whoever asks: the form, their own page by its private link, the paper form, and the desk's."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Actor, Role, acting, current_actor, only, public, signed_in
from app.core.clock import today
from app.core.errors import NotFound, ensure_standing
from app.core.limits import count_try
from app.core.once import once
from app.core.tokens import read_signed
from app.places import queries as places
from app.places.queries import NeighborhoodFacts
from app.taskforces.questions import policies, words
from app.taskforces.questions.answering import queries as reading
from app.taskforces.questions.answering import services as answering
from app.taskforces.questions.answering.forms import RateForm
from app.taskforces.questions.answering.queries import QuestionPage
from app.taskforces.questions.asking import queries, services
from app.taskforces.questions.asking.forms import AskForm, TypeInForm
from app.taskforces.questions.lists import queries as lists
from app.taskforces.questions.queries import number_of
from app.taskforces.questions.rules import Act, Subject
from app.taskforces.questions.telling.services import LINK, link_of
from app.voting.roll.codes.rules import place_of

bp = Blueprint("asking", __name__)
DAY = timedelta(days=1)
QUESTIONS_A_DAY, QUESTIONS_FROM_ONE_PLACE, MAILS_TO_ONE_ADDRESS = 10, 60, 5


@bp.route("/questions/ask", methods=["GET", "POST"])
@public
def ask() -> ResponseReturnValue:
    where, chosen = _asked_about()
    if where is None:
        return render_template("taskforces/questions/asking/where.html", places=places.neighborhoods())
    actor, form = current_actor(), AskForm()
    form.offer(queries.subjects(where.id), chosen)
    if form.validate_on_submit():
        _count(actor, "" if actor else form.email.data or "")
        made = form.accepted(lambda: once(form.once.data or "", lambda: services.ask(form.command(), by=actor).id))
        if made is not None:
            flash(_("Your question has come in."), "success")
            return redirect(url_for(".mine", token=link_of(number_of(made))))
    return render_template("taskforces/questions/asking/ask.html", form=form, where=where, by_account=actor is not None)


@bp.get("/questions/mine/<token>")
@public
def mine(token: str) -> str:
    page = reading.question(_number(token), None, holds_link=True)
    return _mine(page, RateForm(), token)


@bp.post("/questions/mine/<token>")
@public
def rate(token: str) -> ResponseReturnValue:
    number, form = _number(token), RateForm()
    if form.validate_on_submit():
        answering.rate(number, form.command(), by=None, holds_link=True)
        flash(_("Thank you for saying so."), "success")
        return redirect(url_for(".mine", token=token))
    return _mine(reading.question(number, None, holds_link=True), form, token)


@bp.get("/questions/asked")
@signed_in
def asked() -> str:
    page = lists.asked_by(acting().id, page=request.args.get("page", 1, int))
    return render_template("taskforces/questions/asking/asked.html", page=page)


@bp.get("/neighborhoods/<slug>/question-on-paper")
@public
def blank(slug: str) -> str:
    """The form to print, in the language of whoever opens it."""
    where, viewer = places.neighborhood(slug), current_actor()
    types = viewer is not None and policies.may_type_in(viewer, where.id)
    return render_template("taskforces/questions/asking/blank.html", where=where, types=types)


@bp.route("/office/questions/<slug>/type-in", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER)
def type_in(slug: str) -> ResponseReturnValue:
    where = places.neighborhood(slug)
    ensure_standing(policies.may_type_in(acting(), where.id), str(words.ONLY_OFFICE))
    form = TypeInForm(received_on=today(where.time_zone))
    form.offer(queries.subjects(where.id), "")
    if form.validate_on_submit():
        count_try("paper question", str(acting().id), limit=1000, window=DAY)
        made = form.accepted(lambda: once(form.once.data or "", lambda: services.type_in(form.typed(), by=acting()).id))
        if made is not None:
            flash(_("It is typed in. Please write this number on the paper: Q-%(number)s", number=number_of(made)))
            return redirect(url_for(".type_in", slug=slug))
    return render_template("taskforces/questions/asking/type_in.html", form=form, where=where)


def _asked_about() -> tuple[NeighborhoodFacts | None, str]:
    """Where it is asked, and what the address says it is about: a thing, or a neighborhood, or the only one."""
    chosen, there = request.args.get("about", ""), places.neighborhoods()
    subject, _dash, id_ = chosen.rpartition("-")
    if chosen:
        if subject not in set(Subject) or not id_.isdecimal():
            raise NotFound
        home = queries.neighborhood_of(Subject(subject), int(id_))
        return next(each for each in there if each.id == home), chosen
    if "where" in request.args:
        return places.neighborhood(request.args["where"]), ""
    return (there[0], "") if len(there) == 1 else (None, "")


def _count(actor: Actor | None, email: str) -> None:
    """So many questions a day by one person, by one connection, and so many mails to one address."""
    if actor is not None:
        count_try("question", str(actor.id), limit=QUESTIONS_A_DAY, window=DAY)
    else:
        count_try("question from", place_of(request.remote_addr), limit=QUESTIONS_FROM_ONE_PLACE, window=DAY)
    if email:
        count_try("question mail", email.lower(), limit=MAILS_TO_ONE_ADDRESS, window=DAY)


def _mine(page: QuestionPage, form: RateForm, token: str) -> str:
    facts = {"may_rate": Act.RATE in page.may, "token": token}
    return render_template("taskforces/questions/asking/mine.html", page=page, form=form, **facts)


def _number(token: str) -> int:
    found = read_signed(LINK, token, max_age_seconds=None)
    if found is None:
        raise NotFound
    return int(found[0])
