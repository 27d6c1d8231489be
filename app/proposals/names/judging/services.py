"""The verbs about names: explain, put back, remove, and read what was removed."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.queries import CycleFacts
from app.proposals.coauthors import queries as coauthors
from app.proposals.models import Proposal
from app.proposals.names import queries, words
from app.proposals.names.events import OriginalRead, WordsExplained, WordsPutBack, WordsRemoved
from app.proposals.names.judging import policies
from app.proposals.names.models import OriginalReading, WithheldWords
from app.proposals.names.rules import Ending, Kind, says
from app.proposals.names.services import next_number, write
from app.proposals.rules import BALLOTED
from app.proposals.services import opened

MIN_REASON = 10


@dataclass(frozen=True, kw_only=True)
class JudgeWords:
    """What an officer found about words that were kept back; a removal has its public reason."""

    ending: Ending
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RemoveWords:
    """Words that the check did not find, exactly as they stand, and the public reason why they go."""

    words: str
    kind: Kind
    reason: str


def explain(proposal_id: int, note: str, *, by: Actor) -> None:
    """Tell the office why the words of one's own proposal that are kept back may stand."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        writers = coauthors.ids_of(proposal_id)
        allowed = policies.may_explain(by, author_id=proposal.author_id, co_authors=writers)
        ensure_standing(allowed, _("Only those who write a proposal say something about its words."))
        query = sa.select(WithheldWords).where(WithheldWords.proposal_id == proposal_id, WithheldWords.ending.is_(None))
        rows = list(db.session.scalars(query.order_by(WithheldWords.id)))
        ensure(bool(rows), "nothing_waits", _("No words of this proposal wait for the office."))
        for row in rows:
            row.note = note
        ids = tuple(row.id for row in rows)
        told = {"actor_id": by.id, "proposal_id": proposal_id, "cycle_id": cycle.id}
        publish(WordsExplained(**told, withheld_ids=ids, note=note))


def judge(withheld_id: int, command: JudgeWords, *, by: Actor) -> Ending:
    """Decide about words that are kept back: they stand again, or go for good with a public reason."""
    with transaction():
        found = db.session.get(WithheldWords, withheld_id)
        if found is None:
            raise NotFound
        proposal, _cycle = _opened(found.proposal_id, by)
        row = locked(WithheldWords, withheld_id)
        assert row is not None
        ensure(row.ending is None, "ended", _("Somebody has decided about these words already."))
        if command.ending is Ending.REMOVED:
            _remove(row, proposal, command.reason, by)
            return command.ending
        ensure(command.ending in queries.STANDING, "no_verdict", _("Choose one of the three."), field="ending")
        write(proposal, [(row.mark, row.words)])
        _end(row, command.ending, command.reason.strip() or None, by)
        publish(WordsPutBack(**_told(row, proposal, by), ending=command.ending, changed=_changed(command.ending)))
    return command.ending


def remove(proposal_id: int, command: RemoveWords, *, by: Actor) -> int:
    """Remove words from every text of a proposal, old and new; a mark and the reason stay for everybody to read."""
    with transaction():
        proposal, _cycle = _opened(proposal_id, by)
        said = any(says(text, command.words) for _row, _name, text in queries.texts_of(proposal))
        ensure(said, "not_there", _("The proposal does not say this. Copy the words exactly."), field="words")
        row = WithheldWords(
            proposal_id=proposal_id,
            number=next_number(proposal_id),
            kind=command.kind,
            words=command.words,
            mark=str(words.REMOVED[command.kind]),
            note="",
            held_at=now(),
        )
        db.session.add(row)
        _remove(row, proposal, command.reason, by)
    return row.id


def read_removed(withheld_id: int, purpose: str, *, by: Actor) -> str:
    """The words that were removed, for somebody who watches the office; who read them when and what for is kept."""
    with transaction():
        row = db.session.get(WithheldWords, withheld_id)
        if row is None or row.ending is not Ending.REMOVED:
            raise NotFound
        _proposal, cycle = opened(row.proposal_id, by)
        allowed = policies.may_read_removed(by, cycle.neighborhood_id)
        ensure_standing(allowed, _("Only observers and overseers of this neighborhood read what was removed."))
        said = purpose.strip()
        ensure(len(said) >= MIN_REASON, "no_purpose", _("Say what you read it for."), field="purpose")
        reading = OriginalReading(withheld_id=withheld_id, person_id=by.id, purpose=said, read_at=now())
        db.session.add(reading)
        db.session.flush()
        publish(OriginalRead(actor_id=by.id, proposal_id=row.proposal_id, withheld_id=withheld_id, purpose=said))
        return row.words


def _opened(proposal_id: int, by: Actor) -> tuple[Proposal, CycleFacts]:
    proposal, cycle = opened(proposal_id, by)
    facts = {"author_id": proposal.author_id, "neighborhood_id": cycle.neighborhood_id}
    allowed = policies.may_judge(by, **facts, co_authors=coauthors.ids_of(proposal.id))
    ensure_standing(allowed, _("Officers and clerks of this neighborhood decide this, and nobody about their own."))
    fixed = _("The ballot is fixed, and its options say the same everywhere: their words stay.")
    ensure(proposal.stage not in BALLOTED, "ballot_fixed", fixed)
    ensure(proposal.number is not None, "draft", _("A draft is read by its author only."))
    return proposal, cycle


def _remove(row: WithheldWords, proposal: Proposal, reason: str, by: Actor) -> None:
    said = reason.strip()
    short = _("Everybody will read the reason. Write at least a sentence.")
    ensure(len(said) >= MIN_REASON, "no_reason", short, field="reason")
    if says(said, row.words):
        raise DomainError("repeats", _("The reason is public. Do not repeat what is removed."), field="reason")
    removed = str(words.REMOVED[row.kind])
    write(proposal, [(row.mark, removed), (row.words, removed)])
    row.mark = removed
    _end(row, Ending.REMOVED, said, by)
    publish(WordsRemoved(**_told(row, proposal, by), changed=_changed(Ending.REMOVED)))


def _end(row: WithheldWords, ending: Ending, reason: str | None, by: Actor) -> None:
    row.ending, row.reason, row.ended_by_id, row.ended_at = ending, reason, by.id, now()
    db.session.flush()


def _changed(ending: Ending) -> str:
    return str(words.CHANGED[ending])


def _told(row: WithheldWords, proposal: Proposal, by: Actor) -> dict[str, int]:
    return {
        "actor_id": by.id,
        "proposal_id": proposal.id,
        "cycle_id": proposal.cycle_id,
        "withheld_id": row.id,
        "author_id": proposal.author_id,
    }
