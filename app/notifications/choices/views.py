"""The page on which somebody chooses their mail, and the one behind the link that ends it."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, public, signed_in
from app.core.limits import count_try
from app.notifications.choices import queries, services
from app.notifications.choices.forms import ChoicesForm
from app.notifications.choices.rules import Topic
from app.notifications.choices.words import TOPICS

bp = Blueprint("mail_choices", __name__)


@bp.route("/account/mail", methods=["GET", "POST"])
@signed_in
def choose() -> ResponseReturnValue:
    form = ChoicesForm()
    if form.validate_on_submit():
        count_try("choose-mail", str(acting().id), limit=60, window=timedelta(hours=1))
        services.choose(form.topics(), by=acting())
        flash(_("Your choice is saved."), "success")
        return redirect(url_for(".choose"))
    if not form.is_submitted():
        form.wanted.data = [topic.value for topic in frozenset(Topic) - queries.stopped(acting().id)]
    return render_template("notifications/choose.html", form=form)


@bp.get("/mail/stop/<token>")
@public
def stop(token: str) -> str:
    """A page with a button: mail programs open links by themselves."""
    person_id, topic = queries.read_token(token)
    is_off = topic in queries.stopped(person_id)
    return render_template("notifications/stop.html", topic=TOPICS[topic], is_off=is_off, token=token)


@bp.post("/mail/stop/<token>")
@public
def stop_now(token: str) -> str:
    """What the button does, and the mail program in its reader's name (RFC 8058); it asks for no sign-in."""
    topic = services.stop(token)
    return render_template("notifications/stop.html", topic=TOPICS[topic], is_off=True, token=token)
