"""Seats and sides in plain words, the same on every page and in every refusal."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.seats.rules import Refusal, SeatKind, Side

SIDES: Mapping[Side, LazyString] = {
    Side.COMMUNITY: _l("Community side"),
    Side.INSTITUTION: _l("Institution side"),
}

KINDS: Mapping[SeatKind, LazyString] = {
    SeatKind.CO_CHAIR: _l("Co-chair"),
    SeatKind.DEPUTY: _l("Deputy"),
    SeatKind.MEMBER: _l("Member"),
    SeatKind.YOUTH: _l("Youth seat"),
    SeatKind.OBSERVER: _l("Observer"),
    SeatKind.SECRETARY: _l("Secretary"),
}

REFUSALS: Mapping[Refusal, LazyString] = {
    Refusal.TAKEN: _l("This side already has a co-chair then. End that seat first."),
    Refusal.DEPUTY_TAKEN: _l("This side already has a deputy then. End that seat first."),
    Refusal.OTHER_SIDE: _l("This person has a seat on the other side. Nobody sits on both sides."),
    Refusal.ALREADY_SITS: _l("This person already has a seat in this task force."),
    Refusal.NO_FIRST_NAME: _l("A youth seat shows a first name only: one word, without a surname (rule 32)."),
    Refusal.NO_CONSENT: _l("A youth seat needs a guardian's consent: the day on the signed form (rule 32)."),
    Refusal.CONSENT_TO_COME: _l("The day on the signed form has not come yet."),
    Refusal.DISSOLVED: _l("This task force is dissolved. It has no seats any more."),
}

FIELDS: Mapping[Refusal, str] = {
    Refusal.NO_FIRST_NAME: "shown_as",
    Refusal.NO_CONSENT: "consent_on",
    Refusal.CONSENT_TO_COME: "consent_on",
}
"""The field of the form at which a refusal stands; any other at the person."""
