"""Pages of indicators: all of them, one with its definition and history, and the clerk's forms."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public
from app.core.clock import today
from app.core.uploads import takes_file
from app.places import queries as places
from app.places.queries import NeighborhoodFacts
from app.taskforces.indicators import figures, policies, queries, services, words
from app.taskforces.indicators.forms import MOST_BYTES, CardForm, ReadingForm
from app.taskforces.indicators.queries import IndicatorRow, ReadingRow
from app.taskforces.indicators.rules import Direction, Frequency, Measure, Movement, Period, Unit, period_of

bp = Blueprint("indicators", __name__, url_prefix="/indicators")


@bp.get("/")
@public
def index() -> str:
    rows = [(row, figures.drawn(row)) for row in queries.indicators()]
    return render_template("taskforces/indicators/index.html", rows=rows, where=None, may_keep=False)


@bp.get("/in/<slug>")
@public
def of_neighborhood(slug: str) -> str:
    where = places.neighborhood(slug)
    rows = [(row, figures.drawn(row)) for row in queries.indicators(where.id)]
    may_keep = policies.may_keep(current_actor(), where.id)
    return render_template("taskforces/indicators/index.html", rows=rows, where=where, may_keep=may_keep)


@bp.get("/<int:indicator_id>")
@public
def show(indicator_id: int) -> str:
    row = queries.indicator(indicator_id)
    return render_template(
        "taskforces/indicators/show.html",
        row=row,
        drawn=figures.drawn(row),
        cards=queries.cards(indicator_id),
        may_keep=policies.may_keep(current_actor(), row.neighborhood_id),
    )


@bp.route("/in/<slug>/new", methods=["GET", "POST"])
@only(Role.CLERK)
def define(slug: str) -> ResponseReturnValue:
    where, form = _own(slug), CardForm()
    if form.validate_on_submit():
        key, command = form.once.data or "", form.command()
        made = form.accepted(lambda: services.define(where.id, command, key=key, by=acting()))
        if made is not None:
            flash(_("The indicator is defined, for everybody to read."), "success")
            return redirect(url_for(".show", indicator_id=made))
    return render_template("taskforces/indicators/card.html", form=form, where=where, row=None)


@bp.route("/<int:indicator_id>/define", methods=["GET", "POST"])
@only(Role.CLERK)
def redefine(indicator_id: int) -> ResponseReturnValue:
    row, form = _kept(indicator_id), CardForm()
    if not form.is_submitted():
        form.fill(row.card)
    if form.validate_on_submit():
        key, command = form.once.data or "", form.command()
        made = form.accepted(lambda: services.redefine(indicator_id, command, key=key, by=acting()))
        if made is not None:
            flash(_("The new definition is there. What was entered before stays with the old one."), "success")
            return redirect(url_for(".show", indicator_id=indicator_id))
    return render_template("taskforces/indicators/card.html", form=form, where=None, row=row)


@bp.route("/<int:indicator_id>/enter", methods=["GET", "POST"])
@only(Role.CLERK)
@takes_file(MOST_BYTES)
def enter(indicator_id: int) -> ResponseReturnValue:
    row, form = _kept(indicator_id), ReadingForm()
    form.offer(row.card.frequency, today(row.time_zone), [each.period for each in row.standing])
    if not form.is_submitted():
        form.period.data, form.version.data = request.args.get("period", ""), str(row.card.version)
    if form.validate_on_submit():
        period = period_of(row.card.frequency, date.fromisoformat(form.period.data))
        key, command = form.once.data or "", form.command(period)
        if form.accepted(lambda: services.enter(indicator_id, command, key=key, by=acting())) is not None:
            flash(_("The value is there, for everybody to read."), "success")
            return redirect(url_for(".show", indicator_id=indicator_id))
    return render_template("taskforces/indicators/enter.html", form=form, row=row, card=row.card_of(form.period.data))


@bp.app_template_filter("indicator_value")
def value_words(row: ReadingRow) -> str:
    return words.value(row.hundredths, row.card.unit, row.silence)


@bp.app_template_filter("indicator_amount")
def amount_words(hundredths: int | None, unit: Unit) -> str:
    return words.value(hundredths, unit)


@bp.app_template_filter("indicator_cases")
def cases_words(row: ReadingRow) -> str:
    return words.cases(row.n, row.numerator, row.denominator)


@bp.app_template_filter("indicator_period")
def period_words(period: Period) -> str:
    return words.period(period)


@bp.app_template_filter("indicator_word")
def word(value: Frequency | Direction | Measure | Movement) -> str:
    return str(words.of(value))


@bp.app_template_filter("movement_tone")
def tone(movement: Movement) -> str:
    return words.TONES.get(movement, "")


@bp.app_template_filter("indicator_standing")
def standing_words(row: ReadingRow) -> str:
    return figures.said(row)


def _own(slug: str) -> NeighborhoodFacts:
    where = places.neighborhood(slug)
    services.ensure_clerk(acting(), where.id)
    return where


def _kept(indicator_id: int) -> IndicatorRow:
    row = queries.indicator(indicator_id)
    services.ensure_clerk(acting(), row.neighborhood_id)
    return row
