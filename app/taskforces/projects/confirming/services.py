"""Two verbs: a resident says whether a project works, and a clerk counts what came in on paper."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, ensure, ensure_standing
from app.core.events import publish
from app.taskforces.projects.closing.rules import Works
from app.taskforces.projects.confirming import policies, queries, words
from app.taskforces.projects.confirming.events import ConfirmationsCounted, ResidentConfirmed
from app.taskforces.projects.confirming.models import ConfirmationGiver, ConfirmationPaper, ConfirmationTally
from app.taskforces.projects.confirming.rules import LEAST_HOW, WhyNot, why_not_answer, why_not_count
from app.taskforces.projects.services import held, here


@dataclass(frozen=True, kw_only=True)
class CountPaper:
    """All answers on paper so far, and how people were asked."""

    yes: int
    partly: int
    no: int
    how: str


def answer(project_id: int, works: Works, *, by: Actor) -> None:
    """Add a resident's answer to the tally and note that they have answered: once, and never together."""
    with transaction():
        project = held(project_id)
        only = _("Verified residents of the neighborhood answer this.")
        ensure_standing(policies.may_answer(by, project.cycle.neighborhood_id), only)
        has_answered = queries.has_answered(project.id, by.id)
        _refuse(why_not_answer(queries.days_of(project.id), here(project), has_answered=has_answered))
        db.session.add(ConfirmationGiver(project_id=project.id, person_id=by.id))
        tally = locked(ConfirmationTally, (project.id, works))
        if tally is None:
            tally = ConfirmationTally(project_id=project.id, works=works, answers=0)
            db.session.add(tally)
        tally.answers += 1
        db.session.flush()
        publish(ResidentConfirmed(actor_id=None, project_id=project.id))  # the log tells the moment


def count_paper(project_id: int, command: CountPaper, *, by: Actor) -> int:
    """Write down all answers on paper as they are counted now, in place of an earlier count; returns its id."""
    with transaction():
        project = held(project_id)
        only = _("Only a clerk of this neighborhood counts answers on paper.")
        ensure_standing(policies.may_count(by, project.cycle.neighborhood_id), only)
        _refuse(why_not_count(queries.days_of(project.id), here(project)))
        short = _("Say it in a sentence, of at least %(n)s characters.", n=LEAST_HOW)
        ensure(len(command.how.strip()) >= LEAST_HOW, "too_short", short, field="how")
        counts = {"yes": command.yes, "partly": command.partly, "no": command.no}
        row = ConfirmationPaper(
            project_id=project.id, how=command.how.strip(), counted_by_id=by.id, counted_at=now(), **counts
        )
        db.session.add(row)
        db.session.flush()
        publish(ConfirmationsCounted(actor_id=by.id, project_id=project.id, paper_id=row.id, how=row.how))
    return row.id


def _refuse(reason: WhyNot | None) -> None:
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT[reason]))
