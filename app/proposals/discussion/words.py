"""Stances and refusals of a discussion in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.discussion.rules import Stance, WhyFixed, WhyNoAnswer
from app.proposals.rules import WhyShut

STANCES: Mapping[Stance, LazyString] = {
    Stance.FOR: _("For"),
    Stance.AGAINST: _("Against"),
    Stance.NEUTRAL: _("Neither for nor against"),
}

WHY_SHUT: Mapping[WhyShut, LazyString] = {
    WhyShut.DRAFT: _("A draft has no discussion. It opens when the proposal is sent in."),
    WhyShut.WITHDRAWN: _("The discussion ended when its author withdrew the proposal."),
    WhyShut.JOINED: _("It is part of another proposal now, and the discussion goes on there."),
    WhyShut.BALLOT_FIXED: _("The discussion ended when the ballot was fixed. What was said stays here to read."),
}

WHY_NO_ANSWER: Mapping[WhyNoAnswer, LazyString] = {
    WhyNoAnswer.IS_ANSWER: _("Answers are not answered one by one. Please answer the comment above them."),
    WhyNoAnswer.HIDDEN: _("This comment is hidden, so it takes no answers."),
}

WHY_FIXED: Mapping[WhyFixed, LazyString] = {
    WhyFixed.SHUT: _("The discussion is closed, so its comments stay as they are."),
    WhyFixed.HIDDEN: _("This comment is hidden, so it stays as it is."),
    WhyFixed.REPORTED: _("Somebody has asked the office to look at this comment, so it stays as it is."),
    WhyFixed.TIME_IS_UP: _("A comment can be changed for 15 minutes. This one stays as it is."),
}

NO_STANDING = _("Verified residents of this neighborhood, the proposer, and its officers and clerks write here.")
