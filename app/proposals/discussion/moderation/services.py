"""The verbs of moderation: report a comment, hide it with a public reason, or let it stand."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.models import Cycle
from app.proposals.coauthors import queries as coauthors
from app.proposals.discussion.models import Comment
from app.proposals.discussion.moderation import policies, queries, words
from app.proposals.discussion.moderation.events import (
    CommentHidden,
    CommentLeft,
    CommentReported,
    CommentShownAgain,
)
from app.proposals.discussion.moderation.models import CommentReport
from app.proposals.discussion.moderation.rules import Concern, Ending, why_not_judge, why_not_report
from app.proposals.hiding.models import Hiding
from app.proposals.hiding.rules import Part
from app.proposals.models import Proposal

MIN_REASON = 10


@dataclass(frozen=True, kw_only=True)
class ReportComment:
    """What is wrong with a comment."""

    concern: Concern
    note: str = ""


def report(comment_id: int, command: ReportComment, *, by: Actor) -> int:
    """Ask the office to look at a comment; each person once. Returns the id of the report."""
    with transaction():
        comment = _locked(comment_id)
        reason = why_not_report(
            is_hidden=comment.hidden_at is not None,
            is_own=comment.author_id == by.id,
            has_reported=queries.has_reported(comment_id, by.id),
        )
        if reason is not None:
            raise DomainError(reason.value, str(words.WHY_NOT_REPORT[reason]), field="concern")
        made = CommentReport(
            comment_id=comment_id, person_id=by.id, concern=command.concern, note=command.note, reported_at=now()
        )
        db.session.add(made)
        db.session.flush()
        publish(
            CommentReported(
                actor_id=by.id,
                comment_id=comment_id,
                proposal_id=comment.proposal_id,
                report_id=made.id,
                concern=command.concern,
                note=command.note,
            )
        )
    return made.id


def hide(comment_id: int, reason: str, *, by: Actor) -> Comment:
    """Hide a reported comment. Everybody reads who did it and why; its text stays for those who watch the office."""
    with transaction():
        comment = _locked(comment_id)
        _ensure_may_judge(comment, by)
        said = reason.strip()
        short = _("Everybody will read the reason. Write at least a sentence.")
        ensure(len(said) >= MIN_REASON, "no_reason", short, field="reason")
        comment.hidden_at, comment.hidden_by_id, comment.hidden_reason = now(), by.id, said
        settled = _settle(comment_id, Ending.HIDDEN, by)
        publish(
            CommentHidden(
                actor_id=by.id,
                comment_id=comment_id,
                proposal_id=comment.proposal_id,
                report_ids=settled,
                reason=said,
                text=comment.text,
            )
        )
    return comment


def leave(comment_id: int, *, by: Actor) -> None:
    """Let a reported comment stand; what was reported about it so far is settled."""
    with transaction():
        comment = _locked(comment_id)
        _ensure_may_judge(comment, by)
        settled = _settle(comment_id, Ending.LEFT, by)
        publish(CommentLeft(actor_id=by.id, comment_id=comment_id, proposal_id=comment.proposal_id, report_ids=settled))


def show_again(comment_id: int, reason: str, *, by: Actor) -> Comment:
    """Show a hidden comment again, with a public reason; that it was hidden, by whom and why, stays on record."""
    with transaction():
        comment = _locked(comment_id)
        _ensure_standing(comment, by)
        ensure(comment.hidden_at is not None, "shown", _("This comment is not hidden."))
        said = reason.strip()
        short = _("Everybody will read the reason. Write at least a sentence.")
        ensure(len(said) >= MIN_REASON, "no_reason", short, field="reason")
        trace = Hiding(
            proposal_id=comment.proposal_id,
            part=Part.COMMENT,
            part_id=comment_id,
            reason=comment.hidden_reason,
            hidden_by_id=comment.hidden_by_id,
            hidden_at=comment.hidden_at,
            shown_reason=said,
            shown_by_id=by.id,
            shown_at=now(),
        )
        comment.hidden_at, comment.hidden_by_id, comment.hidden_reason = None, None, None
        db.session.add(trace)
        db.session.flush()
        told = {"comment_id": comment_id, "proposal_id": comment.proposal_id, "hiding_id": trace.id}
        publish(CommentShownAgain(actor_id=by.id, **told, reason=said))
    return comment


def _locked(comment_id: int) -> Comment:
    comment = locked(Comment, comment_id)
    if comment is None:
        raise NotFound
    return comment


def _ensure_standing(comment: Comment, by: Actor) -> None:
    proposal = db.session.get_one(Proposal, comment.proposal_id)
    here = db.session.get_one(Cycle, proposal.cycle_id).neighborhood_id
    ensure_standing(
        policies.works_here(by, here), _("Only officers and clerks of this neighborhood decide about reports.")
    )
    ensure_standing(
        policies.may_judge(
            by, author_id=comment.author_id, writers=coauthors.writers_of(proposal), neighborhood_id=here
        ),
        _("Nobody decides about their own comment, or about what is said on their own proposal."),
    )


def _ensure_may_judge(comment: Comment, by: Actor) -> None:
    _ensure_standing(comment, by)
    waiting = len(_open_reports(comment.id))
    reason = why_not_judge(is_hidden=comment.hidden_at is not None, waiting=waiting)
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT_JUDGE[reason]))


def _open_reports(comment_id: int) -> list[CommentReport]:
    query = sa.select(CommentReport).where(CommentReport.comment_id == comment_id, CommentReport.ending.is_(None))
    return list(db.session.scalars(query.order_by(CommentReport.id)))


def _settle(comment_id: int, ending: Ending, by: Actor) -> tuple[int, ...]:
    reports = _open_reports(comment_id)
    for each in reports:
        each.ending, each.settled_at, each.settled_by_id = ending, now(), by.id
    return tuple(each.id for each in reports)
