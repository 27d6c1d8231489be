"""Why something cannot be done with a short text, in sentences."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.core.languages import LANGUAGES
from app.proposals.ballot_texts.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.BALLOT_FIXED: _("The ballot of this cycle is fixed, so its texts can no longer change."),
    WhyNot.STAGE: _("A short text is written once officers have found the proposal feasible."),
    WhyNot.EMPTY: _("Please write what the ballot should say."),
    WhyNot.TOO_MANY_WORDS: _("At most 60 words and 500 characters fit on the ballot. Please shorten it."),
    WhyNot.LANGUAGE: _("Choose one of the languages of this neighborhood."),
    WhyNot.UNCHANGED: _("This is the text there is already."),
    WhyNot.NONE_YET: _("There is no short text yet."),
    WhyNot.APPROVED: _("This text is approved already."),
    WhyNot.CHANGED_MEANWHILE: _("The text was changed while you were reading. Please read the new one."),
    WhyNot.NO_DATE: _(
        "No day is set until which authors answer. A clerk sets it first; before that nobody counts as silent."
    ),
    WhyNot.NOT_SILENT_YET: _("The author still has time to answer."),
    WhyNot.WRITER_HIMSELF: _("You wrote this text yourself. Another clerk settles it: it takes two persons."),
    WhyNot.KEPT_BACK: _(
        "Some of these words are about somebody, and the office keeps them out of the proposal. Please leave them out."
    ),
    WhyNot.SAME_LANGUAGE: _("That is the language the text is written in."),
}


def language_name(code: str) -> str:
    """A language under its own name; an unknown one as it is."""
    return LANGUAGES.get(code, code)
