"""Keeping words back: what the check finds in a public text is replaced by a mark before anybody else reads it."""

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.clock import now
from app.core.db import db
from app.core.errors import ensure
from app.core.events import publish
from app.proposals.attachments.models import Attachment
from app.proposals.models import EstimateLine, Proposal
from app.proposals.names import queries, words
from app.proposals.names.events import WordsWithheld
from app.proposals.names.models import WithheldWords
from app.proposals.names.rules import Ending, Finding, findings, folded

Row = Proposal | EstimateLine | Attachment


def withhold(proposal: Proposal, *, by_id: int) -> None:
    """Before a text of a proposal is public: a mark in the place of every word that the check finds, each kept in a row
    of its own, and of what was removed before. Words whose mark is gone from the text were taken out by their author.
    Joins the caller's transaction."""
    db.session.flush()
    known = _kept(proposal.id)
    new = [_row(proposal, found, known) for found in queries.found_in(proposal)]
    db.session.flush()
    write(proposal, queries.masks(proposal.id))
    texts = [text for _where, _name, text in queries.texts_of(proposal)]
    for row in known:
        if row.ending is None and not any(row.mark in text for text in texts):
            row.ending, row.ended_by_id, row.ended_at = Ending.TAKEN_OUT, by_id, now()
    db.session.flush()
    made = tuple(row.id for row in new if row is not None)
    if made:
        publish(
            WordsWithheld(actor_id=by_id, proposal_id=proposal.id, cycle_id=proposal.cycle_id, withheld_ids=made),
        )


def without_names(proposal: Proposal, note: str) -> str:
    """A short note about a proposal with nothing in it that would be kept back."""
    found = [(each.words, str(words.REMOVED[each.kind])) for each in findings(note, queries.let_by(proposal))]
    return queries.masked(queries.masked(note, queries.masks(proposal.id)), found)


def write(proposal: Proposal, by: list[tuple[str, str]]) -> None:
    """Every text of a proposal with each first replaced by its second; refused where one grows too long."""
    for row, name, text in queries.texts_of(proposal):
        written = queries.masked(text, by)
        if written != text:
            most = _most(row, name)
            long = _("With the words that are kept back this gets too long. Please shorten it.")
            ensure(most is None or len(written) <= most, "too_long", long, field=name)
            setattr(row, name, written)
    db.session.flush()


def next_number(proposal_id: int) -> int:
    """The number of the next words that are kept back in a proposal."""
    query = sa.select(sa.func.max(WithheldWords.number)).where(WithheldWords.proposal_id == proposal_id)
    return (db.session.scalar(query) or 0) + 1


def _kept(proposal_id: int) -> list[WithheldWords]:
    """What waits for an officer, and what was removed."""
    kept = sa.or_(WithheldWords.ending.is_(None), WithheldWords.ending == Ending.REMOVED)
    query = sa.select(WithheldWords).where(WithheldWords.proposal_id == proposal_id, kept)
    return list(db.session.scalars(query.order_by(WithheldWords.id)))


def _row(proposal: Proposal, found: Finding, known: list[WithheldWords]) -> WithheldWords | None:
    """A new row for what was found, unless the same words wait or were removed already."""
    if any(folded(row.words) == folded(found.words) for row in known):
        return None
    number = next_number(proposal.id)
    row = WithheldWords(
        proposal_id=proposal.id,
        number=number,
        kind=found.kind,
        words=found.words,
        mark=words.mark(number),
        note="",
        held_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _most(row: Row, name: str) -> int | None:
    length: int | None = getattr(type(row).__table__.c[name].type, "length", None)
    return length
