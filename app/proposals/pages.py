"""Everything that stands around a proposal on its page, read from the rooms that know it."""

from typing import Any

from app.core.access import Actor
from app.core.clock import deadline_now
from app.core.languages import LANGUAGES
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.proposals.attachments import queries as attachments
from app.proposals.clashes import queries as clashes
from app.proposals.contacts import queries as contacts
from app.proposals.desk import queries as desk
from app.proposals.discussion import queries as discussion
from app.proposals.follows import queries as follows
from app.proposals.merging import queries as merging
from app.proposals.names.judging.queries import beside
from app.proposals.outlooks import queries as outlooks
from app.proposals.prices import queries as prices
from app.proposals.queries import ProposalDetail
from app.proposals.review import policies as review_policies
from app.proposals.review import queries as review
from app.proposals.revisions import queries as revisions
from app.proposals.second_looks import queries as second_looks
from app.proposals.spots import queries as spots
from app.proposals.supports import queries as supports
from app.translating import queries as translations


def everything(proposal: ProposalDetail, viewer: Actor | None, *, page: int) -> dict[str, Any]:
    """What proposals/show.html needs beside the proposal itself; `page` is that of its discussion."""
    cycle, paper = cycles.facts(proposal.cycle_id), desk.of_proposal(proposal, viewer)
    return {
        "cycle": cycle,
        "towards": prices.towards_ballot(proposal, cycle, viewer),
        "expected": outlooks.expected(proposal, viewer),
        "now": deadline_now(),
        "attachments": attachments.of_proposal(proposal.id),
        "place": spots.place_of(proposal, viewer),
        **_judged(proposal, viewer, paper),
        "paper": paper,
        **_improved(proposal, viewer),
        **_met(proposal, viewer, page),
        "translate_into": _translate_into(proposal, cycle, viewer),
    }


def _translate_into(proposal: ProposalDetail, cycle: CycleFacts, viewer: Actor | None) -> list[str]:
    """The languages in which its viewer may say it."""
    if not proposal.code or not translations.may_translate(viewer, proposal.neighborhood_id):
        return []
    return [each for each in cycle.languages if each != proposal.source and each in LANGUAGES]


def _judged(proposal: ProposalDetail, viewer: Actor | None, paper: desk.OnPaper | None) -> dict[str, Any]:
    findings, looks = review.history(proposal.id), second_looks.of_proposal(proposal.id)
    home = {"author_id": proposal.author_id, "neighborhood_id": proposal.neighborhood_id}
    writers = proposal.co_author_ids
    return {
        "findings": findings,
        "looks": looks,
        "ask_until": second_looks.open_until(proposal, findings, looks, deadline_now()),
        "price": review.price(findings),
        "story": review.story(proposal, findings, [*desk.moments(paper), *second_looks.moments(looks)]),
        "standing": review.standing(proposal.id),
        "may_review": viewer is not None and review_policies.may_review(viewer, **home, co_authors=writers),
    }


def _improved(proposal: ProposalDetail, viewer: Actor | None) -> dict[str, Any]:
    return {
        "revisions": revisions.newest(proposal.id),
        "contact": contacts.of_proposal(proposal, viewer),
        "beside": beside(proposal, viewer),
        "clashes": clashes.of_proposal(proposal.id),
        "joined": merging.around(proposal.id, proposal.author_id, viewer),
    }


def _met(proposal: ProposalDetail, viewer: Actor | None, page: int) -> dict[str, Any]:
    return {
        "support": supports.of_proposal(proposal, viewer),
        "follow": follows.of_proposal(proposal, viewer),
        "discussion": discussion.of_proposal(proposal, viewer, page=page),
    }
