"""The worked example of how votes become funding: five neighbors, five projects, and what a count does with them.

Every number here and on the page is held to the engine by a test.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from app.core.charts.bars import Bar, Limit, bars, pot_bar
from app.core.charts.fills import Fill
from app.core.money import written

POT = 1_000
SHARE = 200
WIDTH = 440
CURRENCY = "USD"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A project of the example: its letter, its name, its cost in dollars."""

    letter: str
    name: LazyString
    cost: int


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A step: its key, what it funds, what each neighbor pays for that and keeps, and what is left, in dollars."""

    key: str
    funded: str
    paid: Mapping[str, int]
    kept: Mapping[str, int]
    left: int


WISHES: Sequence[Wish] = (
    Wish(letter="L", name=_l("Lamps"), cost=300),
    Wish(letter="C", name=_l("Crossing"), cost=450),
    Wish(letter="B", name=_l("Bench"), cost=300),
    Wish(letter="M", name=_l("Mural"), cost=150),
    Wish(letter="T", name=_l("Trees"), cost=180),
)
BALLOTS: Mapping[str, str] = {"Ana": "LCM", "Ben": "LCM", "Chi": "LMC", "Dev": "BCT", "Eli": "BTC"}
MOMENTS: Sequence[Moment] = (
    Moment(
        key="lamps",
        funded="L",
        paid={"Ana": 100, "Ben": 100, "Chi": 100, "Dev": 0, "Eli": 0},
        kept={"Ana": 100, "Ben": 100, "Chi": 100, "Dev": 200, "Eli": 200},
        left=700,
    ),
    Moment(
        key="bench",
        funded="B",
        paid={"Ana": 0, "Ben": 0, "Chi": 0, "Dev": 150, "Eli": 150},
        kept={"Ana": 100, "Ben": 100, "Chi": 100, "Dev": 50, "Eli": 50},
        left=400,
    ),
    Moment(
        key="mural",
        funded="M",
        paid={"Ana": 50, "Ben": 50, "Chi": 50, "Dev": 0, "Eli": 0},
        kept={"Ana": 50, "Ben": 50, "Chi": 50, "Dev": 50, "Eli": 50},
        left=250,
    ),
)
END = {"shared": ("LBMT", 70), "ranked": ("LCM", 100)}
"""What each rule funds, in the order of funding, and the dollars left."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """What the page shows: projects by letter, ballots, and drawings of who pays at each moment and of the two ends."""

    wishes: Mapping[str, Wish]
    ballots: Mapping[str, str]
    drawings: Mapping[str, Markup]


def example() -> Example:
    """The example, drawn in the language of the page."""
    wishes = {wish.letter: wish for wish in WISHES}
    drawings = {moment.key: _who_pays(moment, wishes[moment.funded]) for moment in MOMENTS}
    ends = {key: _spent(letters, left, wishes) for key, (letters, left) in END.items()}
    return Example(wishes=wishes, ballots=BALLOTS, drawings={**drawings, **ends})


def _who_pays(moment: Moment, wish: Wish) -> Markup:
    rows = [_neighbor(name, moment) for name in BALLOTS]
    title = _("%(project)s, %(cost)s: who pays what.", project=wish.name, cost=_money(wish.cost))
    share = Limit(value=SHARE, shown=_("an equal share: %(share)s", share=_money(SHARE)))
    return bars(title, rows, limit=share, width=WIDTH)


def _neighbor(name: str, moment: Moment) -> Bar:
    pays, kept = moment.paid[name], moment.kept[name]
    if not pays:
        return Bar(label=name, value=kept, shown=_("keeps %(kept)s", kept=_money(kept)), fill=Fill.BARE)
    note = _("pays %(paid)s, keeps %(kept)s", paid=_money(pays), kept=_money(kept))
    return Bar(label=name, value=pays + kept, shown=_money(pays + kept), fill=Fill.BARE, note=note, part=pays)


def _spent(letters: str, left: int, wishes: Mapping[str, Wish]) -> Markup:
    fills = (Fill.SOLID, Fill.STRIPES, Fill.DOTS, Fill.BARS)
    parts = [
        Bar(label=str(wishes[letter].name), value=wishes[letter].cost, shown=_money(wishes[letter].cost), fill=fill)
        for letter, fill in zip(letters, fills, strict=False)
    ]
    parts.append(Bar(label=_("Left"), value=left, shown=_money(left), fill=Fill.BARE))
    total = Limit(value=POT, shown=_("The pot: %(whole)s", whole=_money(POT)))
    return pot_bar(_("What the pot of the example pays for."), parts, total=total, width=WIDTH)


def _money(dollars: int) -> str:
    return written(dollars * 100, CURRENCY)
