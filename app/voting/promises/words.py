"""The promises in words, each with what backs it: one place for promise page, ballot and thanks page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.cycles import words as cycle_words
from app.voting import queries
from app.voting.promises.rules import HELD_BY, Limit, Promise, not_promised, promised
from app.voting.queries import VoteFacts

Link = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Given:
    """A promise: its words, the pages where one can look, and the files of the tests that hold it."""

    text: str
    links: tuple[Link, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VoteValues:
    """What the promises depend on in the vote at hand, in words."""

    vote: VoteFacts
    holders: tuple[str, ...]
    opening: str
    level: str


TEXTS: Mapping[Promise, LazyString] = {
    Promise.STORED: _l("If you saw a receipt, your vote is stored. A crash or power cut will not lose it."),
    Promise.ONE_VOTE: _l("Only one vote per person counts: your last one, or your paper ballot."),
    Promise.SHUT: _l("Nobody can count the stored votes before the vote closes, not even us."),
    Promise.RECEIPT: _l("Your receipt proves that your sealed vote is recorded. It does not show how you voted."),
    Promise.RECOUNT: _l("Anyone can recount the published result with a free program."),
    Promise.RECOUNT_BY_SOME: _l("The observer and accredited checkers can recount the result with a free program."),
    Promise.TWO_PEOPLE: _l("Every change by staff after opening needs two people and is in a public log."),
}

LIMITS: Mapping[Limit, LazyString] = {
    Limit.SHOULDER: _l("That no one looked over your shoulder. If somebody did, vote again later or on paper."),
    Limit.PHONE: _l("That a hacked phone or computer shows you the truth."),
    Limit.PROGRAM: _l(
        "That the running server could never be altered by the person who runs it. The code is public, its version is"
        " on the status page, and observers may inspect it."
    ),
    Limit.ONE_KEY: _l(
        "That nobody at all could ever read your ballot: in this vote a single key opens the ballots. The program uses"
        " it only after the close and without names, but whoever has both the key and the database could open ballots"
        " early and read them together with the names."
    ),
    Limit.PROOF: _l(
        "That the opening of the ballots is mathematically proven to everybody. Key holders and the observer watch it;"
        " for public proofs we recommend Belenios."
    ),
    Limit.KEYS: _l("That a vote can be counted if too many key holders lose their keys."),
    Limit.MACHINE: _l(
        "That a vote survives the destruction of the whole machine in the minute before its copy elsewhere is made,"
        " where the site runs on one machine only. Your signed receipt then proves that it existed, and the vote is"
        " opened again for those affected."
    ),
}


def given(vote: VoteFacts | None = None) -> list[Given]:
    """What is promised, in this vote or in general."""
    threshold = vote.threshold if vote else None
    level = vote.cycle.publication_level if vote else None
    return [
        Given(text=_text(each, vote), links=tuple(_LINKS[each](vote)), tests=HELD_BY[each])
        for each in promised(threshold=threshold, level=level)
    ]


def limits(vote: VoteFacts | None = None) -> list[str]:
    """What is not promised, in this vote or in general."""
    return [str(LIMITS[each]) for each in not_promised(threshold=vote.threshold if vote else None)]


def values(vote: VoteFacts) -> VoteValues:
    """Who holds the keys of a vote, how many of them it takes, and what will be published."""
    holders = tuple(trustee.holder for trustee in queries.trustees(vote.id))
    return VoteValues(
        vote=vote,
        holders=holders,
        opening=str(_("%(t)s of %(n)s key holders", t=vote.threshold, n=vote.trustees)),
        level=str(cycle_words.LEVELS[vote.cycle.publication_level]),
    )


def _text(promise: Promise, vote: VoteFacts | None) -> str:
    if promise is not Promise.SECRET:
        return str(TEXTS[promise])
    if vote is None:
        general = _(
            "From what we store, no single person can find out how you voted. It would take our database and several"
            " key holders together; each vote names them."
        )
        return str(general)
    found = values(vote)
    message = _(
        "From what we store, no single person can find out how you voted. It would take our database and %(t)s of these"
        " %(n)s people: %(names)s.",
        t=vote.threshold,
        n=vote.trustees,
        names="; ".join(found.holders),
    )
    return str(message)


def _page(label: str, endpoint: str, **values: Any) -> list[Link]:
    """A link to a page of the site, if it has such a page."""
    return [(label, url_for(endpoint, **values))] if endpoint in current_app.view_functions else []


def _proof(vote: VoteFacts | None) -> list[Link]:
    return _page(_("Look your receipt up in the public log"), "log.index")


def _rule_card(vote: VoteFacts | None) -> list[Link]:
    return _page(_("The rule card"), "cycles.rule_card", cycle_id=vote.cycle.id) if vote else []


def _turnout(vote: VoteFacts | None) -> list[Link]:
    return _page(_("Turnout"), "turnout.show", cycle_id=vote.cycle.id) if vote else []


def _results(vote: VoteFacts | None) -> list[Link]:
    return _page(_("Results and their bundles to count again"), "results.index")


def _status(vote: VoteFacts | None) -> list[Link]:
    return _page(_("Whether the log is whole, on the status page"), "home.status")


_LINKS: Mapping[Promise, Callable[[VoteFacts | None], list[Link]]] = {
    Promise.STORED: _proof,
    Promise.ONE_VOTE: _turnout,
    Promise.SHUT: _rule_card,
    Promise.SECRET: _rule_card,
    Promise.RECEIPT: _proof,
    Promise.RECOUNT: _results,
    Promise.RECOUNT_BY_SOME: _results,
    Promise.TWO_PEOPLE: _status,
}
