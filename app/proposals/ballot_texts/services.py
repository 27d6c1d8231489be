"""The verbs of a short text: write it, approve it, settle it for a silent author, say it in another language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, ensure_standing
from app.core.events import publish
from app.cycles.queries import CycleFacts
from app.proposals.ballot_texts import policies, words
from app.proposals.ballot_texts.events import (
    BallotTextApproved,
    BallotTextSettled,
    BallotTextTranslated,
    BallotTextWritten,
)
from app.proposals.ballot_texts.models import BallotText, BallotTranslation
from app.proposals.ballot_texts.rules import (
    ApprovedAs,
    WhyNot,
    count_words,
    one_paragraph,
    text_hash,
    why_not_settle,
    why_not_words,
    why_not_write,
)
from app.proposals.models import Proposal
from app.proposals.names import queries as names
from app.proposals.rules import open_to_change
from app.proposals.services import opened


@dataclass(frozen=True, kw_only=True)
class WriteText:
    """What the ballot should say, and in which language."""

    text: str
    language: str


@dataclass(frozen=True, kw_only=True)
class TranslateText:
    """Title and text in another language, for the text of that id."""

    text_id: int
    language: str
    title: str
    text: str


def write(proposal_id: int, command: WriteText, *, by: Actor) -> BallotText:
    """Propose a short text; the author's own is approved by that, an officer's waits for the author."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        may = policies.may_write(by, author_id=proposal.author_id, neighborhood_id=cycle.neighborhood_id)
        ensure_standing(may, _("Its author or an officer of this neighborhood writes the short text."))
        newest, text = _newest(proposal_id), one_paragraph(command.text)
        reason = why_not_write(
            text,
            command.language,
            stage=proposal.stage,
            is_open=open_to_change(cycle.stage),
            languages=cycle.languages,
            newest=(newest.text, newest.language) if newest else None,
        )
        _refuse(reason, field="language" if reason is WhyNot.LANGUAGE else "text")
        _refuse(_why_not_said(proposal_id, text), field="text")
        row = _row(proposal, text, command.language, number=newest.number + 1 if newest else 1, by=by)
        db.session.add(row)
        db.session.flush()
        publish(
            BallotTextWritten(
                **_told(row, cycle, by),
                author_id=proposal.author_id,
                number=row.number,
                language=row.language,
                is_approved=row.approved_at is not None,
            )
        )
    return row


def approve(proposal_id: int, text_id: int, *, by: Actor) -> BallotText:
    """Approve the text of that id as the author; once there is another one, that one has to be read."""

    def approved(row: BallotText, cycle: CycleFacts) -> None:
        may = policies.may_approve(by, author_id=row.author_id)
        ensure_standing(may, _("Only its author approves what the ballot says about a proposal."))
        _refuse(WhyNot.APPROVED if row.approved_at else None)
        row.approved_as, row.approved_by_id, row.approved_at = ApprovedAs.AUTHOR, by.id, now()
        publish(BallotTextApproved(**_told(row, cycle, by)))

    return _with_newest(proposal_id, text_id, approved, by)


def settle(proposal_id: int, text_id: int, reason: str, *, by: Actor) -> BallotText:
    """Settle, with a public reason, the text of an author who has not answered in time."""

    def settled(row: BallotText, cycle: CycleFacts) -> None:
        may = policies.may_settle(by, author_id=row.author_id, neighborhood_id=cycle.neighborhood_id)
        ensure_standing(may, _("Only a clerk of this neighborhood settles the text of a silent author."))
        _refuse(
            why_not_settle(
                approved=row.approved_at is not None,
                written_at=row.written_at,
                answers_until=cycle.plan.texts_until if cycle.plan else None,
                is_writer=row.written_by_id == by.id,
                now=deadline_now(),
            )
        )
        row.approved_as, row.approved_by_id, row.approved_at = ApprovedAs.CLERK, by.id, now()
        row.reason = reason
        publish(BallotTextSettled(**_told(row, cycle, by), author_id=row.author_id, reason=reason))

    return _with_newest(proposal_id, text_id, settled, by)


def translate(proposal_id: int, command: TranslateText, *, by: Actor) -> int:
    """Say title and short text in another language of the neighborhood; returns the id of the new wording."""
    made: list[int] = []

    def translated(row: BallotText, cycle: CycleFacts) -> None:
        may = policies.may_translate(by, author_id=row.author_id, neighborhood_id=cycle.neighborhood_id)
        ensure_standing(may, _("Its author or an officer of this neighborhood writes the short text."))
        _refuse(WhyNot.SAME_LANGUAGE if command.language == row.language else None, field="language")
        _refuse(None if command.language in cycle.languages else WhyNot.LANGUAGE, field="language")
        text = one_paragraph(command.text)
        _refuse(why_not_words(text) or _why_not_said(proposal_id, f"{command.title} {text}"), field="text")
        wording = BallotTranslation(
            text_id=row.id,
            language=command.language,
            title=one_paragraph(command.title),
            text=text,
            word_count=count_words(text),
            written_by_id=by.id,
            written_at=now(),
        )
        db.session.add(wording)
        db.session.flush()
        made.append(wording.id)
        told = _told(row, cycle, by) | {"text_hash": text_hash(text)}
        publish(BallotTextTranslated(**told, translation_id=wording.id, language=command.language))

    _with_newest(proposal_id, command.text_id, translated, by)
    return made[0]


def _with_newest(
    proposal_id: int, text_id: int, act: Callable[[BallotText, CycleFacts], None], by: Actor
) -> BallotText:
    """Do something with the text of that id, locked, while it is the newest one and the ballot is not fixed."""
    with transaction():
        _proposal, cycle = opened(proposal_id, by)
        newest = _newest(proposal_id)
        if newest is None:
            raise DomainError(WhyNot.NONE_YET.value, str(words.WHY_NOT[WhyNot.NONE_YET]))
        row = locked(BallotText, newest.id)
        assert row is not None
        _refuse(None if open_to_change(cycle.stage) else WhyNot.BALLOT_FIXED)
        _refuse(None if row.id == text_id else WhyNot.CHANGED_MEANWHILE)
        act(row, cycle)
    return row


def _row(proposal: Proposal, text: str, language: str, *, number: int, by: Actor) -> BallotText:
    row = BallotText(
        proposal_id=proposal.id,
        number=number,
        author_id=proposal.author_id,
        language=language,
        text=text,
        word_count=count_words(text),
        hash=text_hash(text),
        written_by_id=by.id,
        written_at=now(),
    )
    if by.id == proposal.author_id:
        row.approved_as, row.approved_by_id, row.approved_at = ApprovedAs.AUTHOR, by.id, row.written_at
    return row


def _why_not_said(proposal_id: int, text: str) -> WhyNot | None:
    """Words that are kept back in a proposal, or were removed from it, come to no ballot either."""
    return WhyNot.KEPT_BACK if names.masked(text, names.masks(proposal_id)) != text else None


def _newest(proposal_id: int) -> BallotText | None:
    query = sa.select(BallotText).where(BallotText.proposal_id == proposal_id)
    return db.session.scalar(query.order_by(BallotText.number.desc()).limit(1))


def _told(row: BallotText, cycle: CycleFacts, by: Actor) -> dict[str, Any]:
    return {
        "actor_id": by.id,
        "text_id": row.id,
        "proposal_id": row.proposal_id,
        "cycle_id": cycle.id,
        "text_hash": row.hash,
    }


def _refuse(reason: WhyNot | None, *, field: str | None = None) -> None:
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT[reason]), field=field)
