"""Paper ballots in sentences: stages, reasons, and the sums with what does not agree."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.voting.paper.queries import Explanation, explained
from app.voting.paper.rules import Answer, Balance, Figures, Rejected, StubStage, Sum, balances

STUBS: Mapping[StubStage, LazyString] = {
    StubStage.ISSUED: _l("Handed out"),
    StubStage.RETURNED: _l("Came back"),
    StubStage.SPOILED: _l("Spoiled"),
    StubStage.LOST: _l("Lost"),
}

REJECTED: Mapping[Rejected, LazyString] = {
    Rejected.BLANK: _l("Blank"),
    Rejected.UNCLEAR: _l("Unclear"),
    Rejected.NOT_A_BALLOT: _l("Not a ballot of this vote"),
    Rejected.TOO_MANY: _l("Too many projects at one rank"),
    Rejected.SIGNED: _l("Signed, or shows who it is from"),
}

SUMS: Mapping[Sum, tuple[LazyString, LazyString]] = {
    Sum.STOCK: (_l("Printed"), _l("Handed out + spoiled + unused")),
    Sum.ROLL: (_l("Handed out"), _l("Came back + did not come back")),
    Sum.STUBS: (_l("Came back, says the roll"), _l("Torn-off stubs, counted by hand")),
    Sum.HEADERS: (_l("On the batch headers"), _l("Slips with a number")),
    Sum.SLIPS: (_l("Came back, says the roll"), _l("Slips with a number")),
    Sum.ENTRIES: (_l("Slips with a number"), _l("Accepted + rejected")),
}
"""The two sides of each sum."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A sum as the page shows it."""

    left: str
    right: str
    balance: Balance


def lines(figures: Figures) -> list[Line]:
    """Every sum of a box."""
    return [Line(left=str(SUMS[each.sum][0]), right=str(SUMS[each.sum][1]), balance=each) for each in balances(figures)]


def problem(balance: Balance) -> str:
    """One sum that does not agree, in a sentence."""
    left, right = SUMS[balance.sum]
    if balance.right is None or balance.left is None:
        return str(_("%(box)s: “%(what)s” has not been counted yet.", box=balance.box, what=right))
    text = _(
        "%(box)s: “%(left)s” is %(a)s, but “%(right)s” is %(b)s.",
        box=balance.box or _("The whole vote"),
        left=left,
        right=right,
        a=balance.left,
        b=balance.right,
    )
    return str(text)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A difference that is explained, as everybody reads it: no sum of a box, only what is missing in it."""

    said: str
    names: tuple[str, ...]


def missing(each: Explanation) -> Missing:
    """What is missing, and why, in one line."""
    said = what_is_missing(each.sum, each.missing, box=each.box, reason=each.reason)
    return Missing(said=said, names=each.names)


def what_is_missing(kind: Sum, num: int, *, box: str, reason: str) -> str:
    """How many are missing in one sum of one box, and what was done to find them."""
    what = {
        Sum.STOCK: ngettext("%(num)s printed ballot is missing.", "%(num)s printed ballots are missing.", num),
        Sum.STUBS: ngettext("%(num)s torn-off stub is missing.", "%(num)s torn-off stubs are missing.", num),
        Sum.SLIPS: ngettext(
            "%(num)s ballot that came back is missing, so it is not counted.",
            "%(num)s ballots that came back are missing, so they are not counted.",
            num,
        ),
    }
    return str(_("%(box)s: %(what)s %(reason)s", box=box, what=what[kind], reason=reason))


def missing_paper(vote_id: bytes) -> list[Missing]:
    """What is missing on paper and explained, for the pages of a result and the public account of a vote."""
    return [missing(each) for each in explained(vote_id)]


def answer(said: Answer | None) -> str:
    """What was read on a slip."""
    if said is None:
        return "–"
    if said.rejected is not None:
        return str(REJECTED[said.rejected])
    return " ".join(str(number) for number in said.ranking or ())


@dataclass(frozen=True, kw_only=True)
class HandForm:
    """A form that is filled in by hand: what it is called and for, and its columns."""

    title: str
    note: str
    columns: tuple[str, ...]


def account() -> HandForm:
    """The ballot account, one row for every box."""
    said = _(
        "Printed = handed out + spoiled + unused. Handed out = came back + did not come back. Came back = slips."
        " Slips = accepted + rejected."
    )
    columns = (_("Box"), _("Printed"), _("Spoiled"), _("Unused"), _("Torn-off stubs"), _("Slips"), _("Initials of two"))
    return HandForm(title=_("Ballot account"), note=said, columns=columns)


def seals() -> HandForm:
    """The record of seals."""
    columns = (_("Box"), _("Seal put on"), _("Seal found"), _("Opened by"), _("Seen by"))
    return HandForm(
        title=_("Seals"), note=_("Two people look at each seal and write down its number."), columns=columns
    )


def logs(place: str) -> list[HandForm]:
    """What is noted at the desk, at third looks and by observers."""
    oath = _(
        "I live in %(place)s and have not returned another paper ballot. No ballot number on this sheet.", place=place
    )
    third = _("One line for each slip whose two entries differ. Never write down who entered what.")
    sample = _("The slips of the sample stand on the screen. Note what the paper says before you type it.")
    slip = (_("Batch"), _("Slip"), _("What the paper says"))
    return [
        HandForm(title=_("Check-in"), note=oath, columns=(_("Name"), _("Signature"))),
        HandForm(title=_("Third looks"), note=third, columns=(*slip, _("Looked at by"))),
        HandForm(title=_("Observer: sample check"), note=sample, columns=(*slip, _("Same as accepted?"))),
    ]
