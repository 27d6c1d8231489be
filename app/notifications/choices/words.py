"""The topics of mail in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.notifications.choices.rules import Topic

TOPICS: Mapping[Topic, LazyString] = {
    Topic.OWN: _("What is decided about my own proposals"),
    Topic.JOINING: _("Requests to join a proposal with mine, and their answers"),
    Topic.FOLLOWED: _("What becomes of proposals that I follow or support"),
    Topic.DEADLINES: _("Dates that come soon, three days before"),
    Topic.DRAFTS: _("Drafts of reports that lie open for comments, and what came of mine"),
    Topic.MEETINGS: _("Meetings of the task forces that build what I follow or proposed"),
}
