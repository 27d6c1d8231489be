"""Public pages of questions: the list with how long answers take, and one question."""

from flask import Blueprint, render_template, request
from flask_babel import get_locale
from markupsafe import Markup, escape

from app.core.access import current_actor, public
from app.taskforces.questions import words
from app.taskforces.questions.answering import queries as reading
from app.taskforces.questions.forms import FilterForm
from app.taskforces.questions.lists import queries as lists
from app.taskforces.questions.rules import MARKS, Channel, DeclineReason, Stage, Verdict
from app.taskforces.questions.waits import queries as waits
from app.taskforces.questions.waits import words as wait_words
from app.translating import queries as translations

bp = Blueprint("questions", __name__, url_prefix="/questions")


@bp.get("/")
@public
def index() -> str:
    form = FilterForm(request.args)
    form.offer()
    wanted, took = form.wanted(), waits.waits(form.wanted())
    return render_template(
        "taskforces/questions/index.html",
        filters=form,
        page=lists.questions(wanted, page=request.args.get("page", 1, int)),
        kept={name: value for name, value in request.args.items() if name != "page" and value},
        took=took,
        drawn=wait_words.drawn(took),
        middle=wait_words.middle(took) if took.are_enough else None,
        said=wait_words.said(took),
    )


@bp.get("/Q-<int:number>")
@public
def show(number: int) -> str:
    page = reading.question(number, current_actor())
    texts = [page.row.words, page.row.declined_words, *(each.plain for each in page.answers)]
    said = translations.beside(page.row.neighborhood_id, texts, str(get_locale()))
    return render_template("taskforces/questions/show.html", page=page, translations=said)


@bp.app_template_filter("question_stage")
def stage_words(stage: Stage) -> str:
    return str(words.STAGES[stage])


@bp.app_template_filter("question_tone")
def stage_tone(stage: Stage) -> str:
    return words.TONES[stage]


@bp.app_template_filter("decline_reason")
def reason_words(reason: DeclineReason) -> str:
    return str(words.DECLINED[reason])


@bp.app_template_filter("question_channel")
def channel_words(channel: Channel) -> str:
    return str(words.CHANNELS[channel])


@bp.app_template_filter("question_verdict")
def verdict_words(verdict: Verdict) -> str:
    return str(words.VERDICTS[verdict])


@bp.app_template_filter("with_marks")
def with_marks(text: str) -> Markup:
    """A text with a visible mark in place of each passage that was taken out (rule 31); the rest is escaped."""
    shown = escape(text)
    for why, mark in MARKS.items():
        # The pattern is ours and its words are escaped by `format`; all around it stays as `escape` left it.
        shown = shown.replace(mark, Markup('<mark class="ll-removed">[{}]</mark>').format(words.REMOVED[why]))
    return shown
