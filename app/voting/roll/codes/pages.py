"""The sheets of cards: ten on a page, or four in large print, each with its address where envelopes have windows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from babel import Locale
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.printing import press
from app.core.printing.pdf import Sheet
from app.cycles import words as cycle_words
from app.cycles.queries import CycleFacts
from app.cycles.rules import PhaseKind
from app.voting.roll.codes.models import CodeBatch
from app.voting.roll.codes.queries import Target
from app.voting.roll.codes.rules import Purpose, written

ON_A_PAGE, ON_A_LARGE_PAGE = 10, 4
LONG = 80
"""Characters of name and address above which they are set smaller."""


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What a card says in one language."""

    lang: str
    dir: str
    title: str
    what: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card."""

    name: str
    address: str
    code: str = field(repr=False)

    @property
    def is_long(self) -> bool:
        """Whether the address needs smaller letters to fit the window."""
        return len(self.name) + len(self.address) > LONG


def sheet(cycle: CycleFacts, batch: CodeBatch, drawn: Sequence[tuple[Target, int]]) -> bytes:
    """The PDF of a batch, in the order of `drawn`."""
    cards = [Card(name=target.name, address=target.address, code=written(value)) for target, value in drawn]
    size = ON_A_LARGE_PAGE if batch.is_large else ON_A_PAGE
    address = "/account/residence/code" if batch.purpose is Purpose.RESIDENCE else "/vote-by-code"
    document = current_app.jinja_env.get_template("voting/roll/codes/sheet.html").render(
        pages=[cards[start : start + size] for start in range(0, len(cards), size)],
        sayings=[_saying(language, cycle, Purpose(batch.purpose)) for language in batch.languages],
        address=current_app.config["SITE_URL"].partition("://")[2] + address,
        is_large=batch.is_large,
        place=cycle.neighborhood_name,
        batch=batch.id,
    )
    return press.printed(Sheet(document=document, stylesheet="css/cards.css"))


def _saying(language: str, cycle: CycleFacts, purpose: Purpose) -> Saying:
    with force_locale(language):
        if purpose is Purpose.RESIDENCE:
            title = _("Your address in %(place)s", place=cycle.neighborhood_name)
            what = _("Sign in and type this code in. Then we know that you live here. It works once.")
        else:
            days = cycle_words.day_range(cycle.phase(PhaseKind.VOTING), cycle.time_zone)
            title = _("Your voting card: %(name)s", name=cycle.name)
            what = _(
                "Vote on the web or at a polling station: %(days)s. Tell nobody this code. It works until voting ends,"
                " so you can change your vote; the last one counts.",
                days=days,
            )
        locale = Locale.parse(language)
        return Saying(lang=language, dir=locale.text_direction, title=title, what=what, code=_("Your code"))
