"""The clerk's page of the week."""

from flask import Blueprint, render_template, url_for

from app.admin.week import queries, words
from app.admin.week.rules import Due, DueKind
from app.core.access import Role, acting, only

bp = Blueprint("week", __name__, url_prefix="/office/week")


@bp.get("")
@only(Role.CLERK)
def show() -> str:
    return render_template("admin/week/show.html", week=queries.week(acting()))


@bp.app_template_filter("due_kind")
def kind_words(kind: DueKind) -> str:
    return str(words.KINDS[kind])


@bp.app_template_filter("due_left_to_others")
def why_others(kind: DueKind) -> str:
    return str(words.LEFT_TO_OTHERS[kind])


@bp.app_template_filter("due_place")
def place(due: Due) -> str:
    return url_for(words.PLACES[due.kind], **due.at)  # type: ignore[arg-type]  # its own keywords have other types
