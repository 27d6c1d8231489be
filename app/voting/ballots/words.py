"""What a ballot page says: what a move did, why somebody cannot vote and what they can do, and what is promised."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app.core.charts.qr import qr
from app.core.errors import NextStep
from app.cycles import words as cycle_words
from app.cycles.rules import PhaseKind
from app.voting.ballots.queries import BallotFacts
from app.voting.ballots.rules import Arranged, Change, Door
from app.voting.queries import OptionFacts, VoteFacts
from app.voting.sealing.readable import grouped
from app.voting.tree.receipts import Receipt


@dataclass(frozen=True, kw_only=True)
class ClosedDoor:
    """Why the ballot is only there to read, and the way on where there is one."""

    title: str
    reason: str
    next_step: NextStep | None


@dataclass(frozen=True, kw_only=True)
class ShownReceipt:
    """A receipt as a page shows it: the code to type, the address behind the QR code, and all of it as text."""

    code: str
    address: str
    picture: Markup
    text: str


def shown(receipt: Receipt, vote: VoteFacts) -> ShownReceipt:
    """The receipt for the page. The part of the address after # never leaves the reader's device."""
    code = grouped(receipt.code)
    page = current_app.config["SITE_URL"] + url_for("log.proof", code=code)
    title = _("QR code of your receipt %(code)s", code=code)
    return ShownReceipt(
        code=code, address=page, picture=qr(f"{page}#{receipt.packed}", title=title), text=receipt.as_text()
    )


def said(result: Arranged, options: Sequence[OptionFacts]) -> str:
    """What a move did, in a sentence; nothing where it did nothing."""
    title = next((option.title for option in options if option.number == result.number), "")
    rank, count = result.rank, len(result.ranking)
    sentences = {
        Change.ADDED: _("%(title)s added as number %(rank)s.", title=title, rank=rank),
        Change.MOVED: _("%(title)s is now number %(rank)s of %(count)s.", title=title, rank=rank, count=count),
        Change.REMOVED: _("%(title)s removed from your list.", title=title),
        Change.FULL: _("Your list is full, so %(title)s was not added. Remove one to add another.", title=title),
    }
    return sentences[result.change] if result.change else ""


def closed_door(ballot: BallotFacts) -> ClosedDoor | None:
    """Why this reader cannot vote now and what they can do about it; None for somebody who can."""
    if ballot.door is None:
        return None
    title, reason = _TEXTS[ballot.door](ballot.vote)
    return ClosedDoor(title=title, reason=reason, next_step=_way_on(ballot.door, ballot.vote))


def _not_open_yet(vote: VoteFacts) -> tuple[str, str]:
    dates = cycle_words.dates_of(vote.cycle.phase(PhaseKind.VOTING), vote.cycle.time_zone)
    return _("Voting has not begun"), _("Voting: %(dates)s. This is what will be on the ballot.", dates=dates)


def _closed(vote: VoteFacts) -> tuple[str, str]:
    return _("Voting is over"), _("The ballots are closed. This is what was voted on.")


def _sign_in(vote: VoteFacts) -> tuple[str, str]:
    return _("Sign in to vote"), _("Verified residents of %(place)s can vote.", place=vote.cycle.neighborhood_name)


def _residence(vote: VoteFacts) -> tuple[str, str]:
    place = vote.cycle.neighborhood_name
    reason = _("Only people with a verified home in %(place)s can vote here, and yours has not been.", place=place)
    return _("You cannot vote here"), reason


def _not_on_roll(vote: VoteFacts) -> tuple[str, str]:
    reason = _("The roll was fixed when voting opened, and you were not on it then. You can vote in the next cycle.")
    return _("You are not on the roll of this vote"), reason


def _voted_on_paper(vote: VoteFacts) -> tuple[str, str]:
    return _("You have voted on paper"), _("Your paper ballot has come in and is the one that counts.")


def _struck(vote: VoteFacts) -> tuple[str, str]:
    reason = _("Two people of the board struck your line from the roll, so no ballot of yours counts. Ask a clerk why.")
    return _("You were struck from the roll of this vote"), reason


_TEXTS = {
    Door.NOT_OPEN_YET: _not_open_yet,
    Door.CLOSED: _closed,
    Door.SIGN_IN: _sign_in,
    Door.RESIDENCE: _residence,
    Door.NOT_ON_ROLL: _not_on_roll,
    Door.VOTED_ON_PAPER: _voted_on_paper,
    Door.STRUCK: _struck,
}


def _way_on(door: Door, vote: VoteFacts) -> NextStep | None:
    if door is Door.SIGN_IN:
        return NextStep(label=_("Sign in"), url=url_for("accounts.sign_in", next=request.path))
    if door is Door.RESIDENCE:
        return NextStep(label=_("See where your residence stands"), url=url_for("accounts.residence"))
    if door is Door.CLOSED:
        return NextStep(label=_("See the results"), url=url_for("results.show", cycle_id=vote.cycle.id))
    return None
