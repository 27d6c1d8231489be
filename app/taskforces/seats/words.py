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
    SeatKind.MEMBER: _l("Member"),
    SeatKind.OBSERVER: _l("Observer"),
}

REFUSALS: Mapping[Refusal, LazyString] = {
    Refusal.TAKEN: _l("This side already has a co-chair then. End that seat first."),
    Refusal.OTHER_SIDE: _l("This person has a seat on the other side. Nobody sits on both sides."),
    Refusal.ALREADY_SITS: _l("This person already has a seat in this task force."),
}
