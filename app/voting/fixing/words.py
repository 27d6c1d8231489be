"""The check list before a ballot is fixed: what is there, what is missing, where it is mended. The verb asks it too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import get_template_attribute
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.core.clock import deadline_now
from app.cycles import words as cycle_words
from app.cycles.plans.rules import prices_over
from app.cycles.queries import CycleFacts
from app.cycles.rules import PhaseKind, Stage
from app.proposals.ballot_texts.words import language_name
from app.proposals.clashes import queries as clashes
from app.proposals.clashes import words as clash_words
from app.proposals.names import queries as names
from app.proposals.prices import queries as prices
from app.proposals.review.publishing import queries as findings
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.board import words as board_words
from app.voting.board.rules import fault_of_board
from app.voting.fixing import queries
from app.voting.fixing.queries import ToBe
from app.voting.trustees import queries as trustees

SOURCE = "en"
"""The language our own sentences are written in."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing a ballot needs: whether it is there, in words, and the page on which it is mended (endpoint, values).

    `blocks`: the ballot cannot be fixed without it; `code` is the word of the refusal.
    """

    code: str
    text: str
    is_met: bool
    blocks: bool = True
    door: tuple[str, Mapping[str, Any]] | None = None

    @property
    def is_missing(self) -> bool:
        """Whether it keeps the ballot from being fixed."""
        return self.blocks and not self.is_met


def missing(cycle: CycleFacts) -> list[Check]:
    """Everything that keeps the ballot of a cycle from being fixed now, in the order in which it is asked for."""
    return [check for check in checks(cycle) if check.is_missing]


def checks(cycle: CycleFacts) -> list[Check]:
    """Everything a ballot needs, there or missing. The one list that the page shows and the fixing is refused by."""
    options = queries.to_be(cycle)
    return [
        *_about_the_cycle(cycle, options),
        *_about_the_board(cycle),
        *_about_the_keys(cycle),
        *(_asked_for(cycle, options) if cycle.plan else ()),
    ]


def _about_the_cycle(cycle: CycleFacts, options: Sequence[ToBe]) -> Iterator[Check]:
    office = ("office_cycles.show", {"cycle_id": cycle.id})
    is_in_review = cycle.stage is Stage.REVIEWING
    text = _("The cycle is in review") if is_in_review else _("A ballot is fixed at the end of the review.")
    yield Check(code="not_reviewing", text=text, is_met=is_in_review, door=office)
    in_time = deadline_now() < cycle.phase(PhaseKind.VOTING).ends_at
    late = _("The voting days of this cycle are over.")
    text = _("The voting days are still to come or not over") if in_time else late
    yield Check(code="too_late", text=text, is_met=in_time, door=office)
    yield from _about_the_proposals(cycle, options)


def _about_the_proposals(cycle: CycleFacts, options: Sequence[ToBe]) -> Iterator[Check]:
    review: tuple[str, Mapping[str, Any]] = ("assigning.index", {})
    found = ngettext("%(num)s proposal is feasible", "%(num)s proposals are feasible", len(options))
    none = _("No proposal has been found feasible yet, so there is nothing to vote on.")
    yield Check(code="no_feasible", text=found if options else f"{found}. {none}", is_met=bool(options), door=review)
    undecided = votes.undecided(cycle.id)
    waiting = ngettext(
        "%(num)s proposal still waits for its review and would miss the ballot",
        "%(num)s proposals still wait for their review and would miss the ballot",
        undecided,
    )
    if undecided:
        yield Check(code="undecided", text=waiting, is_met=False, blocks=False, door=review)
    dear = [each.title for each in options if each.cost_cents > cycle.spendable_cents]
    if dear:
        text = _(
            "These cost more than the whole pot and cannot stand on the ballot: %(titles)s", titles="; ".join(dear)
        )
        yield Check(code="too_dear", text=text, is_met=False, door=review)
    pairs = clashes.unsettled(cycle.id, [each.proposal_id for each in options])
    if pairs:
        door = ("proposals.show", {"proposal_id": pairs[0].first.id})
        yield Check(code="incompatible", text=clash_words.unsettled(pairs), is_met=False, door=door)
    yield from _about_what_waits(cycle, options)


def _about_what_waits(cycle: CycleFacts, options: Sequence[ToBe]) -> Iterator[Check]:
    unpublished = ", ".join(findings.unpublished(cycle.id))
    if unpublished:
        text = _("Findings about these are prepared and not public yet: %(codes)s", codes=unpublished)
        door: tuple[str, Mapping[str, Any]] = ("publishing.index", {})
        yield Check(code="findings_wait", text=text, is_met=False, door=door)
    titles = {each.proposal_id: each.title for each in options}
    held = [titles[each] for each in names.waiting_in(list(titles))]
    if held:
        said = "; ".join(held)
        text = _("Words in these wait for the office to look whether they name somebody: %(titles)s", titles=said)
        yield Check(code="names_wait", text=text, is_met=False, door=("moderation.index", {}))


def _about_the_board(cycle: CycleFacts) -> Iterator[Check]:
    fault = fault_of_board(boards.candidates(cycle.id, cycle.neighborhood_id))
    named = _("The board is named") if fault is None else board_words.fault(fault)
    code = "board" if fault is None else f"board_{fault.value}"
    yield Check(code=code, text=named, is_met=fault is None, door=("naming.name", {"cycle_id": cycle.id}))


def _about_the_keys(cycle: CycleFacts) -> Iterator[Check]:
    holders, threshold = trustees.holders(cycle.id), boards.plan(cycle.id).threshold
    door = ("trustees.show", {"cycle_id": cycle.id})
    if not holders:
        alone = _("Nobody else holds a key: one key opens the ballots, and it is kept on this machine")
        yield Check(code="one_key", text=alone, is_met=False, blocks=False, door=door)
    waiting = [holder.name for holder in holders if holder.public_key is None]
    for holder in holders:
        if holder.public_key is not None:
            text = _("%(name)s has handed in their key", name=holder.name)
            yield Check(code="key", text=text, is_met=True, door=door)
    if waiting:
        text = _("These key holders have not handed in their public key yet: %(names)s", names=", ".join(waiting))
        yield Check(code="key_missing", text=text, is_met=False, door=door)
    if threshold > max(1, len(holders)):
        few = _("It takes more keys to open the envelopes than there are key holders.")
        yield Check(code="threshold", text=few, is_met=False, door=door)


def _asked_for(cycle: CycleFacts, options: Sequence[ToBe]) -> Iterator[Check]:
    plan = cycle.plan
    assert plan is not None
    if plan.asks_short_texts:
        yield from _about_the_texts(cycle, options)
    if plan.asks_task_forces:
        lacking = [each.title for each in options if each.taker is None]
        none = _("No task force is named that would take these on: %(titles)s", titles="; ".join(lacking))
        text = none if lacking else _("Every option names the task force that would take it on")
        door = ("taking.index", {"cycle_id": cycle.id})
        yield Check(code="task_force_missing", text=text, is_met=not lacking, door=door)
    if plan.prices_until is not None:
        yield from _about_the_prices(cycle, options)
    if plan.asks_confirmation:
        yield _about_the_council(cycle)
    yield from _about_the_languages(cycle, options, asks_texts=plan.asks_short_texts)


def _about_the_texts(cycle: CycleFacts, options: Sequence[ToBe]) -> Iterator[Check]:
    door = ("ballot_texts.index", {"cycle_id": cycle.id})
    lacking = [each.title for each in options if each.text is None]
    waiting = [each.title for each in options if each.text is not None and not each.text.is_approved]
    if lacking:
        text = _("These have no short text yet: %(titles)s", titles="; ".join(lacking))
        yield Check(code="short_text_missing", text=text, is_met=False, door=door)
    if waiting:
        text = _("The short texts of these wait for their authors: %(titles)s", titles="; ".join(waiting))
        yield Check(code="short_text_waits", text=text, is_met=False, door=door)
    if options and not lacking and not waiting:
        yield Check(code="short_texts", text=_("Every option has an approved short text"), is_met=True, door=door)


def _about_the_prices(cycle: CycleFacts, options: Sequence[ToBe]) -> Iterator[Check]:
    ids = [each.proposal_id for each in options]
    over, door = prices_over(cycle.plan, deadline_now()), ("prices.index", {"cycle_id": cycle.id})
    still = _("Prices can still be objected to: the days of the prices phase are not over.")
    yield Check(code="prices_phase", text=_("The prices phase is over") if over else still, is_met=over, door=door)
    titles = {each.proposal_id: each.title for each in options}
    unanswered = [titles[each] for each in prices.unanswered(ids)]
    said = _("An objection to the price of these waits for an answer: %(titles)s", titles="; ".join(unanswered))
    text = said if unanswered else _("No objection to a price waits for an answer")
    yield Check(code="price_objections", text=text, is_met=not unanswered, door=door)
    late = [titles[each] for each in prices.unpublished(cycle, ids)]
    if late:
        text = _(
            "Nobody could object to the price of these, because it came after the prices phase. Give the phase more"
            " days: %(titles)s",
            titles="; ".join(late),
        )
        plan = ("ballot_plans.edit", {"cycle_id": cycle.id})
        yield Check(code="price_unpublished", text=text, is_met=False, door=plan)


def _about_the_council(cycle: CycleFacts) -> Check:
    found = queries.confirmation(cycle.id)
    door = ("council.confirm", {"cycle_id": cycle.id})
    if found is not None and found.is_of_this_list:
        text = _(
            "%(council)s has confirmed the list: %(reference)s", council=found.confirmed_by, reference=found.reference
        )
        return Check(code="confirmation", text=text, is_met=True, door=door)
    text = (
        _("The council's confirmation is not on record.")
        if found is None
        else _("The council confirmed another list: options or prices have changed since.")
    )
    return Check(code="confirmation_missing", text=text, is_met=False, door=door)


def _about_the_languages(cycle: CycleFacts, options: Sequence[ToBe], *, asks_texts: bool) -> Iterator[Check]:
    for language in cycle.languages:
        name = language_name(language)
        lacking = [
            each.title for each in options if asks_texts and each.text and language in each.text.missing([language])
        ]
        if lacking:
            text = _(
                "%(language)s misses title and short text of: %(titles)s", language=name, titles="; ".join(lacking)
            )
            door = ("ballot_texts.index", {"cycle_id": cycle.id})
            yield Check(code="language_missing", text=text, is_met=False, door=door)
        unsaid = unsaid_wordings(cycle, language)
        if unsaid:
            text = _("%(language)s misses wordings of the rule card: %(names)s", language=name, names=", ".join(unsaid))
            place = ("office_places.show", {"slug": cycle.neighborhood_slug})
            yield Check(code="wording_missing", text=text, is_met=False, door=place)
        if not lacking and not unsaid:
            text = _("The rule card is complete in %(language)s", language=name)
            yield Check(code="language", text=text, is_met=True)


def wordings(cycle: CycleFacts, language: str) -> dict[str, str]:
    """Every sentence of ours on the rule card in one language, as it is written on the card and hashed with it."""
    with force_locale(language):
        return {
            "rule": cycle_words.rule_name(cycle.count_rule),
            "rule_words": _plain("cycles/_rule_words.html", "rule_words", cycle.count_rule),
            "fine_print": _plain("cycles/_rule_words.html", "rule_fine_print", cycle.count_rule),
            "publication": str(cycle_words.LEVELS[cycle.publication_level]),
            "publication_words": _plain(
                "cycles/_level_words.html", "level_words", cycle.publication_level.value, cycle.count_rule
            ),
            "leftover": str(cycle_words.LEFTOVERS[cycle.leftover_rule]),
            "voters": cycle_words.who_may_vote(cycle.min_age, cycle.neighborhood_name),
        }


def unsaid_wordings(cycle: CycleFacts, language: str) -> list[str]:
    """Which of those sentences nobody has translated: they would stand there in our own language."""
    if language.split("-")[0].split("_")[0] == SOURCE:
        return []
    ours, theirs = wordings(cycle, SOURCE), wordings(cycle, language)
    names = {
        "rule": _("the name of the counting rule"),
        "rule_words": _("the rule in plain words"),
        "fine_print": _("what is good to know about the rule"),
        "publication": _("what is published"),
        "publication_words": _("what is published, in plain words"),
        "leftover": _("what becomes of unspent money"),
        "voters": _("who may vote"),
    }
    return [str(names[key]) for key in ours if ours[key] == theirs[key]]


def _plain(template: str, macro: str, *given: str) -> str:
    """What a macro of our templates says, without its tags."""
    said: str = get_template_attribute(template, macro)(*given).striptags()
    return said
