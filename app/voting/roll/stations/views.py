"""Pages of stations: the clerk's list, and the screen that greets one voter after another."""

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.sign_in import let_out
from app.core.access import Role, acting, only, public
from app.core.errors import NotFound
from app.voting.roll.codes import queries as codes
from app.voting.roll.codes import services as visits
from app.voting.roll.codes.forms import CodeForm
from app.voting.roll.codes.services import TypedCode
from app.voting.roll.codes.views import begin, forget
from app.voting.roll.services import keeping
from app.voting.roll.stations import queries, services
from app.voting.roll.stations.forms import StartForm
from app.voting.roll.stations.queries import STATION
from app.voting.roll.stations.rules import IDLE_SECONDS, THANKS_SECONDS

bp = Blueprint("stations", __name__)
STATIONS = "/office/roll/<int:cycle_id>/stations"


@bp.route(STATIONS, methods=["GET", "POST"])
@only(Role.CLERK)
def index(cycle_id: int) -> ResponseReturnValue:
    cycle = keeping(cycle_id, acting())
    form = StartForm()
    if form.validate_on_submit():
        key = services.start(cycle_id, form.location.data or "", by=acting())
        language = session.get("language")
        let_out()
        session[STATION] = key
        if language:
            session["language"] = language
        return redirect(url_for(".screen"))
    return render_template(
        "voting/roll/stations/index.html", cycle=cycle, form=form, stations=queries.stations(cycle_id)
    )


@bp.post(f"{STATIONS}/<station>/close")
@only(Role.CLERK)
def close(cycle_id: int, station: str) -> ResponseReturnValue:
    try:
        station_id = bytes.fromhex(station)
    except ValueError as reason:
        raise NotFound from reason
    services.close(cycle_id, station_id, by=acting())
    flash(_("The station is closed."), "success")
    return redirect(url_for(".index", cycle_id=cycle_id))


@bp.route("/station", methods=["GET", "POST"])
@public
def screen() -> ResponseReturnValue:
    station = queries.station_of_this_request()
    if station is None:
        return redirect(url_for("codes.vote"))
    forget()
    form = CodeForm()
    if station.is_open and form.validate_on_submit():
        place = f"station {station.id.hex()}"
        command = TypedCode(typed=form.code.data or "", place=place, station_cycle_id=station.cycle_id)
        entered = form.accepted(lambda: visits.enter(command))
        if entered is not None:
            return begin(entered)
    return render_template("voting/roll/stations/screen.html", form=form, station=station)


@bp.post("/station/next")
@public
def next_voter() -> ResponseReturnValue:
    visit = codes.visit_of_this_request()
    if visit is not None:
        visits.leave(visit)
    forget()
    answer = redirect(url_for(".screen"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.get("/station/here")
@public
def here() -> ResponseReturnValue:
    return "", 204


@bp.before_app_request
def _nothing_for_nobody() -> ResponseReturnValue | None:
    """At a station whoever has no code, or whose time is up, comes to the screen that asks for one."""
    is_ballot = request.blueprint == "ballots" and request.endpoint != "ballots.cast"
    if not is_ballot or queries.station_of_this_request() is None:
        return None
    return redirect(url_for("stations.screen")) if codes.visit_of_this_request() is None else None


@bp.after_app_request
def _go_away_by_yourself(answer: Response) -> Response:
    """Whatever else is opened at a station during a visit; the ballot's own pages count touches, too."""
    visiting = STATION in session and codes.CODE_VISIT in session
    if visiting and request.blueprint != "ballots" and answer.mimetype == "text/html":
        answer.headers["Refresh"] = f"{_seconds()}; url={url_for('stations.screen')}"
    return answer


@bp.app_context_processor
def _frame() -> dict[str, object]:
    return {"station": queries.station_of_this_request(), "idle_seconds": _seconds()}


def _seconds() -> int:
    visit = codes.visit_of_this_request()
    return THANKS_SECONDS if visit is not None and visit.has_cast else IDLE_SECONDS
