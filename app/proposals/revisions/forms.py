"""The form of an edit: it knows which revision it was begun from, and takes up what was saved meanwhile."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from app.core.forms import LineField
from app.proposals.forms import ProposalForm
from app.proposals.revisions.queries import RevisionFacts
from app.proposals.revisions.services import SaveProposal

PARTS = "title summary need place area_id gains category_id priority_id watches_people estimate helpers".split()


class EditForm(ProposalForm):
    """A proposal that exists, to be changed; `began_from` and `read_up_to` are numbers of revisions."""

    began_from = HiddenField(default="0")
    read_up_to = HiddenField(default="0")
    changed = LineField(_("What did you change?"), least=0, most=200)

    def begin(self, newest: int) -> None:
        """Remember the revision that its writer has before them."""
        self.began_from.data = str(newest)
        self.has_read(newest)

    def has_read(self, newest: int) -> None:
        """Remember the newest revision that its writer has been shown."""
        self.read_up_to.data = str(newest)

    @property
    def base(self) -> int:
        """The number of the revision it was begun from; 0 where the form does not say."""
        return _number(self.began_from.data)

    def save(self) -> SaveProposal:
        """The answers as a command."""
        return SaveProposal(
            words=self.command(), read_up_to=_number(self.read_up_to.data), changed=self.changed.data or ""
        )

    def take_up(self, base: RevisionFacts, newest: RevisionFacts) -> None:
        """Put in what only the other writer changed; keep what was typed, with a word where both changed a part."""
        for part in PARTS:
            before, theirs = _as_typed(base, part), _as_typed(newest, part)
            mine = self.estimate.lines if part == "estimate" else self[part].data
            if theirs in (before, mine):
                continue
            if mine != before:
                both = gettext(
                    "Somebody else changed this too. Please read what they wrote, then save what should stand."
                )
                self[part].errors = [*self[part].errors, both]
            elif part == "estimate":
                self.estimate.show(newest.estimate)
            else:
                self[part].data = theirs


def _as_typed(revision: RevisionFacts, part: str) -> Any:
    """A part of a revision as the form holds it."""
    value = getattr(revision, part)
    if part == "watches_people":
        return "yes" if value else "no"
    return str(value or "") if part in ("area_id", "category_id", "priority_id") else value


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
