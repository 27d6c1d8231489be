"""Pages of meetings: a task force's list, one of them, and the steps from a draft to its notice or its end."""

from datetime import time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.clock import today
from app.core.once import once
from app.core.panels import Panel, Thing, beside
from app.taskforces import queries as bodies
from app.taskforces.meetings import policies, queries, services, words
from app.taskforces.meetings.forms import MeetingForm, ReasonForm, WhenForm
from app.taskforces.meetings.items import queries as items
from app.taskforces.meetings.minutes import queries as minutes
from app.taskforces.meetings.outcomes import queries as outcomes
from app.taskforces.meetings.papers import queries as papers
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import Act, MeetingKind, MeetingStage, Presence, first_day
from app.taskforces.meetings.sessions import queries as sessions
from app.taskforces.questions.lists import queries as questions

bp = Blueprint("meetings", __name__)


@bp.get("/meetings/")
@public
def coming() -> str:
    return render_template("taskforces/meetings/coming.html", page=queries.coming(request.args.get("page", 1, int)))


@bp.get("/task-forces/<slug>/meetings")
@public
def index(slug: str) -> str:
    body = bodies.task_force(slug)
    has = queries.hands(body, current_actor())
    return render_template(
        "taskforces/meetings/index.html",
        body=body,
        page=queries.meetings(body.id, drafts=policies.may_see_draft(has), page=request.args.get("page", 1, int)),
        actions=outcomes.carried_over(body.id),
        reviews=[row for row in outcomes.to_review(body.id) if not row.is_reviewed],
        may_draft=policies.may(Act.PREPARE, has),
        today=today(body.time_zone),
    )


@bp.route("/task-forces/<slug>/meetings/new", methods=["GET", "POST"])
@signed_in
def draft(slug: str) -> ResponseReturnValue:
    body = bodies.task_force(slug)
    services.ensure_hand(Act.PREPARE, body, acting())
    form = MeetingForm(begins=time(18, 30), ends=time(20, 0))
    if form.validate_on_submit():
        made = form.accepted(
            lambda: once(form.once.data or "", lambda: services.draft(body.id, form.command(), by=acting()).id)
        )
        if made is not None:
            flash(_("The meeting is drafted. Now write its agenda, then announce it."), "success")
            return redirect(url_for(".show", meeting_id=made))
    return render_template("taskforces/meetings/edit.html", form=form, body_name=body.name, meeting=None, slug=slug)


@bp.get("/meetings/<int:meeting_id>")
@public
def show(meeting_id: int) -> str:
    viewer = current_actor()
    meeting = queries.meeting(meeting_id, viewer)
    has = queries.hands(meeting, viewer)
    places = sessions.places(meeting) if meeting.opened_at else []
    may = queries.acts(meeting, has)
    return render_template(
        "taskforces/meetings/show.html",
        meeting=meeting,
        may=may,
        agenda=items.timed(items.items(meeting.id), meeting.starts_at),
        papers=papers.papers(meeting.id),
        changes=queries.changes(meeting.id),
        places=places,
        quorum=meeting.quorum or sessions.quorum_of(meeting, places),
        outcomes=outcomes.outcomes(meeting.id) if meeting.has_ended or may["record"] else [],
        approval=minutes.approval(meeting.id),
        leads=policies.may_see_notes(has),
        me=viewer.id if viewer else None,
        questions=questions.of_meeting(meeting.id),
        panels=_panels(meeting),
        today=today(meeting.time_zone),
    )


@bp.route("/meetings/<int:meeting_id>/edit", methods=["GET", "POST"])
@signed_in
def edit(meeting_id: int) -> ResponseReturnValue:
    meeting, form = _opened(meeting_id, Act.PREPARE), MeetingForm()
    if not form.is_submitted():
        form.fill(meeting)
    if form.validate_on_submit() and form.accepted(lambda: services.change(meeting_id, form.command(), by=acting()).id):
        flash(_("Your changes are saved."), "success")
        return redirect(url_for(".show", meeting_id=meeting_id))
    name, slug = meeting.body_name, meeting.body_slug
    return render_template("taskforces/meetings/edit.html", form=form, body_name=name, meeting=meeting, slug=slug)


@bp.route("/meetings/<int:meeting_id>/notice", methods=["GET", "POST"])
@signed_in
def notice(meeting_id: int) -> ResponseReturnValue:
    meeting = _opened(meeting_id, Act.NOTICE)
    if request.method == "POST":
        services.notice(meeting_id, by=acting())
        flash(_("The meeting is announced. Everybody can read its agenda and put it into their calendar."), "success")
        return redirect(url_for(".show", meeting_id=meeting_id))
    facts = {
        "agenda": items.timed(items.items(meeting.id), meeting.starts_at),
        "first_day": first_day(meeting.kind, today(meeting.time_zone)),
        "may": queries.acts(meeting, queries.hands(meeting, acting())),
    }
    return render_template("taskforces/meetings/notice.html", meeting=meeting, **facts)


@bp.route("/meetings/<int:meeting_id>/postpone", methods=["GET", "POST"])
@signed_in
def postpone(meeting_id: int) -> ResponseReturnValue:
    meeting, form = _opened(meeting_id, Act.POSTPONE), ReasonForm()
    if form.validate_on_submit():
        services.postpone(meeting_id, form.reason.data or "", by=acting())
        flash(_("The meeting is postponed. Calendars will show it. Name its new day as soon as you can."))
        return redirect(url_for(".show", meeting_id=meeting_id))
    return render_template("taskforces/meetings/off.html", form=form, meeting=meeting, cancels=False)


@bp.route("/meetings/<int:meeting_id>/new-date", methods=["GET", "POST"])
@signed_in
def name_new_date(meeting_id: int) -> ResponseReturnValue:
    meeting, form = _opened(meeting_id, Act.NAME_NEW_DATE), WhenForm(begins=time(18, 30), ends=time(20, 0))
    if form.validate_on_submit() and form.accepted(
        lambda: services.name_new_date(meeting_id, form.when(), by=acting()).id
    ):
        flash(_("The new day is announced."), "success")
        return redirect(url_for(".show", meeting_id=meeting_id))
    return render_template("taskforces/meetings/new_date.html", form=form, meeting=meeting)


@bp.route("/meetings/<int:meeting_id>/cancel", methods=["GET", "POST"])
@signed_in
def cancel(meeting_id: int) -> ResponseReturnValue:
    meeting, form = _opened(meeting_id, Act.CANCEL), ReasonForm()
    if form.validate_on_submit():
        services.cancel(meeting_id, form.reason.data or "", by=acting())
        flash(_("The meeting is cancelled. It stays on this page, and calendars will show it."))
        return redirect(url_for(".show", meeting_id=meeting_id))
    return render_template("taskforces/meetings/off.html", form=form, meeting=meeting, cancels=True)


@bp.post("/meetings/<int:meeting_id>/close")
@signed_in
def close(meeting_id: int) -> ResponseReturnValue:
    services.close(meeting_id, by=acting())
    flash(_("The meeting is closed: its minutes are approved, and all its actions have ended."), "success")
    return redirect(url_for(".show", meeting_id=meeting_id))


@bp.get("/meetings/<int:meeting_id>/chairs-copy")
@signed_in
def chairs_copy(meeting_id: int) -> str:
    meeting = queries.meeting(meeting_id, acting())
    services.ensure_leads(meeting, acting())
    places = sessions.places(meeting)
    return render_template(
        "taskforces/meetings/chairs_copy.html",
        meeting=meeting,
        agenda=items.timed(items.items(meeting.id, notes=True), meeting.starts_at),
        places=places,
        quorum=sessions.quorum_of(meeting, places),
        actions=outcomes.carried_over(meeting.task_force_id, before=meeting.id),
        reviews=[row for row in outcomes.to_review(meeting.task_force_id) if row.due(today(meeting.time_zone))],
        unapproved=minutes.unapproved(meeting.task_force_id),
        today=today(meeting.time_zone),
    )


@bp.app_template_filter("meeting_kind")
def kind_words(kind: MeetingKind) -> str:
    return str(words.KINDS[kind])


@bp.app_template_filter("meeting_stage")
def stage_words(stage: MeetingStage) -> str:
    return str(words.STAGES[stage])


@bp.app_template_filter("meeting_tone")
def stage_tone(stage: MeetingStage) -> str:
    return words.TONES[stage]


@bp.app_template_filter("presence")
def presence_words(presence: Presence) -> str:
    return str(words.PRESENCES[presence])


def _panels(meeting: MeetingFacts) -> list[Panel]:
    """What rooms above show beside a meeting that everybody may see."""
    if meeting.stage is MeetingStage.DRAFT:
        return []
    return beside(Thing(kind="meeting", id=meeting.id, neighborhood_id=meeting.neighborhood_id))


def _opened(meeting_id: int, act: Act) -> MeetingFacts:
    meeting = queries.meeting(meeting_id, acting())
    services.ensure_can(meeting, act, acting())
    return meeting
