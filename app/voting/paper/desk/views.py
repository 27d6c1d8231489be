"""Pages of the desk: find a voter, hand a ballot out, take it back, or say that it is spoiled or lost."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound
from app.core.paging import row_number
from app.voting.paper import words
from app.voting.paper.desk import queries, services
from app.voting.paper.desk.forms import FindForm, IssueForm, ReturnForm, UndoForm, VoidForm
from app.voting.paper.rules import StubStage
from app.voting.paper.services import handled

bp = Blueprint("paper_desk", __name__, url_prefix="/paper")


@bp.get("/<int:cycle_id>/desk")
@only(Role.CLERK, Role.OFFICER)
def index(cycle_id: int) -> str:
    vote, find = handled(cycle_id, acting()), FindForm(request.args)
    asked = (find.q.data or "").strip()
    page = request.args.get("page", 1, type=int)
    return render_template(
        "voting/paper/desk/index.html",
        vote=vote,
        find=find,
        asked=asked,
        found=queries.voters(vote.id, asked, number=page) if asked else None,
        tally=[(words.STUBS[stage], count) for stage, count in queries.tally(vote.id).items()],
        stages=words.STUBS,
    )


@bp.route("/<int:cycle_id>/desk/voters/<reference>", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER)
def issue(cycle_id: int, reference: str) -> ResponseReturnValue:
    vote = handled(cycle_id, acting())
    voter = queries.voter(vote.id, _entry_id(reference))
    form = IssueForm()
    if form.validate_on_submit() and form.accepted(
        lambda: services.issue(cycle_id, form.command(voter.entry_id), by=acting())
    ):
        flash(_("Ballot %(number)s is handed out to %(name)s.", number=form.stub.data, name=voter.name), "success")
        return redirect(url_for(".index", cycle_id=cycle_id))
    return render_template("voting/paper/desk/issue.html", vote=vote, voter=voter, form=form, stages=words.STUBS)


@bp.route("/<int:cycle_id>/desk/return", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER)
def take_back(cycle_id: int) -> ResponseReturnValue:
    vote, form = handled(cycle_id, acting()), ReturnForm(by_post=bool(request.args.get("by_post")))
    if form.validate_on_submit() and form.accepted(
        lambda: services.take_back(cycle_id, form.stub.data or 0, by_post=bool(form.by_post.data), by=acting())
    ):
        number = form.stub.data
        flash(_("Ballot %(number)s came back: stub off, ballot into the box.", number=number), "success")
        return redirect(url_for(".take_back", cycle_id=cycle_id, by_post=1 if form.by_post.data else None))
    return render_template("voting/paper/desk/take_back.html", vote=vote, form=form)


@bp.get("/<int:cycle_id>/desk/stubs")
@only(Role.CLERK, Role.OFFICER)
def find_stub(cycle_id: int) -> ResponseReturnValue:
    number = request.args.get("stub", 0, type=row_number)
    vote = handled(cycle_id, acting())
    if queries.stub(vote.id, number) is None:
        flash(_("No ballot with this number has been handed out."), "error")
        return redirect(url_for(".index", cycle_id=cycle_id))
    return redirect(url_for(".stub", cycle_id=cycle_id, number=number))


@bp.route("/<int:cycle_id>/desk/stubs/<int:number>", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER)
def stub(cycle_id: int, number: int) -> ResponseReturnValue:
    vote = handled(cycle_id, acting())
    found = queries.stub(vote.id, number)
    if found is None:
        raise NotFound
    form = UndoForm() if found.stage is StubStage.RETURNED else VoidForm()
    if form.validate_on_submit() and form.accepted(lambda: _correct(cycle_id, number, form)):
        flash(_("Ballot %(number)s is put right.", number=number), "success")
        return redirect(url_for(".stub", cycle_id=cycle_id, number=number))
    return render_template("voting/paper/desk/stub.html", vote=vote, stub=found, form=form, stages=words.STUBS)


def _correct(cycle_id: int, number: int, form: UndoForm | VoidForm) -> object:
    if isinstance(form, UndoForm):
        return services.undo_return(cycle_id, number, form.note.data or "", by=acting())
    return services.void(cycle_id, form.command(number), by=acting())


def _entry_id(reference: str) -> bytes:
    try:
        return bytes.fromhex(reference)
    except ValueError as reason:
        raise NotFound from reason
